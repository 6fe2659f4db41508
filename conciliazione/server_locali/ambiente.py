"""The environment a command of the portal needs: the servers of others if their addresses are given, else our own."""

import os
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from . import luoghi, servizi

# They need no database, and must work where there is none.
SENZA_SERVIZI = {
    "",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "startapp",
    "stati",
    "version",
}


# Likewise, among what a command does.
SENZA_SERVIZI_FRA_GLI_ALTRI = {("scheda", "descrivi"), ("scheda", "prova"), ("scheda", "schema")}


def chiave(base: Path) -> str:
    """Return the secret key of this folder: made once, so that sessions and links in the mail outlive a restart."""
    file = luoghi.prepara_cartella(base) / "chiave"
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as nuova:
            nuova.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text() or secrets.token_urlsafe(50)


def variabili(base: Path, usati: list[servizi.Servizio]) -> dict[str, str]:
    """Return what settings.py reads, for a process that runs on these servers."""
    nuove = {servizio.variabile: servizio.url() for servizio in usati}
    nuove |= {"CONCILIAZIONE_VAR": str(base), "DJANGO_SETTINGS_MODULE": "conciliazione.settings"}
    if not os.environ.get("SECRET_KEY"):
        nuove["SECRET_KEY"] = chiave(base)
    return nuove


@contextmanager
def in_uso(usati: list[servizi.Servizio], **come_lasciare) -> Iterator[None]:
    """Keep the servers running while this lasts; what was started by then is given up even if the next does not start."""
    with ExitStack() as pila:
        for servizio in usati:
            servizio.usa()
            pila.callback(servizio.lascia, **come_lasciare)
        yield


def _serve(argomenti: list[str]) -> bool:
    nome = argomenti[1] if len(argomenti) > 1 else ""
    senza = nome in SENZA_SERVIZI or tuple(argomenti[1:3]) in SENZA_SERVIZI_FRA_GLI_ALTRI
    return not (nome.startswith("-") or senza or {"-h", "--help"} & set(argomenti))


def _da_usare(argomenti: list[str], base: Path) -> list[servizi.Servizio]:
    """What a command needs, started if it does not run; `check` starts nothing, and asks of the demo where that runs."""
    if _serve(argomenti):
        return servizi.mancanti(base)
    guarda = argomenti[1:2] == ["check"] and (base / servizi.Postgres.nome).is_dir()
    return [servizio for servizio in servizi.mancanti(base) if servizio.risponde()] if guarda else []


@contextmanager
def per_un_comando(argomenti: list[str]) -> Iterator[None]:
    """Keep up, for manage.py, the servers of the demo if it runs, or the same ones for as long as the command lasts."""
    base = luoghi.var()
    usati = _da_usare(argomenti, base)
    if not os.environ.get("SECRET_KEY"):
        # What opens no database signs nothing that outlives it.
        os.environ["SECRET_KEY"] = chiave(base) if _serve(argomenti) else secrets.token_urlsafe(50)
    if usati:
        signal.signal(signal.SIGTERM, lambda numero, quadro: sys.exit(128 + numero))
        signal.signal(signal.SIGHUP, lambda numero, quadro: sys.exit(128 + numero))
    with in_uso(usati):
        if usati:
            os.environ.update(variabili(base, usati))
        yield
