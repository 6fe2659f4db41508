"""Which tests go together to one process, and in which order: two processes end at the same time, more or less."""

from zlib import crc32

from xdist.scheduler import LoadFileScheduling

PEZZI = 12
"""The pages that the browser looks at are shared out in so many parts; all that is asked of one page is in one part."""

LUNGHI = [
    "tests/browser/test_accessibilita.py",
    "tests/browser/",
    "tests/macchina/test_dimostrazione.py",
    "tests/macchina/",
    "tests/test_lavori.py",
]
"""What takes longest comes first. The browser before all: it is closed, and what follows is without it."""


def posto(prova: str) -> int:
    return next((n for n, inizio in enumerate(LUNGHI) if prova.startswith(inizio)), len(LUNGHI))


def gruppo(prova: str) -> str:
    """A file; of one that is too long, a part."""
    file, _, nome = prova.partition("::")
    if file == "tests/browser/test_accessibilita.py" and nome.endswith("]"):
        return f"{file} {crc32(nome.partition('[')[2].encode()) % PEZZI}"
    return file


class PerGruppi(LoadFileScheduling):
    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False  # the order is ours

    def _split_scope(self, nodeid: str) -> str:
        return gruppo(nodeid)
