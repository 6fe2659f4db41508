"""Waiting for what another process does."""

import time
from collections.abc import Callable

import pytest


def aspetta(condizione: Callable[[], object], che_cosa: str, secondi: float = 120):
    """What `condizione` gives as soon as it is true; the test fails if it never is."""
    fine = time.monotonic() + secondi
    while not (esito := condizione()):
        if time.monotonic() > fine:
            pytest.fail(f"Dopo {secondi} secondi non è ancora successo: {che_cosa}.")
        time.sleep(0.05)
    return esito
