"""The rooms of the house: who may import whom. The drawing is `docs/architettura.md`, and here it is held to the code."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

RADICE = Path(settings.RADICE)
APP = ["conciliazione", "alleanze", "progetti", "voucher", "rendicontazione"]
"""Each may import those before it."""
METTE_INSIEME = {"conciliazione/urls.py", "conciliazione/demo"}
"""Where the house is put together, and its example data: what of the kernel knows the apps."""
COMPONE = {"urls", "apps", "admin", "tasks", "celery", "wsgi", "settings", "account", "salute", "views"}
"""Files at the top of an app that put its features together: they import any of them, and none imports them."""
NON_STANZE = {"models", "migrations", "management", "demo", "templatetags", "formati"}
"""The ground of an app, and what stands outside of the drawing."""
DISEGNO = (RADICE / "docs/architettura.md").read_text(encoding="utf-8")


def disegnate(app: str) -> list[str]:
    """The features of an app as the drawing has them: each stands on those after it."""
    parte = DISEGNO.split(f"\n## {app}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", parte, re.MULTILINE)


def stanze(app: str) -> set[str]:
    cartelle = {f.parent.name for f in (RADICE / app).glob("*/*.py")}
    return cartelle - NON_STANZE


def _modulo(file: Path) -> list[str]:
    parti = list(file.relative_to(RADICE).with_suffix("").parts)
    return parti[:-1] if parti[-1] == "__init__" else parti


def importati(file: Path) -> set[tuple[str, ...]]:
    """The modules that a file imports, wherever in it, each in full."""
    pacchetto = list(file.relative_to(RADICE).parts[:-1])
    trovati = set()
    for nodo in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            trovati |= {tuple(a.name.split(".")) for a in nodo.names}
        elif isinstance(nodo, ast.ImportFrom):
            base = pacchetto[: len(pacchetto) - nodo.level + 1] if nodo.level else []
            base = base + (nodo.module.split(".") if nodo.module else [])
            trovati |= {(*base, a.name) for a in nodo.names}
    return trovati


def sorgenti(app: str) -> list[Path]:
    return [f for f in sorted((RADICE / app).rglob("*.py")) if "migrations" not in f.parts]


def stanza(parti: tuple[str, ...]) -> str | None:
    """The feature of its app that a module is in; None for the ground."""
    return parti[1] if len(parti) > 1 and parti[1] in stanze(parti[0]) else None


def frecce(app: str) -> dict[tuple[str | None, str], str]:
    """Which feature (None: the ground) takes from which other of its app, with a file that does."""
    trovate: dict[tuple[str | None, str], str] = defaultdict(str)
    for file in sorgenti(app):
        parti = tuple(_modulo(file))
        da = stanza(parti)
        fuori = len(parti) > 1 and (parti[1] in NON_STANZE - {"models"} or (da is None and parti[1] in COMPONE))
        if fuori:
            continue
        for meta in importati(file):
            verso = stanza(meta) if meta[0] == app else None
            if verso and verso != da:
                trovate[da, verso] = file.relative_to(RADICE).as_posix()
    return trovate


def test_le_importazioni_fra_le_app_vanno_in_un_verso_solo():
    contrarie = []
    for posto, app in enumerate(APP):
        for file in sorgenti(app):
            nome = file.relative_to(RADICE).as_posix()
            dopo = {meta[0] for meta in importati(file)} & set(APP[posto + 1 :])
            if dopo and not any(nome == eccezione or nome.startswith(f"{eccezione}/") for eccezione in METTE_INSIEME):
                contrarie.append((nome, sorted(dopo)))
    assert not contrarie


@pytest.mark.parametrize("app", APP)
def test_il_disegno_nomina_ogni_stanza_una_volta_e_nessuna_che_non_c_e(app):
    assert sorted(disegnate(app)) == sorted(stanze(app))


@pytest.mark.parametrize("app", APP)
def test_ogni_stanza_importa_solo_quelle_che_le_stanno_sotto(app):
    ordine = disegnate(app)
    contrarie = [
        (da, verso, dove)
        for (da, verso), dove in frecce(app).items()
        if da is not None and ordine.index(da) > ordine.index(verso)
    ]
    assert not contrarie


@pytest.mark.parametrize("app", APP)
def test_il_terreno_di_un_app_non_conosce_le_sue_stanze(app):
    """But for the models, that may name the states that a feature gives them."""
    assert not [(verso, dove) for (da, verso), dove in frecce(app).items() if da is None and "/models/" not in dove]
