"""The content of a project as one dict, read in two queries whatever its size."""

import uuid
from functools import cache
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from conciliazione.schede.contenuto import AlleanzaDetta, AvvisoDetto, ConfermaDetta, Contenuto, RigaAzione
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.tipi import Righe

from ..models import Avviso, Compilazione, DaRivedere, Dichiarato, ModuloAmmesso, Partecipazione, Progetto, VoceCosto
from .colonne import COLONNE, COLONNE_PROGETTO, COSTO, DEL_MODULO, FORMATO, MODELLI, MOLTI, PARAMETRI, TABELLA_DI, al_filo
from .conferme import confermate


def contenuto(progetto: Progetto) -> Contenuto:
    """Everything that the scheda says now, in two queries whatever its size."""
    return contenuti([progetto])[progetto.pk]


def contenuti(progetti: list[Progetto]) -> dict[uuid.UUID, Contenuto]:
    """The contents of several schede, by project, in the same two queries."""
    lette = _tutte().filter(pk__in=[p.pk for p in progetti])
    per_progetto = {letto["pk"]: {n.removeprefix("r_"): r for n, r in letto.items() if n != "pk"} for letto in lette}
    conferme = confermate([s["id"] for righe_ in per_progetto.values() for s in righe_["partecipazioni"]])
    return {p.pk: _contenuto(p, per_progetto[p.pk], conferme) for p in progetti}


@cache
def _tutte() -> QuerySet[Any]:
    """Composed once: a dozen subqueries would be put together again for every page."""
    suo = ModuloAmmesso.objects.filter(avviso=OuterRef("avviso"), edizione=OuterRef("edizione"))
    modulo = Subquery(suo.values(parametri=JSONObject(**{nome: nome for nome in DEL_MODULO})))
    return Progetto.objects.values("pk", r_modulo=modulo, **{f"r_{n}": q for n, q in righe().items()})


def righe() -> dict[str, ArraySubquery]:
    """The rows of every table of a project, each as an object: one column of one query for each table."""
    ordinate = {fonte: _tabella(modello, COLONNE[fonte], ("ordine", "pk")) for fonte, modello in MODELLI.items()}
    return ordinate | {
        "costi": _tabella(VoceCosto, COSTO, ("prospetto", "pk")),
        "compilazioni": _tabella(Compilazione, ("blocco", "riga", "risposte"), ("blocco", "riga")),
        "dichiarati": _tabella(Dichiarato, CELLA_DICHIARATA, ()),
        "da_rivedere": _tabella(DaRivedere, CELLA_DA_RIVEDERE, ()),
    }


CELLA_DICHIARATA = ("blocco", "riga", "campo", "testo", "importo")
CELLA_DA_RIVEDERE = ("blocco", "riga", "campo", "motivo", "provenienza")


def _tabella(modello: Any, colonne: tuple[str, ...], ordine: tuple[str, ...]) -> ArraySubquery:
    valori = {c: _in_sql(modello, c) for c in colonne} | ({"settore": "ente__settore"} if modello is Partecipazione else {})
    sue = modello.objects.filter(progetto=OuterRef("pk")).order_by(*ordine)
    return ArraySubquery(sue.values(oggetto=JSONObject(id="pk", **valori)))


def _in_sql(modello: Any, colonna: str) -> Any:
    """A column as JSON has it. JSON knows no decimals: an amount goes out as its text, to the cent."""
    if colonna in MOLTI:
        campo = modello._meta.get_field(colonna)
        legami = campo.remote_field.through.objects.filter(**{campo.m2m_field_name(): OuterRef("pk")})
        return ArraySubquery(legami.values(campo.m2m_reverse_field_name()))
    if isinstance(modello._meta.get_field(colonna), DecimalField):
        return Cast(colonna, TextField())
    return F(colonna)


def _contenuto(progetto: Progetto, righe: dict[str, Any], conferme: dict[str, ConfermaDetta]) -> Contenuto:
    tabelle: dict[str, Any] = {fonte: [_riga(r) for r in righe[fonte]] for fonte in COLONNE}
    tabelle["azioni"] = in_ordine(tabelle["azioni"])
    _rimandi_in_ordine(tabelle)
    note: set[Any] = {"", None, TOTALE} | {r["id"] for tabella in tabelle.values() for r in tabella}
    soggetti = {s["id"] for s in tabelle["partecipazioni"]}
    letto = {
        "formato": FORMATO,
        "edizione": progetto.edizione,
        "avviso": avviso_di(progetto.avviso, righe["modulo"]),
        "alleanza": _alleanza(progetto),
        "progetto": {"id": str(progetto.pk), "origine": progetto.origine}
        | {c: al_filo(getattr(progetto, c)) for c in COLONNE_PROGETTO},
        **tabelle,
        "costi": [_riga(c) for c in righe["costi"]],
        "risposte": _risposte(righe["compilazioni"], note),
        "dichiarati": _celle(righe["dichiarati"], CELLA_DICHIARATA, note),
        "da_rivedere": _celle(righe["da_rivedere"], CELLA_DA_RIVEDERE, note),
        "conferme": {soggetto: c for soggetto, c in conferme.items() if soggetto in soggetti},
    }
    return cast(Contenuto, letto)


def _riga(riga: dict[str, Any]) -> dict[str, Any]:
    return {colonna: al_filo(valore) for colonna, valore in riga.items()}


def in_ordine(azioni: list[RigaAzione]) -> list[RigaAzione]:
    """The azioni as they are printed: the parts follow the whole, general expenses come last."""
    posti = {a["id"]: posto for posto, a in enumerate(azioni)}

    def posto(azione: RigaAzione) -> tuple[bool, int, bool, int]:
        intera = posti.get(azione["padre"] or "", posti[azione["id"]])
        return azione["genere"] == "spese_generali", intera, azione["padre"] is not None, posti[azione["id"]]

    return sorted(azioni, key=posto)


def _rimandi_in_ordine(tabelle: dict[str, list[dict[str, Any]]]) -> None:
    """Several rows that a column points to are said in the order of their own table."""
    for fonte, righe in tabelle.items():
        for colonna in (c for c in COLONNE[fonte] if c in MOLTI):
            posti = {r["id"]: posto for posto, r in enumerate(tabelle[TABELLA_DI[colonna]])}
            for riga in righe:
                riga[colonna] = sorted(riga[colonna] or [], key=posti.__getitem__) or None


def avviso_di(avviso: Avviso, modulo: dict[str, Any] | None) -> AvvisoDetto:
    """An avviso as it is frozen with a scheda: name, act, and every parameter; `modulo` are those of its form alone."""
    del_modulo = dict.fromkeys(DEL_MODULO) | (modulo or {})
    parametri = {n: del_modulo[n] if n in DEL_MODULO else al_filo(getattr(avviso, n)) for n in PARAMETRI}
    ats = avviso.ats.denominazione if avviso.ats else None
    detto = {"codice": avviso.codice, "titolo": avviso.titolo, "atto": avviso.atto, "ats": ats} | parametri
    return cast(AvvisoDetto, detto)


def _alleanza(progetto: Progetto) -> AlleanzaDetta | None:
    if progetto.alleanza is None:
        return None
    return {"nome": progetto.alleanza.nome, "ats": progetto.alleanza.ats.denominazione}


def _risposte(compilazioni: list[dict[str, Any]], righe: set[str]) -> dict[str, Righe]:
    """The answers, but those to rows that are no more: they stay in the database, with their history."""
    risposte: dict[str, Righe] = {}
    for c in compilazioni:
        piene = {campo: valore for campo, valore in c["risposte"].items() if valore is not None}
        if piene and c["riga"] in righe:
            risposte.setdefault(c["blocco"], {})[c["riga"] or ""] = piene
    return risposte


def _celle(celle: list[dict[str, Any]], colonne: tuple[str, ...], righe: set[str]) -> list[dict[str, Any]]:
    """Single cells of rows that are there, or of cost items, which the call names: only rows of tables have UUIDs.

    Sorted here: how a database sorts «totale» among identifiers depends on its collation.
    """
    tenute = [cella for cella in celle if cella["riga"] in righe or len(cella["riga"]) < CARATTERI_DI_UN_UUID]
    return sorted(({c: cella[c] for c in colonne} for cella in tenute), key=lambda c: (c["blocco"], c["riga"], c["campo"]))


CARATTERI_DI_UN_UUID = 36
