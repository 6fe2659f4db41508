"""The portal served to browsers, on the database of the tests; when it has stopped, it has answered everybody."""

import contextlib
import socket
import threading
import time

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

PAZIENZA = 60


class _Server(ThreadedWSGIServer):
    """Keeps account of who is being answered."""

    def __init__(self, *argomenti, **modi):
        self.in_corso: dict[threading.Thread, socket.socket] = {}
        super().__init__(*argomenti, **modi)

    def process_request_thread(self, request, client_address):
        self.in_corso[threading.current_thread()] = request
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.in_corso.pop(threading.current_thread(), None)


class Servito(LiveServerThread):
    server_class = _Server

    def __init__(self):
        super().__init__("localhost", StaticFilesHandler)
        self.daemon = True
        self.start()
        self.is_ready.wait()
        if self.error:
            raise self.error

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def ferma(self) -> None:
        """Nobody new is let in, who has asked is answered, and who asks nothing is let go: then the data may go too.

        Where the tables were emptied under a browser's last request, PostgreSQL saw a deadlock.
        """
        self.httpd.shutdown()
        limite = time.monotonic() + PAZIENZA
        while in_corso := dict(self.httpd.in_corso):
            for presa in in_corso.values():
                _non_ascolta_piu(presa)
            for filo in in_corso:
                filo.join(0.2)
            assert time.monotonic() < limite, f"Dopo {PAZIENZA} secondi il portale risponde ancora a qualcuno."
        self.httpd.server_close()
        self.join()


def _non_ascolta_piu(presa: socket.socket) -> None:
    """What was being waited for on it, the next request of an open connection, is over."""
    with contextlib.suppress(OSError):  # it is closed already
        presa.shutdown(socket.SHUT_RD)
