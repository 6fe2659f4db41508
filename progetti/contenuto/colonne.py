"""Which value of a scheda is a column, of which table, and how it travels."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import Field

from ..models import (
    Avviso,
    Azione,
    Cofinanziamento,
    Destinatari,
    Fase,
    Indicatore,
    ModuloAmmesso,
    Partecipazione,
    Personale,
    Referente,
)

FORMATO = "conciliazione/scheda/1"
"""Name and version of this shape, which is also that of the interchange file."""

PARAMETRI = (
    "apre_il",
    "chiude_il",
    "attivita_entro",
    "aree_massime",
    "spese_generali_massimo",
    "spese_generali_base",
    "contributo_percentuale",
    "contributo_massimo",
    "beni_massimo",
    "beni_base",
    "cofinanziamento_minimo",
    "durata_massima",
    "soggetti_minimi",
    "pubblici_minimi",
    "imprese_minime",
    "capofila_pubblico",
    "iva",
    "tolleranza",
    "anticipo",
    "saldo",
    "regola_saldo",
    "catalogo",
    "voci_costo",
    "griglia",
    "fonti",
    "righe_larghezza_mm",
    "righe_corpo_pt",
    "righe_gravita",
    "conferme_gravita",
)
"""What varies by call, frozen with each version: tomorrow's avviso does not judge yesterday's scheda."""

DEL_MODULO = ("catalogo", "voci_costo")
"""Those of them that a call states of each form that it admits."""

COLONNE_PROGETTO = ("titolo", "durata_dal", "durata_al", "durata_mesi", "destinatari", "accessi")
COLONNE = {
    "partecipazioni": (
        "ruolo",
        "denominazione",
        "codice_fiscale",
        "partita_iva",
        "tipologia",
        "natura_giuridica",
        "dimensione",
        "ateco",
        "lavoratori",
        "lavoratrici_donne",
        "lavoratori_uomini",
    ),
    "referenti": ("partecipazione", "nominativo", "telefono", "email"),
    "azioni": ("genere", "codice", "titolo", "titolo_breve", "padre", "mesi", "ore", "accessi"),
    "indicatori": ("azione", "descrizione", "minimo"),
    "personale": ("azione", "ruolo", "numero"),
    "destinatari": ("azione", "tipo", "numero"),
    "fasi": ("titolo", "mesi", "azioni"),
    "cofinanziamenti": ("partecipazione", "azione", "settore", "natura", "importo", "atto"),
}
"""Promoted values of the rows of each shared table: what is summed, filtered, joined or linked."""

MODELLI: dict[str, Any] = {
    "partecipazioni": Partecipazione,
    "referenti": Referente,
    "azioni": Azione,
    "indicatori": Indicatore,
    "personale": Personale,
    "destinatari": Destinatari,
    "fasi": Fase,
    "cofinanziamenti": Cofinanziamento,
}
RIMANDI = {"partecipazione": "partecipazione_id", "azione": "azione_id", "padre": "padre_id"}
"""Columns that point to a row of another table, or (padre) of the same."""
MOLTI = ("azioni",)
"""Columns that point to several rows."""
TABELLA_DI = {"partecipazione": "partecipazioni", "azione": "azioni", "padre": "azioni", "azioni": "azioni"}
"""Where the rows are that a column points to."""
COSTO = ("prospetto", "azione", "voce", "partecipazione", "importo")


def al_filo(valore: Any) -> Any:
    """A column's value as it travels: a Valore, or a parameter of the avviso that is a JSON object."""
    if valore is None or valore in ("", [], {}):
        return None
    if isinstance(valore, Decimal):
        return f"{valore:.2f}"
    if isinstance(valore, datetime):
        return valore.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(valore, list):
        return [v if isinstance(v, dict) else str(v) for v in valore]
    return valore if isinstance(valore, bool | int | dict) else str(valore)


def campo_del_parametro(nome: str) -> "Field[Any, Any]":
    """The column that keeps a parameter: of the avviso, or of the form that it admits."""
    campo = (ModuloAmmesso if nome in DEL_MODULO else Avviso)._meta.get_field(nome)
    return cast("Field[Any, Any]", campo)
