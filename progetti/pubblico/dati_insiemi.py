"""The data sets: each is a list of fields, and a field is its name, its meaning, its type and how to get it.

CSV, JSON, schema, catalogue and the page are all made of this. A new data set is one more line in `INSIEMI`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Adesione, Alleanza, Ente

from ..models import Partecipazione, Progetto
from .progetti import Pubblicata, persona_fisica, ultime

TESTO, IDENTIFICATIVO, IMPORTO, NUMERO, MESE, DATA, INDIRIZZO, ELENCO = (
    "testo",
    "identificativo",
    "importo",
    "numero",
    "mese",
    "data",
    "indirizzo",
    "elenco",
)
BLOCCO = 200
"""How many rows are read from the database at a time."""


@dataclass(frozen=True)
class Campo:
    nome: str
    descrizione: str
    tipo: str
    valore: Callable[[Any], object]


@dataclass(frozen=True)
class Insieme:
    """`righe` gives what the fields read, one row at a time."""

    nome: str
    titolo: str
    descrizione: str
    righe: Callable[[], Iterable]
    campi: tuple[Campo, ...]


def assoluto(nome: str, *argomenti) -> str:
    """Return an address as who is elsewhere writes it."""
    return settings.INDIRIZZO_PUBBLICO.rstrip("/") + reverse(nome, args=argomenti)


# Rows.


def _progetti() -> Iterator[Pubblicata]:
    return (Pubblicata(versione) for versione in ultime().iterator(BLOCCO))


def _soggetti() -> Iterator[tuple]:
    return ((progetto, soggetto) for progetto in _progetti() for soggetto in progetto.soggetti)


def _enti() -> Iterator[Ente]:
    """The enti of public alleanze and of public projects, but the natural persons."""
    adesioni = Adesione.objects.filter(Adesione.in_corso(), alleanza__in=Alleanza.objects.pubbliche())
    partecipazioni = Partecipazione.objects.filter(progetto__in=Progetto.objects.pubblici())
    mie = {"ente": OuterRef("pk")}
    return (
        Ente.objects.filter(Q(pk__in=adesioni.values("ente")) | Q(pk__in=partecipazioni.values("ente")))
        .exclude(persona_fisica())
        .annotate(
            di_alleanze=ArraySubquery(adesioni.filter(**mie).order_by("alleanza").values("alleanza")),
            di_progetti=ArraySubquery(partecipazioni.filter(**mie).order_by("progetto").values("progetto")),
        )
        .order_by("pk")
        .iterator(BLOCCO)
    )


def _alleanze() -> Iterator[Alleanza]:
    membri = Count("adesioni", filter=Adesione.in_corso("adesioni__"))
    alleanze = Alleanza.objects.pubbliche().select_related("ats", "capofila").annotate(membri=membri)
    return alleanze.order_by("pk").iterator(BLOCCO)


# Fields.

PROGETTI = (
    Campo("id", "identificativo del progetto", IDENTIFICATIVO, lambda p: p.progetto.pk),
    Campo("titolo", "titolo, come nella versione approvata", TESTO, lambda p: p.titolo),
    Campo("stato", "a che punto è", TESTO, lambda p: p.progetto.get_stato_display()),
    Campo("avviso", "codice dell'avviso", TESTO, lambda p: p.progetto.avviso.codice),
    Campo("avviso_titolo", "titolo dell'avviso", TESTO, lambda p: p.progetto.avviso.titolo),
    Campo("atto", "atto che ha approvato l'avviso", TESTO, lambda p: p.progetto.avviso.atto),
    Campo(
        "alleanza",
        "identificativo dell'alleanza; vuoto se il progetto non ne ha una o se l'alleanza non è pubblica",
        IDENTIFICATIVO,
        lambda p: p.alleanza and p.alleanza.pk,
    ),
    Campo("capofila", "denominazione dell'ente capofila", TESTO, lambda p: p.capofila and p.capofila.denominazione),
    Campo(
        "capofila_codice_fiscale",
        "codice fiscale dell'ente capofila",
        TESTO,
        lambda p: p.capofila and p.capofila.codice_fiscale,
    ),
    Campo("dal", "primo mese", MESE, lambda p: p.contenuto["progetto"]["durata_dal"]),
    Campo("al", "ultimo mese", MESE, lambda p: p.contenuto["progetto"]["durata_al"]),
    Campo("soggetti", "quanti enti vi partecipano, capofila compreso", NUMERO, lambda p: p.quanti),
    Campo("costo", "costo totale", IMPORTO, lambda p: p.costo),
    Campo("contributo_richiesto", "contributo pubblico richiesto", IMPORTO, lambda p: p.contributo),
    Campo("cofinanziamento", "cofinanziamento totale", IMPORTO, lambda p: p.cofinanziamento),
    Campo("cofinanziamento_pubblico", "di cui di enti pubblici", IMPORTO, lambda p: p.cofinanziamento_pubblico),
    Campo("cofinanziamento_privato", "di cui di enti privati", IMPORTO, lambda p: p.cofinanziamento_privato),
    Campo("versione", "numero della versione da cui vengono le cifre", NUMERO, lambda p: p.versione.numero),
    Campo("versione_del", "giorno di quella versione", DATA, lambda p: timezone.localdate(p.versione.creata_il)),
    Campo("pagina", "pagina del progetto nel portale", INDIRIZZO, lambda p: assoluto("pubblico:progetto", p.progetto.pk)),
)
SOGGETTI = (
    Campo("progetto", "identificativo del progetto", IDENTIFICATIVO, lambda r: r[0].progetto.pk),
    Campo("ente", "identificativo dell'ente", IDENTIFICATIVO, lambda r: r[1].ente),
    Campo("denominazione", "denominazione dell'ente nella versione approvata", TESTO, lambda r: r[1].denominazione),
    Campo("codice_fiscale", "codice fiscale dell'ente nella versione approvata", TESTO, lambda r: r[1].codice_fiscale),
    Campo("settore", "pubblico o privato", TESTO, lambda r: r[1].settore),
    Campo("ruolo", "capofila, partner, aderente o sostenitore", TESTO, lambda r: r[1].ruolo),
    Campo(
        "cofinanziamento",
        "quanto mette l'ente; vuoto se la scheda non lo attribuisce a un ente",
        IMPORTO,
        lambda r: r[1].cofinanziamento,
    ),
)
ENTI = (
    Campo("id", "identificativo dell'ente", IDENTIFICATIVO, lambda e: e.pk),
    Campo("denominazione", "denominazione", TESTO, lambda e: e.denominazione),
    Campo("codice_fiscale", "codice fiscale; vuoto se l'ente non ne ha uno suo", TESTO, lambda e: e.codice_fiscale),
    Campo("settore", "pubblico o privato", TESTO, lambda e: e.settore),
    Campo("tipologia", "che tipo di ente è", TESTO, lambda e: e.tipologia),
    Campo("alleanze", "identificativi delle alleanze di cui fa parte oggi", ELENCO, lambda e: e.di_alleanze),
    Campo("progetti", "identificativi dei progetti a cui partecipa", ELENCO, lambda e: e.di_progetti),
)
ALLEANZE = (
    Campo("id", "identificativo dell'alleanza", IDENTIFICATIVO, lambda a: a.pk),
    Campo("nome", "nome", TESTO, lambda a: a.nome),
    Campo("territorio", "territorio", TESTO, lambda a: a.territorio),
    Campo("ats", "ATS del territorio", TESTO, lambda a: a.ats.denominazione),
    Campo("capofila", "denominazione dell'ente capofila", TESTO, lambda a: a.capofila.denominazione),
    Campo("costituita_il", "giorno in cui si è costituita", DATA, lambda a: a.costituita_il),
    Campo("comuni", "Comuni che ne sono coperti", ELENCO, lambda a: a.comuni),
    Campo("membri", "quanti enti ne fanno parte oggi", NUMERO, lambda a: a.membri),
    Campo("pagina", "pagina dell'alleanza nel portale", INDIRIZZO, lambda a: assoluto("pubblico:alleanza", a.pk)),
)

INSIEMI = {
    insieme.nome: insieme
    for insieme in (
        Insieme(
            "progetti",
            "Progetti di conciliazione approvati",
            "Una riga per progetto, con il costo, il contributo richiesto e il cofinanziamento.",
            _progetti,
            PROGETTI,
        ),
        Insieme(
            "soggetti",
            "Enti dei progetti approvati",
            "Una riga per ogni ente di ogni progetto, con il ruolo e il cofinanziamento.",
            _soggetti,
            SOGGETTI,
        ),
        Insieme(
            "enti",
            "Enti delle alleanze e dei progetti",
            "Una riga per ente: chi fa parte di un'alleanza pubblica o di un progetto approvato.",
            _enti,
            ENTI,
        ),
        Insieme("alleanze", "Alleanze locali di conciliazione", "Una riga per alleanza, con i Comuni.", _alleanze, ALLEANZE),
    )
}
