"""`make demo` from start to end, in a folder of its own: what is killed, what comes back, what is left (nothing)."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from conciliazione.server_locali import dimostrazione, luoghi, processi, servizi

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="legge /proc")


class Demo:
    """A demo under make, as people start it."""

    def __init__(self, cartella: Path):
        self.var, self.uscita = cartella / "var", cartella / "uscita"
        self.makefile = cartella / "Makefile"
        self.makefile.write_text(f"demo:\n\t@{sys.executable} -m conciliazione.server_locali demo\n")
        self.porta = next(p for p in range(18000, 19000) if dimostrazione.libera(p))
        senza = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "MAKEFLAGS", "MAKELEVEL"}
        self.ambiente = {k: v for k, v in os.environ.items() if k not in senza}
        self.ambiente |= {"CONCILIAZIONE_VAR": str(self.var), "PORTA": str(self.porta)}

    def avvia(self) -> None:
        with self.uscita.open("w") as uscita:
            comando = ["make", "-f", str(self.makefile), "demo"]
            modi = {"cwd": luoghi.RADICE, "env": self.ambiente, "stdout": uscita, "stderr": uscita}
            self.make = subprocess.Popen(comando, start_new_session=True, **modi)
        self.attendi(lambda: "è pronto" in self.testo() or self.make.poll() is not None, 900)
        assert "è pronto" in self.testo(), self.testo()

    def attendi(self, condizione, secondi: float = 180) -> None:
        assert servizi.Servizio._aspetta(condizione, secondi), self.testo()

    def testo(self) -> str:
        return self.uscita.read_text() if self.uscita.exists() else ""

    def salute(self) -> int:
        apri = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        try:
            return apri(f"http://127.0.0.1:{self.porta}/salute/", timeout=5).status
        except urllib.error.HTTPError as errore:
            with errore:
                return errore.code
        except OSError:
            return 0

    def processi(self) -> list[int]:
        """All that run on this folder, whoever their parent is."""
        numeri = [int(p.name) for p in Path("/proc").glob("[0-9]*")]
        return [n for n in numeri if n != os.getpid() and processi.vivo(n) and self._suo(n)]

    def _suo(self, pid: int) -> bool:
        try:
            ambiente = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            ambiente = b""
        # Valkey writes its title over its environment, and what is left in it is the socket: elsewhere, if the folder is deep.
        cartelle = {str(self.var), str(luoghi.cartella_socket(self.var))}
        detto = any(cartella in processi.comando(pid) for cartella in cartelle)
        return detto or f"CONCILIAZIONE_VAR={self.var}".encode() in ambiente

    def trova(self, parole: str) -> int:
        return min(pid for pid in self.processi() if parole in processi.comando(pid))

    def manage(self, *argomenti: str) -> subprocess.CompletedProcess:
        comando = [sys.executable, "manage.py", *argomenti]
        return subprocess.run(comando, cwd=luoghi.RADICE, env=self.ambiente, capture_output=True, text=True)


@pytest.fixture(scope="module")
def dati(tmp_path_factory) -> Path:
    """The database that the first demo of the module made from nothing: the next starts from it, as people's does."""
    return tmp_path_factory.mktemp("dati") / "postgres"


@pytest.fixture
def demo(tmp_path, dati):
    demo = Demo(tmp_path)
    if dati.exists():
        demo.var.mkdir(mode=0o711)
        subprocess.run(["cp", "-a", str(dati), str(demo.var)], check=True)
    yield demo
    # Only of one that was loaded and has been turned off.
    if not dati.exists() and "è pronto" in demo.testo() and demo.processi() == []:
        subprocess.run(["cp", "-a", str(demo.var / "postgres"), str(dati)], check=True)
    for pid in demo.processi():
        processi.segnala(pid, signal.SIGKILL)
    demo.make.wait()


def test_vive_risorge_e_non_lascia_niente(demo):
    demo.avvia()
    assert demo.salute() == 200
    assert f"http://localhost:{demo.porta}/" in demo.testo()

    programmi = {
        "lavoratore": "celery -A conciliazione worker",
        "valkey": "valkey-server",
        "postgres": "bin/postgres",
        "web": "gunicorn conciliazione",
    }
    for nome, parole in programmi.items():
        os.kill(demo.trova(parole), signal.SIGKILL)
        demo.attendi(lambda nome=nome: f"«{nome}» si è fermato: lo riavvio" in demo.testo())
        demo.attendi(lambda: demo.salute() == 200)

    seconda = subprocess.run(
        [sys.executable, "-m", "conciliazione.server_locali", "demo"],
        cwd=luoghi.RADICE, env=demo.ambiente, capture_output=True, text=True,
    )  # fmt: skip
    assert seconda.returncode == 1
    assert "gira già" in seconda.stderr
    assert demo.manage("showmigrations", "conciliazione").returncode == 0
    assert demo.salute() == 200

    # To make alone: the launcher is not told, and finds out.
    demo.make.send_signal(signal.SIGINT)
    demo.make.wait(180)
    assert demo.processi() == []


def test_ucciso_non_lascia_niente_e_riparte_con_i_suoi_dati(demo):
    demo.avvia()
    racconta = "from django.contrib.auth import get_user_model as u; print('utenti', u().objects.count())"
    prima = demo.manage("shell", "-v0", "-c", racconta).stdout
    os.kill(demo.trova("conciliazione.server_locali demo"), signal.SIGKILL)
    demo.make.wait(180)
    demo.avvia()
    assert demo.manage("shell", "-v0", "-c", racconta).stdout == prima
    os.kill(demo.trova("conciliazione.server_locali demo"), signal.SIGKILL)
    demo.make.wait(180)
    demo.attendi(lambda: demo.processi() == [])

    # Nobody runs: a command brings up the database and takes it down again.
    assert demo.manage("shell", "-v0", "-c", racconta).stdout == prima
    assert demo.processi() == []


def test_i_dati_di_un_altra_versione_si_riconoscono(demo):
    """The migrations of the first versions are here no more: nobody is told in Python."""
    demo.make = subprocess.Popen(["true"])
    testo = "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection as c; "
    testo += "r = R(c); r.ensure_schema(); r.record_applied('alleanze', '0003_molte_mani')"
    assert demo.manage("shell", "-v0", "-c", testo).returncode == 0
    esito = subprocess.run(
        [sys.executable, "-m", "conciliazione.server_locali", "demo"],
        cwd=luoghi.RADICE, env=demo.ambiente, capture_output=True, text=True,
    )  # fmt: skip
    assert esito.returncode == 1
    assert "creati da un'altra versione del portale" in esito.stderr
    assert "make clean" in esito.stderr
    assert "Traceback" not in esito.stderr
    assert demo.processi() == []


def test_due_comandi_insieme_a_portale_fermo(demo):
    demo.make = subprocess.Popen(["true"])
    chiede = "from django.db import connection as c; c.cursor().execute('SELECT 1'); print('ok')"
    lento = [sys.executable, "manage.py", "shell", "-v0", "-c", f"import time; time.sleep(3); {chiede}"]
    modi = {"cwd": luoghi.RADICE, "env": demo.ambiente, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(lento, **modi) as primo:
        time.sleep(1)
        assert demo.manage("shell", "-v0", "-c", chiede).stdout.endswith("ok\n")
        assert primo.communicate()[0].endswith("ok\n")
    assert demo.processi() == []


@pytest.mark.django_db
def test_dati_di_quale_versione():
    registro = MigrationRecorder(connection)
    assert not dimostrazione.di_un_altra_versione(connection)
    registro.record_applied("progetti", "0002_altre_edizioni")
    assert dimostrazione.di_un_altra_versione(connection)
    registro.record_unapplied("progetti", "0002_altre_edizioni")
    registro.record_unapplied("progetti", "0001_initial")
    assert not dimostrazione.di_un_altra_versione(connection)  # to be migrated yet
    with connection.cursor() as cursore:
        cursore.execute("DROP TABLE voucher_aiutodeminimis")
    assert dimostrazione.di_un_altra_versione(connection)  # a file of that name made less


def test_porta_occupata_in_italiano(tmp_path):
    demo = Demo(tmp_path)
    with dimostrazione.socket.socket() as presa:
        presa.setsockopt(dimostrazione.socket.SOL_SOCKET, dimostrazione.socket.SO_REUSEADDR, 1)
        presa.bind(("127.0.0.1", demo.porta))
        presa.listen()
        esito = subprocess.run(
            [sys.executable, "-m", "conciliazione.server_locali", "demo"],
            cwd=luoghi.RADICE, env=demo.ambiente, capture_output=True, text=True,
        )  # fmt: skip
    assert esito.returncode == 1
    assert f"La porta {demo.porta} è occupata" in esito.stderr
    assert demo.processi() == []
