"""What the log must not hold: the keys of personal links, which are good for whoever reads them."""

import logging
import re

CHIAVI = re.compile(r"(/invito/|/password/reset/key/)[^/\s?]+")


class SenzaChiavi(logging.Filter):
    """Takes the keys out of the addresses that Django writes of (a page refused, a token that has expired)."""

    def filter(self, record: logging.LogRecord) -> bool:
        detto = record.getMessage()
        if CHIAVI.search(detto):
            record.msg, record.args = CHIAVI.sub(r"\1…", detto), ()
        return True
