"""`make demo`: servers, web and worker of a portal with example data, watched until one asks to stop."""

import contextlib
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import ambiente, luoghi, processi, servizi
from .fine import Fine
from .luoghi import Errore, di
from .serrature import Serratura

PRIMA_PORTA, PORTE = 8000, 100
CADUTE_SOPPORTATE = 5  # in a minute, of one process
ACCESSI = luoghi.RADICE / "conciliazione" / "demo" / "accessi.json"

DI_UN_ALTRA_VERSIONE = 3
"""How this process ends when the data are of a version of the portal that this one cannot bring up to date."""

RIPARTIRE = (
    "I dati di esempio sono stati creati da un'altra versione del portale, e questa non li sa aggiornare.\n"
    "Per ripartire da capo: «make clean», che li cancella, e poi «make demo».\n"
    "Con un server proprio (DATABASE_URL) dargli invece una base dati vuota."
)


class Fermata(Exception):
    """Asked to stop while still starting."""


# --- the port --------------------------------------------------------------------------------------------------------


def libera(porta: int) -> bool:
    with socket.socket(socket.AF_INET) as presa:
        presa.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            presa.bind(("127.0.0.1", porta))
        except OSError:
            return False
    return True


def scegli_porta(chiesta: str | None) -> int:
    """Return the one asked for, or the first free one from 8000."""
    if chiesta:
        return _proprio_quella(chiesta)
    porta = next((p for p in range(PRIMA_PORTA, PRIMA_PORTA + PORTE) if libera(p)), None)
    if porta is None:
        raise Errore(f"Nessuna porta libera da {PRIMA_PORTA} in su: sceglierne una con PORTA=… make demo")
    if porta != PRIMA_PORTA:
        di(f"La porta {PRIMA_PORTA} è occupata: uso la {porta}.")
    return porta


def _proprio_quella(chiesta: str) -> int:
    if not chiesta.isdecimal() or not 0 < int(chiesta) < 65536:
        raise Errore(f"PORTA={chiesta} non è un numero di porta: serve un numero da 1 a 65535.")
    if not libera(int(chiesta)):
        raise Errore(f"La porta {chiesta} è occupata o non permessa: sceglierne un'altra, per esempio PORTA=8123 make demo")
    return int(chiesta)


# --- the logins ------------------------------------------------------------------------------------------------------


def leggi_accessi(file: Path = ACCESSI) -> list[dict]:
    try:
        letti = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    voci = letti.get("accessi", []) if isinstance(letti, dict) else letti
    return [voce for voce in voci if isinstance(voce, dict) and voce.get("email")]


def tabella_accessi(accessi: list[dict]) -> list[str]:
    """Return who may log in; the password once, when it is the same for all."""
    parole = {voce.get("password", "") for voce in accessi} - {""}
    colonne = ["email", "ruolo", "nome"] + (["password"] if len(parole) > 1 else [])
    righe = [[str(voce.get(colonna) or "") for colonna in colonne] for voce in accessi]
    larghezze = [max(map(len, valori)) for valori in zip(*righe, strict=True)]
    testo = ["  " + "  ".join(v.ljust(n) for v, n in zip(riga, larghezze, strict=True)).rstrip() for riga in righe]
    return testo + [f"  Password di tutti: {parola}" for parola in parole if len(parole) == 1]


# --- the data ----------------------------------------------------------------------------------------------------------


def in_pari(argomenti: list[str]) -> int:
    """Brings the database up to date and loads the demonstration; what is there already stays. One process for all."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if di_un_altra_versione(connection):
        return DI_UN_ALTRA_VERSIONE
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("demo")
    return 0


def di_un_altra_versione(connection) -> bool:
    """Whether it was migrated by files that are here no more, or by others of the same name that made fewer tables."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    caricatore = MigrationLoader(connection)
    nostre = {app.label for app in apps.get_app_configs() if Path(app.path).parent == luoghi.RADICE}
    applicate = {chiave for chiave in caricatore.applied_migrations if chiave[0] in nostre}
    if applicate - caricatore.disk_migrations.keys():
        return True
    stato = caricatore.project_state(sorted(applicate))
    attese = {m.options.get("db_table") or f"{app}_{nome}" for (app, nome), m in stato.models.items() if app in nostre}
    return not attese <= set(connection.introspection.table_names())


# --- the processes ---------------------------------------------------------------------------------------------------


def _web(porta: int, **dove) -> processi.Figlio:
    comando = [sys.executable, "-m", "gunicorn", "conciliazione.wsgi", "--bind", f"127.0.0.1:{porta}"]
    comando += ["--workers", 2, "--worker-class", "gthread", "--threads", 4, "--no-control-socket"]
    # A page that takes a minute is stuck; on the way out five seconds are enough for those being answered.
    comando += ["--timeout", 60, "--graceful-timeout", 5, "--access-logfile", "-"]
    return processi.Figlio("web", comando, **dove)


def _lavoratore(base: Path, **dove) -> processi.Figlio:
    comando = [sys.executable, "-m", "celery", "-A", "conciliazione", "worker", "--beat", "--concurrency", 2]
    comando += ["--schedule", base / "celerybeat-schedule", "--loglevel", "INFO", "--without-gossip"]
    return processi.Figlio("lavoratore", comando, **dove)


class Dimostrazione:
    def __init__(self, base: Path, porta: int, fine: Fine):
        self.base, self.porta, self.fine = base, porta, fine
        self.url = f"http://localhost:{porta}/"
        self.servizi = servizi.mancanti(base, legato=True)
        self.figli: list[processi.Figlio] = []
        self._cadute: dict[str, list[float]] = {}

    def dove(self, nome: str) -> dict:
        variabili = os.environ | ambiente.variabili(self.base, self.servizi)
        variabili |= {"DIMOSTRAZIONE": "1", "INDIRIZZO_PUBBLICO": self.url.rstrip("/"), "PYTHONUNBUFFERED": "1"}
        registro = luoghi.prepara_cartella(self.base / "log") / f"{nome}.log"
        return {"ambiente": variabili, "registro": registro, "cartella": luoghi.RADICE}

    def prepara_dati(self) -> None:
        di("Preparo le tabelle e i dati di esempio")
        comando = [sys.executable, "-m", __package__, "base"]
        figlio = processi.Figlio("preparazione", comando, **self.dove("preparazione"))
        figlio.avvia()
        try:
            self._attendi(lambda: not figlio.vive(), 600)
        finally:
            figlio.ferma()
        if figlio.processo.returncode == DI_UN_ALTRA_VERSIONE:
            raise Errore(RIPARTIRE)
        if figlio.processo.returncode:
            raise Errore(f"La preparazione dei dati non è riuscita:\n{processi.coda(figlio.registro, 40)}")

    def avvia(self) -> None:
        di("Avvio il portale")
        self.figli = [_web(self.porta, **self.dove("web")), _lavoratore(self.base, **self.dove("lavoratore"))]
        for figlio in self.figli:
            figlio.avvia()
        self._annota()
        self._attendi(self._in_salute, 120)

    def _attendi(self, condizione, secondi: float) -> None:
        limite = time.monotonic() + secondi
        while not condizione():
            if self.fine.richiesta():
                raise Fermata
            if time.monotonic() > limite:
                raise Errore(f"Il portale non è pronto dopo {secondi} secondi; i registri sono in {self.base / 'log'}")
            self.sorveglia()
            time.sleep(0.1)

    def _in_salute(self) -> bool:
        """Straight to the loopback: a proxy named in the environment has no business here."""
        apri = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        try:
            with apri(f"http://127.0.0.1:{self.porta}/salute/", timeout=5) as risposta:
                return risposta.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def sorveglia(self) -> None:
        """Starts again what has died, unless it does nothing but die."""
        for figlio in self.figli:
            if not figlio.vive():
                self._conta_caduta(figlio.nome, figlio.registro)
                figlio.riavvia()
                self._annota()
        for servizio in self.servizi:
            if self.figli and not servizio.vive():
                self._conta_caduta(servizio.nome, servizio.registro)
                servizio.accendi()

    def _conta_caduta(self, nome: str, registro: Path) -> None:
        ora = time.monotonic()
        cadute = self._cadute[nome] = [c for c in self._cadute.get(nome, []) if ora - c < 60] + [ora]
        if len(cadute) > CADUTE_SOPPORTATE:
            raise Errore(f"«{nome}» continua a fermarsi. Dal suo registro {registro}:\n{processi.coda(registro)}")
        di(f"«{nome}» si è fermato: lo riavvio.")

    def _annota(self) -> None:
        """For a later demo, that finds what a killed one left."""
        stato = {"url": self.url, "processi": [figlio.pid for figlio in self.figli]}
        (self.base / "dimostrazione.json").write_text(json.dumps(stato))

    def presenta(self) -> None:
        di("", f"Il portale è pronto: {self.url}", "")
        di(*tabella_accessi(leggi_accessi()))
        di("", f"Registri e dati: {self.base}", "Ctrl-C ferma tutto; i dati restano.", "")

    def ferma(self) -> None:
        processi.ferma_tutti(self.figli)


# --- before and after ------------------------------------------------------------------------------------------------


def _annotata(base: Path) -> dict:
    try:
        return json.loads((base / "dimostrazione.json").read_text())
    except (OSError, ValueError):
        return {}


def _raccogli_resti(base: Path) -> None:
    """Processes of a demo that was killed: they end by themselves; whichever does not is made to."""
    resti = [pid for pid in _annotata(base).get("processi", []) if "conciliazione" in processi.comando(pid)]
    limite = time.monotonic() + 8
    while any(map(processi.vivo, resti)) and time.monotonic() < limite:
        time.sleep(0.1)
    for pid in resti:
        processi.segnala_gruppo(pid, 9)


def _da_sola(base: Path) -> Serratura:
    serratura = Serratura(luoghi.prepara_cartella(base) / "dimostrazione.lock")
    if not serratura.esclusiva():
        raise Errore(f"La dimostrazione gira già: {_annotata(base).get('url', 'sta partendo')}")
    return serratura


def _gira(base: Path, fine: Fine) -> int:
    _raccogli_resti(base)
    demo = Dimostrazione(base, scegli_porta(os.environ.get("PORTA")), fine)
    if demo.servizi:
        di(f"Avvio i server locali ({', '.join(s.nome for s in demo.servizi)}) in {base}")
    # Others may be using them: they have ten seconds to finish.
    with ambiente.in_uso(demo.servizi, comunque=True, pazienza=10):
        try:
            demo.prepara_dati()
            demo.avvia()
            demo.presenta()
            demo._attendi(lambda: False, float("inf"))
        finally:
            with contextlib.suppress(BrokenPipeError):
                di("Fermo tutto")
            demo.ferma()
    return 0


def esegui(argomenti: list[str]) -> int:
    fine = Fine().ascolta()
    processi.adotta_orfani()
    base = luoghi.var()
    serratura = _da_sola(base)
    try:
        return _gira(base, fine)
    except Fermata:
        return 0
    finally:
        processi.finisci_orfani()
        (base / "dimostrazione.json").unlink(missing_ok=True)
        serratura.rilascia()
