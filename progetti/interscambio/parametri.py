"""What is wrong with the avviso that a file names: its name, its act, its parameters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from conciliazione.schede import campi

from ..archivio import PARAMETRI
from ..models import Avviso
from .documento import Errore, passo
from .forme import ELENCO, OGGETTO, chiavi, limiti, nome_di_ente, tipo

AVVISO = ("codice", "titolo", "atto", "ats", *PARAMETRI)
ISTANTI = ("apre_il", "chiude_il")
NUMERI = (
    "spese_generali_massimo",
    "contributo_percentuale",
    "contributo_massimo",
    "beni_massimo",
    "cofinanziamento_minimo",
    "tolleranza",
    "anticipo",
    "saldo",
    "righe_larghezza_mm",
    "righe_corpo_pt",
)
INTERI = ("aree_massime", "durata_massima", "soggetti_minimi", "pubblici_minimi", "imprese_minime")
MISURE = {"righe_larghezza_mm": (50, 300), "righe_corpo_pt": (5, 30)}
"""What a page can be."""
ELENCHI = {"catalogo": ("codice", "titolo"), "voci_costo": ("codice", "titolo"), "griglia": ("criterio", "massimo")}
"""Parameters that are lists of objects, and the keys that each of these must have."""
ALTRE_CHIAVI = {"catalogo": ("complementare", "da_verificare"), "voci_costo": ("genere",), "griglia": ()}


def esamina_avviso(avviso: dict) -> Iterator[Errore]:
    percorso = "$.avviso"
    trovati = list(chiavi(percorso, avviso, AVVISO, obbligatorie=("codice", "titolo", "atto")))
    for chiave in AVVISO:
        if chiave in avviso:
            trovati += _parametro(percorso, chiave, avviso[chiave])
    yield from trovati
    if trovati:
        return
    yield from limiti(Avviso, percorso, {c: _in_colonna(c, v) for c, v in avviso.items()})
    yield from nome_di_ente("$.avviso.ats", avviso.get("ats"))
    apre, chiude = (istante(avviso[c]) if avviso.get(c) else None for c in ISTANTI)
    if apre and chiude and chiude <= apre:
        yield "$.avviso.chiude_il", "viene prima di apre_il"


def _parametro(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    if valore is None:
        campo = Avviso._meta.get_field(chiave)
        if chiave != "ats" and not (campo.null or campo.blank):
            yield passo(percorso, chiave), "qui va un valore; se l'avviso non lo dice, togli la chiave"
    elif chiave in ELENCHI:
        yield from _elenco(passo(percorso, chiave), chiave, valore)
    elif chiave == "fonti":
        yield from _fonti(passo(percorso, chiave), valore)
    elif chiave == "capofila_pubblico":
        if not isinstance(valore, bool):
            yield passo(percorso, chiave), "qui va true, false oppure null"
    elif chiave in INTERI:
        if motivo := campi.Numero("").rifiuta(valore):
            yield passo(percorso, chiave), motivo
    elif chiave == "attivita_entro":
        if motivo := campi.Data("").rifiuta(valore):
            yield passo(percorso, chiave), motivo
    elif chiave in ISTANTI:
        if istante(valore) is None:
            yield passo(percorso, chiave), 'qui va un giorno con ora e fuso: "2014-04-30T12:00:00+02:00"'
    elif chiave in NUMERI:
        minimo, massimo = MISURE.get(chiave, (0, 10**10))
        if campi.Importo("").rifiuta(valore):
            yield passo(percorso, chiave), 'qui va un numero con due decimali, fra virgolette: "10.00"'
        elif not minimo <= Decimal(valore) <= massimo:
            yield passo(percorso, chiave), f"qui va un numero da {minimo} a {massimo}"
    else:
        yield from tipo(percorso, chiave, valore)


def _elenco(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, list):
        yield percorso, ELENCO
        return
    for posto, voce in enumerate(valore):
        dove = f"{percorso}[{posto}]"
        if not isinstance(voce, dict):
            yield dove, OGGETTO
            continue
        yield from chiavi(dove, voce, (*ELENCHI[chiave], *ALTRE_CHIAVI[chiave]), obbligatorie=ELENCHI[chiave])
        for nome, detto in voce.items():
            giusto = isinstance(detto, {"massimo": int, "complementare": bool, "da_verificare": bool}.get(nome, str))
            if not giusto or (detto == "" and nome != "genere") or (nome == "massimo" and not 0 <= detto <= 1000):
                yield passo(dove, nome), "qui va un altro tipo di valore"
    codici = [str(v.get(ELENCHI[chiave][0])) for v in valore if isinstance(v, dict)]
    if len(set(codici)) < len(codici):
        yield percorso, "due voci hanno lo stesso nome"


def _fonti(percorso: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, dict):
        yield percorso, OGGETTO
        return
    for nome, detto in valore.items():
        if nome not in PARAMETRI or not isinstance(detto, str):
            yield passo(percorso, nome), "qui va il nome di un parametro, con il testo dell'atto che lo stabilisce"


def _in_colonna(chiave: str, valore):
    """«170.00» is within one decimal: what it is worth counts, not how it is written."""
    if valore is not None and chiave in NUMERI:
        return Decimal(valore).normalize()
    return istante(valore) if valore is not None and chiave in ISTANTI else valore


def istante(testo) -> datetime | None:
    """The instant that a text says, to the second; None when it says none, or does not say where."""
    try:
        letto = datetime.fromisoformat(testo)
        return letto.astimezone(UTC).replace(microsecond=0) if letto.tzinfo and "T" in testo else None
    except (TypeError, ValueError, OverflowError):
        return None
