"""The portal served to browsers, on the database of the tests; when it has stopped, it has answered everybody."""

import contextlib
import socket
import threading
import time

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

PAZIENZA = 60


class _Server(ThreadedWSGIServer):
    """Keeps account of who is being answered."""

    def __init__(self, *argomenti, **modi):
        self.prese: set[socket.socket] = set()
        self.occupati: set[threading.Thread] = set()
        super().__init__(*argomenti, **modi)

    def process_request(self, request, client_address):
        self.prese.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.prese.discard(request)


class _Risponde(QuietWSGIRequestHandler):
    """Tells the server while a request is being answered; a connection that only stays open is not one."""

    def parse_request(self):
        self.server.occupati.add(threading.current_thread())
        return super().parse_request()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        finally:
            self.server.occupati.discard(threading.current_thread())


class Servito(LiveServerThread):
    server_class = _Server

    def __init__(self):
        super().__init__("localhost", StaticFilesHandler)
        self.daemon = True
        self.start()
        self.is_ready.wait()
        if self.error:
            raise self.error

    def _create_server(self, connections_override=None):
        modi = {"allow_reuse_address": False, "connections_override": connections_override}
        return self.server_class((self.host, self.port), _Risponde, **modi)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def finisci(self) -> None:
        """Everything that was asked is answered."""
        limite = time.monotonic() + PAZIENZA
        while self.httpd.occupati:
            assert time.monotonic() < limite, f"Dopo {PAZIENZA} secondi il portale risponde ancora a qualcuno."
            time.sleep(0.02)

    def ferma(self) -> None:
        """Nobody new is let in, who has asked is answered, and who asks nothing is let go: then the data may go too.

        Where the tables were emptied under a browser's last request, PostgreSQL saw a deadlock.
        """
        self.httpd.shutdown()
        limite = time.monotonic() + PAZIENZA
        while prese := list(self.httpd.prese):
            for presa in prese:
                _non_ascolta_piu(presa)
            assert time.monotonic() < limite, f"Dopo {PAZIENZA} secondi il portale risponde ancora a qualcuno."
            time.sleep(0.02)
        self.httpd.server_close()
        self.join()


def _non_ascolta_piu(presa: socket.socket) -> None:
    """What was being waited for on it, the next request of an open connection, is over."""
    with contextlib.suppress(OSError):  # it is closed already
        presa.shutdown(socket.SHUT_RD)
