"""The parameters of an avviso, in groups, as its page prints them and its form asks them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from conciliazione.italiano.importi import scrivi_euro, scrivi_importo
from conciliazione.templatetags.italiano import data_ora

from ..contenuto.colonne import DEL_MODULO
from ..edizioni import EDIZIONI, nome_edizione
from ..models import Avviso, ModuloAmmesso

GENERI_VOCE = (
    ("", "nessuno di questi"),
    ("personale", "personale"),
    ("beni", "beni"),
    ("servizi", "servizi"),
    ("voucher", "voucher"),
    ("generali", "spese generali"),
)


@dataclass(frozen=True)
class Parametro:
    """`genere` says how it is asked and printed; `fonte` whether one says which act states it."""

    nome: str
    etichetta: str
    genere: str
    aiuto: str = ""
    fonte: bool = True


@dataclass(frozen=True)
class Gruppo:
    titolo: str
    parametri: tuple[Parametro, ...]
    nota: str = ""


P = Parametro
GRUPPI = (
    Gruppo(
        "Termini",
        (
            P("apre_il", "Si apre il", "momento", "Da quando si possono aprire e presentare le schede."),
            P("chiude_il", "Si chiude il", "momento", "Dopo questo momento non si presenta più."),
            P("attivita_entro", "Le attività terminano entro il", "giorno"),
        ),
    ),
    Gruppo(
        "La scheda",
        (
            P("aree_massime", "Quante aree di intervento si possono indicare", "intero"),
            P("catalogo", "Catalogo delle azioni", "catalogo", "Se non è detto, vale quello stampato nel modulo."),
            P("voci_costo", "Voci di costo", "voci", "Se non sono dette, valgono quelle stampate nel modulo."),
        ),
    ),
    Gruppo(
        "Soldi",
        (
            P("contributo_percentuale", "Contributo: al massimo, in percentuale del costo", "percento"),
            P("contributo_massimo", "Contributo: al massimo, in euro", "euro"),
            P("cofinanziamento_minimo", "Cofinanziamento: almeno, in percentuale del costo", "percento"),
            P("spese_generali_massimo", "Spese generali: al massimo", "percento"),
            P("spese_generali_base", "Spese generali: in percentuale di che cosa", "scelta", fonte=False),
            P("beni_massimo", "Acquisto di beni: al massimo", "percento"),
            P("beni_base", "Acquisto di beni: in percentuale di che cosa", "scelta", fonte=False),
        ),
    ),
    Gruppo(
        "Partenariato",
        (
            P("soggetti_minimi", "Quanti enti almeno, capofila compreso", "intero"),
            P("pubblici_minimi", "Quanti enti pubblici almeno", "intero"),
            P("imprese_minime", "Quante micro o piccole imprese almeno", "intero"),
            P("capofila_pubblico", "Il capofila dev'essere un ente pubblico", "si_no"),
            P("conferme_gravita", "Un partner che non ha confermato è", "scelta"),
        ),
    ),
    Gruppo("Durata", (P("durata_massima", "Durata: al massimo, in mesi", "intero"),)),
    Gruppo(
        "Lunghezza dei testi",
        (
            P("righe_gravita", "Un testo più lungo di quanto dice il modulo è", "scelta"),
            P(
                "righe_larghezza_mm",
                "Larghezza della riga",
                "millimetri",
                "Così si contano le righe.",
                fonte=False,
            ),
            P("righe_corpo_pt", "Corpo del carattere", "punti", fonte=False),
        ),
    ),
    Gruppo(
        "Spese, tolleranza, erogazione",
        (
            P("iva", "IVA nelle spese", "scelta"),
            P("tolleranza", "Scostamento fra voci senza chiedere", "percento"),
            P("anticipo", "Anticipo, in percentuale del contributo", "percento"),
            P("saldo", "Saldo, in percentuale del contributo", "percento"),
            P("regola_saldo", "Come si calcola il contributo riconosciuto", "scelta"),
        ),
    ),
    Gruppo("Valutazione", (P("griglia", "Griglia di valutazione", "griglia"),)),
)

PARAMETRI = tuple(p for gruppo in GRUPPI for p in gruppo.parametri)
ELENCHI = ("catalogo", "voci_costo", "griglia")
SEMPLICI = tuple(p for p in PARAMETRI if p.nome not in ELENCHI)
COLONNE = {
    "catalogo": (
        ("codice", "Codice"),
        ("titolo", "Titolo"),
        ("complementare", "Da sola non basta"),
        ("da_verificare", "Da verificare"),
    ),
    "voci_costo": (("codice", "Codice"), ("titolo", "Titolo"), ("genere", "Genere")),
    "griglia": (("criterio", "Criterio"), ("massimo", "Punti al massimo")),
}
"""The columns of the lists."""


def edizioni(avviso: Avviso) -> list[tuple[str, str]]:
    """Return the forms that an avviso may admit, by code and name: the portal's, and its own not installed any more."""
    sue = avviso.edizioni if avviso.pk else []
    return [(codice, nome_edizione(codice)) for codice in dict.fromkeys([*EDIZIONI, *sue])]


def gruppi_di(avviso: Avviso) -> list[dict]:
    """Return the page of an avviso: each parameter in words and the act that states it; its lists, of each form where they
    vary.
    """
    moduli = list(avviso.moduli.all())
    return [
        {"titolo": g.titolo, "righe": [_riga(avviso, p) for p in g.parametri if p.nome not in ELENCHI]}
        | {"elenchi": [e for p in g.parametri if p.nome in ELENCHI for e in _elenchi(avviso, p, moduli)]}
        for g in GRUPPI
    ]


def _riga(avviso: Avviso, p: Parametro) -> dict:
    detto = testo(avviso, p)
    return {"etichetta": p.etichetta, "testo": detto, "atto": _atto(avviso, p) if detto and p.fonte else ""}


def _atto(avviso: Avviso, p: Parametro) -> str:
    return (avviso.fonti or {}).get(p.nome) or avviso.atto


def testo(avviso: Avviso, p: Parametro) -> str:
    """Return the parameter as people read it; "" is «not stated»."""
    valore = getattr(avviso, p.nome)
    if valore is None or valore == "":
        return ""
    if p.genere == "scelta":
        return getattr(avviso, f"get_{p.nome}_display")() if _serve(avviso, p.nome) else ""
    return SCRIVE[p.genere](valore)


def _serve(avviso: Avviso, nome: str) -> bool:
    """The base of a ceiling says nothing where there is no ceiling."""
    return not nome.endswith("_base") or getattr(avviso, nome.replace("_base", "_massimo")) is not None


def _percento(valore: Decimal) -> str:
    return f"{scrivi_importo(valore).removesuffix(',00')}%"


def _misura(valore: Decimal) -> str:
    return f"{valore:.1f}".replace(".", ",").removesuffix(",0")


def _giorno(valore: date | datetime) -> str:
    return f"{valore:%d/%m/%Y}"


SCRIVE = {
    "momento": data_ora,
    "giorno": _giorno,
    "intero": str,
    "percento": _percento,
    "euro": scrivi_euro,
    "si_no": lambda valore: "sì" if valore else "no",
    "millimetri": lambda valore: f"{_misura(valore)} mm",
    "punti": lambda valore: f"{_misura(valore)} pt",
}


def _elenchi(avviso: Avviso, p: Parametro, moduli: list[ModuloAmmesso]) -> list[dict]:
    if p.nome not in DEL_MODULO:
        return [_elenco(avviso, p, getattr(avviso, p.nome))]
    return [_elenco(avviso, p, getattr(m, p.nome), nome_edizione(m.edizione) if len(moduli) > 1 else "") for m in moduli]


def _elenco(avviso: Avviso, p: Parametro, righe: list | None, di_quale: str = "") -> dict:
    righe = righe or []
    colonne = COLONNE[p.nome]
    celle = [[_cella(chiave, riga.get(chiave)) for chiave, _ in colonne] for riga in righe]
    atto = _atto(avviso, p) if righe else ""
    etichetta = f"{p.etichetta}: {di_quale}" if di_quale else p.etichetta
    return {"etichetta": etichetta, "aiuto": p.aiuto, "colonne": [c for _, c in colonne], "righe": celle, "atto": atto}


def _cella(chiave: str, valore) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else ""
    if chiave == "genere":
        return dict(GENERI_VOCE).get(valore or "", valore) if valore else ""
    return "" if valore is None else str(valore)
