"""Who owes what: of each soggetto its parts, its confirmation, its papers, who writes for it, whose hand was last there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from conciliazione import storia
from conciliazione.models import Invito, Utente
from conciliazione.schede.stato import COMPLETA

from .. import permessi
from ..models import Cofinanziamento, Compilazione, DaFirmare, Partecipazione, Progetto, Sollecito
from ..scheda.pagina import Pagina

SPOSTAMENTI = r"/(su|giu|tutti|togli)/$"
"""To move a row, or to take another away, is not to write in it."""


@dataclass(frozen=True)
class Mano:
    """Somebody wrote here: when, and who (none: not a page of the portal)."""

    il: datetime
    chi: Utente | None


def righe(pagina: Pagina) -> list[dict]:
    """Return a row for each soggetto that something is asked of; as many questions to the database for forty as for one."""
    progetto = pagina.progetto
    soggetti = [s for s in pagina.soggetti if s["chiesto"]]
    compilate = _compilate(progetto)
    ultime = _ultime(progetto, compilate)
    persone, inviti = permessi.chi_scrive(progetto.partecipazioni.all()), _inviti(progetto)
    solleciti, carte = _solleciti(progetto), _carte(progetto)
    return [
        s
        | {
            "parti": [p | {"mano": compilate.get((p["chiave"], s["id"]))} for p in s["parti"]],
            "mano": ultime.get(s["id"]),
            "persone": persone[s["id"]],
            "invitati": inviti[s["id"]],
            "sollecito": solleciti.get(s["id"]),
            "carte": carte.get(s["id"]),
            "manca": cosa_manca_a(s),
        }
        for s in soggetti
    ]


def colonne(pagina: Pagina, righe: list[dict]) -> list[dict]:
    """Return the blocks that partners have a part in, in the order of the form; those of the capofila in a project of one."""
    del_partner = {p["chiave"] for r in righe if r["ruolo"] != "capofila" for p in r["parti"]}
    chieste = del_partner or {p["chiave"] for r in righe for p in r["parti"]}
    return [{"chiave": b.chiave, "titolo": b.chiamato} for b in pagina.edizione.blocchi if b.chiave in chieste]


def in_colonna(righe: list[dict], colonne: list[dict]) -> None:
    """Put the parts of each row under their columns; what has no column is only the capofila's, and stands by itself."""
    chiavi = [c["chiave"] for c in colonne]
    for riga in righe:
        sue = {p["chiave"]: p for p in riga["parti"]}
        riga["celle"] = [(c, sue.get(c["chiave"])) for c in colonne]
        riga["altre_parti"] = [p for p in riga["parti"] if p["chiave"] not in chiavi]


def cosa_manca_a(soggetto: dict) -> list[dict]:
    """Return what a soggetto owes, each thing with its page: its parts that are not complete, its confirmation."""
    parti = [{"testo": f"{p['titolo']}: {p['stato']}", "url": p["url"]} for p in soggetto["parti"] if p["stato"] != COMPLETA]
    if soggetto["conferma"] not in ("", "confermata"):
        testo = f"conferma dei dati e delle cifre: {soggetto['conferma']}"
        parti.append({"testo": testo, "url": soggetto["url_conferma"]})
    return parti


def _inviti(progetto: Progetto) -> dict[str, list[Invito]]:
    """Those that were sent and not used yet, to fill the part of a soggetto or to act for its ente."""
    degli_enti = {str(ente): str(pk) for pk, ente in progetto.partecipazioni.values_list("pk", "ente")}
    soggetti = {str(pk): str(pk) for pk in degli_enti.values()} | degli_enti
    validi = Invito.objects.validi().filter(tipo__app_label__in=("progetti", "alleanze"), oggetto_id__in=soggetti)
    trovati = defaultdict(list)
    for invito in validi.order_by("mandato_il"):
        trovati[soggetti[invito.oggetto_id]].append(invito)
    return trovati


def _solleciti(progetto: Progetto) -> dict[str, Sollecito]:
    """The last one of each."""
    mandati = Sollecito.objects.filter(partecipazione__progetto=progetto).select_related("mandato_da", "partecipazione")
    return {str(s.partecipazione_id): s for s in mandati.order_by("mandato_il", "pk")}


def _carte(progetto: Progetto) -> dict[str, dict]:
    """How many of the papers to be signed are back."""
    trovate: dict[str, dict] = {}
    in_vigore = DaFirmare.objects.in_vigore().filter(partecipazione__progetto=progetto)
    for soggetto, stato in in_vigore.order_by().values_list("partecipazione", "stato"):
        carte = trovate.setdefault(str(soggetto), {"tutte": 0, "tornate": 0})
        carte["tutte"] += 1
        carte["tornate"] += stato in DaFirmare.FIRMATI
    return trovate


def _compilate(progetto: Progetto) -> dict[tuple[str, str], Mano]:
    """Of each part of the scheda the hand that saved it last."""
    fatte = Compilazione.objects.filter(progetto=progetto).exclude(riga=None).exclude(aggiornata_da=None)
    scritte = fatte.select_related("aggiornata_da").defer("risposte")
    return {(c.blocco, str(c.riga)): Mano(c.aggiornata_il, c.aggiornata_da) for c in scritte}


def _ultime(progetto: Progetto, compilate: dict[tuple[str, str], Mano]) -> dict[str, Mano]:
    """Of each soggetto the last hand: in its answers, in its row, in its money, in its confirmation."""
    ultime: dict[str, Mano] = {}

    def conta(soggetto, mano: Mano) -> None:
        prima = ultime.get(str(soggetto))
        if prima is None or mano.il > prima.il:
            ultime[str(soggetto)] = mano

    for (_, soggetto), mano in compilate.items():
        conta(soggetto, mano)
    eventi = [
        *_ultimi_eventi(progetto, Partecipazione, "pgh_obj_id"),
        *_ultimi_eventi(progetto, Cofinanziamento, "partecipazione_id"),
    ]
    autori = Utente.objects.in_bulk({chi for _, _, chi in eventi})
    for soggetto, il, chi in eventi:
        conta(soggetto, Mano(il, autori.get(chi)))
    return ultime


def _ultimi_eventi(progetto: Progetto, modello, di_chi: str) -> list[tuple]:
    """Of each soggetto the newest event that a person caused: (soggetto, when, id of who)."""
    scritti = storia.eventi(modello).filter(progetto_id=progetto.pk, pgh_context__metadata__has_key="user")
    scritti = scritti.exclude(Q(pgh_context__metadata__url__regex=SPOSTAMENTI) | Q(**{di_chi: None}))
    ultimi = scritti.order_by(di_chi, "-pgh_id").distinct(di_chi)
    return list(ultimi.values_list(di_chi, "pgh_created_at", "pgh_context__metadata__user"))
