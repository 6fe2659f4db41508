"""Full text, in Italian, over the published questions, the same for who asks and for who reads without an account; and what
in one that is to be published may say who it is about."""

import re

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Concat

from conciliazione.italiano.parole import stesso_nome

from ..models import Appartenenza, Quesito

LUNGA = 200
"""As much as anybody types into a search box."""
APRE, CHIUDE = "\x02", "\x03"
"""Where a found word begins and ends in an `estratto`: no text of ours has them, and markup is made of them (by the filter
`segnato`) only once it is escaped."""
SIMILE = 3
"""Words in common: with fewer two questions are not alike."""


def cerca(quesiti: QuerySet, parole: str) -> QuerySet:
    """Return the questions with those words (as typed in a search engine: «…», or, -), the best first, each with its
    `estratto`.

    No words: all of them, the newest first, with an empty `estratto`. Show `estratto` with the filter `segnato`.
    """
    parole = parole.replace("\x00", "").strip()[:LUNGA]
    if not parole:
        return quesiti.annotate(estratto=Value("", output_field=TextField())).order_by("-pubblicato_il", "pk")
    domanda = SearchQuery(parole, config="italian", search_type="websearch")
    testo = Concat("faq_domanda", Value("\n"), "faq_risposta", output_field=TextField())
    limiti = {"start_sel": APRE, "stop_sel": CHIUDE, "max_words": 35, "min_words": 15, "max_fragments": 2}
    trovati = quesiti.filter(ricerca=domanda).annotate(rango=SearchRank(F("ricerca"), domanda))
    estratto = SearchHeadline(testo, domanda, config="italian", fragment_delimiter=" … ", **limiti)
    return trovati.annotate(estratto=estratto).order_by("-rango", "-pubblicato_il", "pk")


class InComune(Func):
    """How many words (as full text sees them) a text has in common with what is searched."""

    template = (
        "cardinality(ARRAY(SELECT unnest(tsvector_to_array(to_tsvector('italian', %(expressions)s))) "
        "INTERSECT SELECT unnest(tsvector_to_array(%(colonna)s))))"
    )
    output_field = IntegerField()


def simili(quesiti: QuerySet, testo: str, quanti: int = 3) -> QuerySet:
    """Return the questions most like that text: those with most words in common, and not just a few of them."""
    parole = " ".join(list(dict.fromkeys(re.findall(r"\w{3,}", testo.lower())))[:80])
    una_di_loro = SearchQuery(parole.replace(" ", " or "), config="italian", search_type="websearch")
    trovati = quesiti.filter(ricerca=una_di_loro)
    colonna = f'"{quesiti.model._meta.db_table}"."ricerca"'
    trovati = trovati.annotate(in_comune=InComune(Value(parole), colonna=colonna))
    return trovati.filter(in_comune__gte=SIMILE).order_by("-in_comune", "-pubblicato_il", "pk")[:quanti]


# What in a text may say who it is about: simple signs, shown to the person before it publishes. It decides.

CODICE_FISCALE = r"\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b"
SEGNI = {
    "un indirizzo e-mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "un codice fiscale": re.compile(CODICE_FISCALE, re.IGNORECASE),
    # Italian numbers begin with 0, 3 or the prefix of the country; a day written with slashes is none.
    "un numero di telefono": re.compile(
        r"(?<![\d/])(?:(?:\+|00)39[ .]?)?[03]\d{1,3}[ .\-/]?\d{2,4}(?:[ .\-]?\d{2,4}){1,2}(?![\d/])"
    ),
    "un nome e un cognome": re.compile(
        r"\b(?:signor|signora|sig\.|sig\.ra|dott\.|dott\.ssa|dottor|dottoressa)\s+[A-ZÀ-Ú]\w+", re.I
    ),
}
GENERICHE = {"comune", "azienda", "società", "cooperativa", "sociale", "impresa", "associazione", "fondazione", "servizi"}
"""Words of the names of enti that name none."""


def indizi(quesito: Quesito, *testi: str) -> list[str]:
    """Return what in those texts may give away who asked or somebody else, each said once: «un indirizzo e-mail: a@b.it»."""
    testo = "\n".join(testi)
    trovati = [f"{nome}: {trovato.group().strip()}" for nome, segno in SEGNI.items() for trovato in segno.finditer(testo)]
    trovati += [f"il nome di chi ha fatto la domanda: {nome}" for nome in _di_chi_chiede(quesito) if stesso_nome(nome, testo)]
    trovati += [f"il nome di un suo ente: {nome}" for nome in _dei_suoi_enti(quesito) if stesso_nome(nome, testo)]
    return list(dict.fromkeys(trovati))


def _di_chi_chiede(quesito: Quesito) -> list[str]:
    chi = quesito.chiesto_da
    return [nome for nome in (chi.nome, chi.cognome) if len(nome) > 2]


def _dei_suoi_enti(quesito: Quesito) -> list[str]:
    """Return the names of the person's enti: in full, the other ones, and the word that the question says («Iride»)."""
    detta = {parola.casefold() for parola in re.findall(r"\w+", f"{quesito.titolo} {quesito.testo}")}
    nomi = []
    for appartenenza in Appartenenza.objects.filter(utente=quesito.chiesto_da).select_related("ente").order_by("pk"):
        ente = appartenenza.ente
        proprie = [p for p in re.findall(r"\b[A-ZÀ-Ú]\w{3,}", ente.denominazione) if p.casefold() not in GENERICHE]
        nomi += [ente.denominazione, *ente.alias, *(p for p in proprie if p.casefold() in detta)]
    return list(dict.fromkeys(nomi))
