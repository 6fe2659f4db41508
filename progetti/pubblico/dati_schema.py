"""What tells a machine what the files are: the JSON Schema of each, and the catalogue as DCAT-AP_IT wants it."""

from datetime import datetime

from django.conf import settings

from .dati_insiemi import (
    DATA,
    ELENCO,
    IDENTIFICATIVO,
    IMPORTO,
    INDIRIZZO,
    INSIEMI,
    MESE,
    NUMERO,
    TESTO,
    Campo,
    Insieme,
    assoluto,
)

UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
TIPI = {
    TESTO: {"type": "string", "minLength": 1},
    IDENTIFICATIVO: {"type": "string", "pattern": UUID},
    IMPORTO: {"type": "string", "pattern": r"^\d+\.\d{2}$"},
    NUMERO: {"type": "integer", "minimum": 0},
    MESE: {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"},
    DATA: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    INDIRIZZO: {"type": "string", "pattern": "^https?://"},
    ELENCO: {"type": "array", "items": {"type": "string", "minLength": 1}},
}
"""A value of each type; beside it, but in a list, null is «not known»."""
AUTORITA = "http://publications.europa.eu/resource/authority/"
LICENZA = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
PREFISSI = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatapit": "http://dati.gov.it/onto/dcatapit#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORME = {"csv": "CSV", "json": "JSON"}


def schema() -> dict:
    """Return what every JSON file is valid against: `insieme` tells which of the definitions is its own."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": assoluto("pubblico:schema"),
        "title": "Dati aperti del portale delle alleanze locali di conciliazione",
        "oneOf": [{"$ref": f"#/$defs/{nome}"} for nome in INSIEMI],
        "$defs": {nome: _del_file(insieme) for nome, insieme in INSIEMI.items()},
    }


def _del_file(insieme: Insieme) -> dict:
    testa = {nome: {"type": "string"} for nome in ("titolo", "licenza", "estratto_il", "schema")}
    dati = {"type": "array", "items": _della_riga(insieme.campi)}
    return {
        "type": "object",
        "title": insieme.titolo,
        "description": insieme.descrizione,
        "properties": {"insieme": {"const": insieme.nome}, **testa, "dati": dati},
        "required": ["insieme", *testa, "dati"],
        "additionalProperties": False,
    }


def _della_riga(campi: tuple[Campo, ...]) -> dict:
    return {
        "type": "object",
        "properties": {campo.nome: _del_campo(campo) for campo in campi},
        "required": [campo.nome for campo in campi],
        "additionalProperties": False,
    }


def _del_campo(campo: Campo) -> dict:
    tipo = TIPI[campo.tipo]
    ammessi = tipo["type"] if campo.tipo == ELENCO else [tipo["type"], "null"]
    return tipo | {"type": ammessi, "description": campo.descrizione}


# The catalogue.


def catalogo(aggiornato: datetime | None) -> dict:
    """Return the catalogue as JSON-LD."""
    pagina = assoluto("pubblico:dati")
    return {
        "@context": PREFISSI,
        "@id": f"{pagina}#catalogo",
        "@type": ["dcatapit:Catalog", "dcat:Catalog"],
        "dct:title": "Dati aperti del portale delle alleanze locali di conciliazione",
        "dct:description": "Progetti approvati, enti e alleanze, con gli importi.",
        "dct:language": _id("language/ITA"),
        "dct:publisher": _gestore(),
        "foaf:homepage": {"@id": pagina},
        **_modificato(aggiornato),
        "dcat:dataset": [_insieme(insieme, aggiornato) for insieme in INSIEMI.values()],
    }


def _id(voce: str) -> dict:
    return {"@id": AUTORITA + voce}


def _gestore() -> dict:
    return {"@type": ["dcatapit:Agent", "foaf:Agent"], "foaf:name": settings.ENTE_GESTORE}


def _modificato(aggiornato: datetime | None) -> dict:
    if aggiornato is None:
        return {}
    return {"dct:modified": {"@type": "xsd:date", "@value": aggiornato.date().isoformat()}}


def _insieme(insieme: Insieme, aggiornato: datetime | None) -> dict:
    pagina = assoluto("pubblico:dati")
    return {
        "@id": f"{pagina}#{insieme.nome}",
        "@type": ["dcatapit:Dataset", "dcat:Dataset"],
        "dct:identifier": insieme.nome,
        "dct:title": insieme.titolo,
        "dct:description": insieme.descrizione,
        "dcat:theme": _id("data-theme/SOCI"),
        "dct:accrualPeriodicity": _id("frequency/CONT"),
        "dct:rightsHolder": _gestore(),
        "dct:publisher": _gestore(),
        "dcat:landingPage": {"@id": pagina},
        **_modificato(aggiornato),
        "dcat:distribution": [_forma(insieme, forma) for forma in FORME],
    }


def _forma(insieme: Insieme, forma: str) -> dict:
    indirizzo = {"@id": assoluto("pubblico:scarica", insieme.nome, forma)}
    return {
        "@type": ["dcatapit:Distribution", "dcat:Distribution"],
        "dct:title": f"{insieme.titolo} ({FORME[forma]})",
        "dct:format": _id(f"file-type/{FORME[forma]}"),
        "dct:license": {"@id": LICENZA},
        "dcat:accessURL": indirizzo,
        "dcat:downloadURL": indirizzo,
    }
