"""What anyone may read of the projects: the approved ones, as their newest version says, and nothing of any person.

An ente that is a natural person — a firm of one, a professional: its codice fiscale begins with a letter — is counted and
never named: its name is personal data (d.lgs. 33/2013, art. 7-bis, allows no more than the purpose asks).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from conciliazione.schede.contenuto import Contenuto

from ..contenuto import conti
from ..edizioni import EDIZIONI
from ..models import Partecipazione, Progetto, SchedaSintetica, Versione
from ..sintesi import sintesi

PARTI = ("progetto", "avviso", "partecipazioni", "azioni", "costi", "cofinanziamenti")
"""The parts of a content that figures and enti are taken from: texts, the heavy part, stay in the database."""
GIA_DETTE = ("capofila", "contributo", "partner")
"""What the page of a project says by itself; what somebody wrote in their place is read all the same."""


def persona_fisica(campo: str = "codice_fiscale") -> Q:
    """Return the condition «is a natural person»: the codice fiscale of anybody else is all digits."""
    return Q(**{f"{campo}__regex": r"^\s*[A-Za-z]"})


@dataclass(frozen=True)
class Soggetto:
    """An ente in a project: what it is called there, and what it puts in."""

    ente: str
    denominazione: str
    codice_fiscale: str
    settore: str
    ruolo: str
    cofinanziamento: Decimal | None


class Pubblicata:
    """A project as the public reads it, from its newest version."""

    def __init__(self, versione: Versione):
        self.versione, self.progetto = versione, versione.progetto
        self.contenuto: Contenuto = {p: getattr(versione, f"c_{p}") for p in PARTI}
        edizione = EDIZIONI.get(versione.edizione)
        self.prospetto = edizione.prospetto if edizione else conti.PROSPETTO_AZIONI

    @property
    def titolo(self) -> str:
        return self.contenuto["progetto"]["titolo"] or "Progetto senza titolo"

    @property
    def alleanza(self):
        """None also when the alleanza shows itself to nobody: a project is no way to know of it."""
        alleanza = self.progetto.alleanza
        return alleanza if alleanza and alleanza.pubblica else None

    @property
    def durata(self) -> str:
        progetto = self.contenuto["progetto"]
        return sintesi.durata(progetto["durata_dal"], progetto["durata_al"], progetto.get("durata_mesi"))

    # Figures, in euro; None is not known, which is not zero.

    @cached_property
    def costo(self) -> Decimal | None:
        return conti.costo(self.contenuto, prospetto=self.prospetto)

    @cached_property
    def contributo(self) -> Decimal | None:
        return conti.contributo(self.contenuto, prospetto=self.prospetto)

    @cached_property
    def cofinanziamento(self) -> Decimal | None:
        return conti.cofinanziamento(self.contenuto)

    @cached_property
    def cofinanziamento_pubblico(self) -> Decimal | None:
        return conti.cofinanziamento_pubblico(self.contenuto)

    @cached_property
    def cofinanziamento_privato(self) -> Decimal | None:
        return conti.cofinanziamento_privato(self.contenuto)

    # Enti.

    @cached_property
    def _persone(self) -> set[str]:
        della_versione = {s["id"] for s in self.contenuto["partecipazioni"] if _di_persona(s["codice_fiscale"])}
        return della_versione | {r["id"] for r in self.versione.registro if _di_persona(r["codice_fiscale"])}

    @cached_property
    def soggetti(self) -> list[Soggetto]:
        """The enti that may be named, in the order of the scheda."""
        enti = {riga["id"]: riga["ente"] for riga in self.versione.registro}
        return [self._soggetto(s, enti) for s in self.contenuto["partecipazioni"] if s["id"] not in self._persone]

    def _soggetto(self, riga: dict, enti: dict) -> Soggetto:
        return Soggetto(
            ente=enti.get(riga["id"], ""),
            denominazione=riga["denominazione"],
            codice_fiscale="".join((riga["codice_fiscale"] or "").split()),
            settore=riga["settore"],
            ruolo=Partecipazione.Ruolo(riga["ruolo"]).label,
            cofinanziamento=conti.cofinanziamento(self.contenuto, partecipazione=riga["id"]),
        )

    @property
    def capofila(self) -> Soggetto | None:
        return next((s for s in self.soggetti if s.ruolo == Partecipazione.Ruolo.CAPOFILA), None)

    @property
    def quanti(self) -> int:
        """All the soggetti, those that are not named too."""
        return len(self.contenuto["partecipazioni"])

    @property
    def non_nominati(self) -> int:
        return self.quanti - len(self.soggetti)


def _di_persona(codice: str | None) -> bool:
    return (codice or "").strip()[:1].isalpha()


def ultime() -> QuerySet[Versione]:
    """Return the newest version of each public project, with what `Pubblicata` asks: one query, whatever their number."""
    successiva = Versione.objects.filter(progetto=OuterRef("progetto"), numero__gt=OuterRef("numero"))
    iscritti = Partecipazione.objects.filter(progetto=OuterRef("progetto"))
    riga = JSONObject(id="pk", ente="ente", codice_fiscale="ente__codice_fiscale")
    return (
        Versione.objects.filter(~Exists(successiva), progetto__in=Progetto.objects.pubblici())
        .select_related("progetto__avviso", "progetto__alleanza")
        .defer("contenuto", "lettura", "segnalazioni")
        .annotate(registro=ArraySubquery(iscritti.values(oggetto=riga)), **{f"c_{p}": F(f"contenuto__{p}") for p in PARTI})
        .order_by("progetto")
    )


def pubblicate(progetti: list[Progetto]) -> list[Pubblicata]:
    """Return those projects as the public reads them, in the same order."""
    lette = {v.progetto_id: Pubblicata(v) for v in ultime().filter(progetto__in=[p.pk for p in progetti])}
    return [lette[p.pk] for p in progetti if p.pk in lette]


# The scheda sintetica.


def composta(scheda: SchedaSintetica) -> dict:
    """Return a sheet that was made public, as it is printed: {nome, voci}. Of a project, over what its newest version says."""
    proposta = _proposta(scheda.progetto_id) if scheda.progetto_id else {}
    voci = sintesi.componi(scheda.nome, scheda.risposte, scheda.referenti, proposta)
    nome = next((v["testo"] for v in voci if v["chiave"] == "nome"), "") or str(scheda)
    nuove = [v for v in voci if v["chiave"] != "nome" and not (v["dalla_scheda"] and v["chiave"] in GIA_DETTE)]
    return {"nome": nome, "voci": nuove}


def _proposta(progetto) -> dict[str, str]:
    """What the newest version gives to the sheet: its texts, for the enti are told by the page."""
    versione = Versione.objects.filter(progetto=progetto).order_by("-numero").first()
    return sintesi.proposta(versione.contenuto, versione.lettura)
