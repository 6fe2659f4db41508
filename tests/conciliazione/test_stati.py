"""The tables of transitions are whole, and `docs/stati.md` is drawn from them."""

from django.apps import apps

from alleanze.models import Adesione
from conciliazione.management.commands import stati
from conciliazione.models import FileGenerato
from conciliazione.passaggi import FINE, TABELLE
from progetti.models import Progetto
from progetti.nuovo.copia import COPIATA

SENZA_TABELLA = {FileGenerato}
"""The state of a job is not for people to pass."""


def test_ogni_cosa_che_ha_stati_ha_la_sua_tabella():
    con_stati = {m for m in apps.get_models() if any(f.name == "stato" for f in m._meta.fields)}
    nostri = {m for m in con_stati if not m._meta.proxy and "Event" not in m.__name__}
    assert nostri - SENZA_TABELLA == {m for m in TABELLE if m in con_stati}


def test_le_tabelle_nominano_solo_stati_che_ci_sono():
    for modello, tabella in TABELLE.items():
        stati_suoi = {v for v, _ in modello._meta.get_field("stato").flatchoices} if hasattr(modello, "stato") else set()
        for azione, passo in tabella.passi.items():
            assert {*passo.da, passo.a} <= stati_suoi | {None, FINE}, (modello, azione)


def test_cio_che_si_fa_senza_cambiare_stato_ha_la_sua_riga():
    assert "recedi" in TABELLE[Adesione].passi
    assert COPIATA in TABELLE[Progetto].passi


def test_il_disegno_degli_stati_e_quello_delle_tabelle():
    assert stati.FILE.read_text(encoding="utf-8") == stati.disegno(), "python3 manage.py stati"
