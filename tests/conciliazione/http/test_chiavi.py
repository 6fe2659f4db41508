"""The keys of personal links are good for whoever reads them: the log does not hold them."""

import logging
import uuid

import pytest
from django.urls import reverse

from conciliazione.http.chiavi import SenzaChiavi

CHIAVE = uuid.uuid4()


@pytest.mark.parametrize("nome", ["alleanze:adesione_chiave", "alleanze:invito", "progetti:invito", "calendario"])
def test_la_chiave_di_un_collegamento_non_resta_nel_registro_del_server(nome):
    detto = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (reverse(nome, args=[CHIAVE]),), None)
    assert SenzaChiavi().filter(detto)
    assert str(CHIAVE) not in detto.getMessage()
    assert "…" in detto.getMessage()
