"""Names and words as people write them: capitals, accents, apostrophes, dots and spaces do not make another word."""

import re
import unicodedata

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F
from django.db.models.functions import Collate, Lower

PAROLA = re.compile(r"[^\W_]+")


def piano(testo: str) -> str:
    """Without capitals and accents: «Àlea» is «alea». Also what sorts a list that is not asked of the database."""
    return "".join(c for c in unicodedata.normalize("NFKD", testo) if not unicodedata.combining(c)).casefold()


def parole(testo: str) -> list[str]:
    """Return the words of a text: «Soc. Coop. dell’Età» is soc, coop, dell, eta."""
    return PAROLA.findall(piano(testo))


def stesso_nome(nome: str, scritto: str) -> bool:
    """Whether what is written says all of the name: «Rossi dott. Mario» is Mario Rossi, whatever the order and the titles."""
    dette = parole(nome)
    return bool(dette) and set(dette) <= set(parole(scritto))


def in_cifre(numero: int) -> str:
    """Return «1.200»."""
    return f"{numero:,}".replace(",", ".")


def quanti(numero: int, uno: str, molti: str) -> str:
    """Return «1 mese», «12 mesi», «1.200 mesi»."""
    return f"{in_cifre(numero)} {uno if numero == 1 else molti}"


def per_nome(campo: str):
    """Return an expression for `order_by`: «Àlea» stands beside «alea», whatever the collation of the database."""
    return Collate(Lower(Unaccent(F(campo))), "C")
