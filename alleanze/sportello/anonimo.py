"""What in a text may say who it is about: simple signs, shown to the person before it publishes. It decides."""

import re

from conciliazione.parole import stesso_nome

from ..models import Appartenenza, Quesito

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
    """What in those texts may give away who asked or somebody else, each said once: «un indirizzo e-mail: a@b.it»."""
    testo = "\n".join(testi)
    trovati = [f"{nome}: {trovato.group().strip()}" for nome, segno in SEGNI.items() for trovato in segno.finditer(testo)]
    trovati += [f"il nome di chi ha fatto la domanda: {nome}" for nome in _di_chi_chiede(quesito) if stesso_nome(nome, testo)]
    trovati += [f"il nome di un suo ente: {nome}" for nome in _dei_suoi_enti(quesito) if stesso_nome(nome, testo)]
    return list(dict.fromkeys(trovati))


def _di_chi_chiede(quesito: Quesito) -> list[str]:
    chi = quesito.chiesto_da
    return [nome for nome in (chi.nome, chi.cognome) if len(nome) > 2]


def _dei_suoi_enti(quesito: Quesito) -> list[str]:
    """In full, by their other names, and by the word of the name that the question itself says («Iride»)."""
    detta = {parola.casefold() for parola in re.findall(r"\w+", f"{quesito.titolo} {quesito.testo}")}
    nomi = []
    for appartenenza in Appartenenza.objects.filter(utente=quesito.chiesto_da).select_related("ente").order_by("pk"):
        ente = appartenenza.ente
        proprie = [p for p in re.findall(r"\b[A-ZÀ-Ú]\w{3,}", ente.denominazione) if p.casefold() not in GENERICHE]
        nomi += [ente.denominazione, *ente.alias, *(p for p in proprie if p.casefold() in detta)]
    return list(dict.fromkeys(nomi))
