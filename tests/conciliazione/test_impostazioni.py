"""The settings as the environment makes them: what has no default, and what a proxy changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

RADICE = Path(settings.RADICE)
DI_CHI_PROVA = ("SECRET_KEY", "DEBUG", "DIMOSTRAZIONE", "DIETRO_PROXY")


def python(*argomenti: str, **variabili: str) -> subprocess.CompletedProcess:
    ambiente = {k: v for k, v in os.environ.items() if k not in DI_CHI_PROVA} | variabili
    return subprocess.run([sys.executable, *argomenti], cwd=RADICE, env=ambiente, capture_output=True, text=True, check=False)


def impostazione(nome: str, **variabili: str) -> subprocess.CompletedProcess:
    return python("-c", f"from django.conf import settings; print(settings.{nome})", **variabili)


def test_senza_chiave_segreta_il_portale_non_parte():
    esito = impostazione("SECRET_KEY")
    assert esito.returncode
    assert "Manca SECRET_KEY" in esito.stderr


@pytest.mark.parametrize("variabili", [{"DEBUG": "1"}, {"DIMOSTRAZIONE": "1"}, {"SECRET_KEY": "una-chiave"}])
def test_con_la_chiave_o_in_dimostrazione_parte(variabili):
    assert impostazione("SECRET_KEY", **variabili).stdout.strip()


@pytest.mark.parametrize("comando", [["check"], ["showmigrations", "--plan", "progetti"]])
def test_i_comandi_a_mano_hanno_una_chiave_loro(comando):
    esito = python("manage.py", *comando)
    assert esito.returncode == 0, esito.stderr


@pytest.mark.parametrize(("dietro", "fidati"), [("true", "1"), ("false", "0")])
def test_dietro_un_proxy_l_indirizzo_e_quello_della_persona(dietro, fidati):
    """Of all that X-Forwarded-For says only the last is not the person's own word."""
    esito = impostazione("ALLAUTH_TRUSTED_PROXY_COUNT", SECRET_KEY="x", DIETRO_PROXY=dietro)
    assert esito.stdout.strip() == fidati
