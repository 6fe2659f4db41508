"""Schede in and out as files. The file is the content itself (`docs/interscambio.md`), canonical JSON.

Import is all or nothing: either everything is written or every mistake is told with its JSON path. What the file names and
the portal does not have (ente, ATS, alleanza, avviso) is created; what exists must agree; nothing that exists is changed.
"""

from .documento import FileRifiutato, leggi_file, scrivi
from .importazione import esporta, importa
from .schema import schema

__all__ = ["FileRifiutato", "esporta", "importa", "leggi_file", "schema", "scrivi"]
