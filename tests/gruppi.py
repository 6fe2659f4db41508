"""Which tests go together to one process, and in which order: two processes end at the same time, more or less."""

from zlib import crc32

from xdist.scheduler import LoadFileScheduling

PEZZI = {"tests/browser/test_accessibilita.py": 12, "tests/test_permessi.py": 8}
"""The files that are too long for one process, and in how many parts they go; all that is asked of one page is in one part."""

LUNGHI = [
    "tests/browser/test_accessibilita.py",
    "tests/browser/",
    "tests/macchina/test_dimostrazione.py",
    "tests/macchina/",
    "tests/conciliazione/file/test_lavori.py",
    "tests/test_permessi.py",
    "tests/progetti/scheda/test_scheda.py",
    "tests/progetti/edizioni/test_ogni_edizione.py",
    "tests/progetti/edizioni/test_welfare_2022.py",
]
"""What takes longest comes first. The browser before all: it is closed, and what follows is without it."""


def posto(prova: str) -> int:
    return next((n for n, inizio in enumerate(LUNGHI) if prova.startswith(inizio)), len(LUNGHI))


def gruppo(prova: str) -> str:
    """A file; of one that is too long, a part."""
    file, _, nome = prova.partition("::")
    if file in PEZZI and nome.endswith("]"):
        return f"{file} {crc32(nome.partition('[')[2].encode()) % PEZZI[file]}"
    return file


class PerGruppi(LoadFileScheduling):
    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False  # the order is ours

    def _split_scope(self, nodeid: str) -> str:
        return gruppo(nodeid)
