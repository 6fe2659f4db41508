"""The keys of personal links, kept out of the log. Nothing of Django is imported: the log is set up before it."""

import logging
import re

CHIAVI = re.compile(r"(/invito/|/adesione/|/calendario/|/password/reset/key/)[^/\s?]+")


class SenzaChiavi(logging.Filter):
    """Of the log: takes out of the addresses that Django writes of (a page refused, a token that has expired) the keys of
    personal links, which are good for whoever reads them."""

    def filter(self, record: logging.LogRecord) -> bool:
        detto = record.getMessage()
        if CHIAVI.search(detto):
            record.msg, record.args = CHIAVI.sub(r"\1…", detto), ()
        return True
