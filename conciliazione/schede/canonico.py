"""One way of writing a dict as bytes, so that the same content always has the same hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonico(dati: Mapping[str, Any]) -> bytes:
    """Canonical JSON, in UTF-8: sorted keys, no spaces, no accents escaped.

    Raises ValueError for a float that is not a number, and for half of a character (a lone surrogate).
    """
    testo = json.dumps(dati, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return testo.encode()


def impronta(dati: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal figures."""
    return hashlib.sha256(canonico(dati)).hexdigest()
