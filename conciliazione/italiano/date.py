"""Days and months as people write them in a scheda.

A day is a `date`; a month of a year is the text «2014-10», which sorts as time goes. A blank is `None`.
What cannot be read is refused with a sentence and an example: nothing is guessed, and no year is completed.
"""

import re
from calendar import monthrange
from datetime import date

MESI = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
PRIMO_ANNO, ULTIMO_ANNO = 1900, 2100

_GIORNO_IN_CIFRE = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_GIORNO_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GIORNO_IN_LETTERE = re.compile(r"([0-9]{1,2})[°º]?[ /.-]([a-z]+)\.?[ /.-]([0-9]{4})")
_MESE_IN_CIFRE = re.compile(r"([0-9]{1,2})[./ -]([0-9]{4})")
_MESE_ISO = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})")
_MESE_IN_LETTERE = re.compile(r"([a-z]+)\.?[ /.-]([0-9]{4})")
_SEGNAPOSTO = re.compile(r"(?:mese|mm|m|xx|\.\.+|__+)[/ .-]?(?:[0-9]{0,4}|a+)")


class DataNonLeggibile(ValueError):
    """The text is not a day (or not a month). `str()` is a sentence for the person who wrote it.

    scritto: the text as it was written.
    """

    def __init__(self, scritto: str, perche: str):
        self.scritto = scritto
        super().__init__(f"«{scritto.strip()[:40]}» {perche}")


class MeseNonLeggibile(DataNonLeggibile):
    """The text is not a month of a year."""


def leggi_data(testo: str) -> date | None:
    """Return the day that the text says: «31.12.2015», «14/07/2022», «2022-07-14», «14 luglio 2022». None for a blank.

    Raises DataNonLeggibile: unreadable, a day that no calendar has, a year of two digits or outside 1900-2100.
    """
    pulito = _pulisci(testo)
    if not pulito:
        return None
    if not (parti := _giorno_mese_anno(pulito)):
        raise DataNonLeggibile(testo, "non è una data: scrivila come 31/12/2015, con l'anno di quattro cifre.")
    giorno, mese, anno = parti
    if not _nel_tempo(mese, anno):
        raise DataNonLeggibile(testo, f"non è una data: {_fuori(mese)}. Scrivila come 31/12/2015.")
    ultimo = monthrange(anno, mese)[1]
    if not 1 <= giorno <= ultimo:
        raise DataNonLeggibile(testo, f"non è nel calendario: {MESI[mese - 1]} {anno} ha {ultimo} giorni.")
    return date(anno, mese, giorno)


def leggi_data_di_nascita(testo: str, oggi: date | None = None) -> date | None:
    """Return the birth date that the text says: a day as `leggi_data` reads it, and not one that is still to come.

    Raises DataNonLeggibile, as `leggi_data` does.
    """
    giorno = leggi_data(testo)
    if problema := problema_di_nascita(giorno, oggi):
        raise DataNonLeggibile(testo, f"non può essere: {problema}.")
    return giorno


def problema_di_nascita(giorno: date | None, oggi: date | None = None) -> str:
    """Return why nobody alive was born on that day; blank when somebody may have been, and for a blank."""
    if giorno is None:
        return ""
    if giorno > (oggi or date.today()):
        return "la data di nascita è nel futuro"
    return f"la data di nascita è prima del {PRIMO_ANNO}" if giorno.year < PRIMO_ANNO else ""


def leggi_mese(testo: str) -> str | None:
    """Return the month that the text says, as «2014-10»: «10/2014», «ottobre 2014», «ott. 2014», «2014-10». None for a blank.

    Raises MeseNonLeggibile, also for what the form was printed with: «mese/2014» left as it was is no month.
    """
    pulito = _pulisci(testo)
    if not pulito:
        return None
    if _SEGNAPOSTO.fullmatch(pulito):
        raise MeseNonLeggibile(testo, "è il segnaposto del modulo: scrivi il mese, per esempio 10/2014.")
    if not (parti := _mese_anno(pulito)):
        raise MeseNonLeggibile(testo, f"non è un mese: {_come_scriverlo(pulito)}.")
    mese, anno = parti
    if not _nel_tempo(mese, anno):
        raise MeseNonLeggibile(testo, f"non è un mese: {_fuori(mese)}. Scrivilo come 10/2014.")
    return f"{anno}-{mese:02}"


def scrivi_data(giorno: date | None) -> str:
    """Return «31/12/2015»; a blank stays blank."""
    return "" if giorno is None else f"{giorno.day:02}/{giorno.month:02}/{giorno.year:04}"


def scrivi_mese(mese: str | None) -> str:
    """Return «2014-10» → «ottobre 2014»; a blank stays blank. Raises ValueError when it is not a month as we keep them."""
    if not mese:
        return ""
    anno, numero = _anno_mese(mese)
    return f"{MESI[numero - 1]} {anno}"


def mesi_tra(primo: str, ultimo: str) -> int:
    """Return how many months from the first to the last, both counted: «2014-10»-«2015-12» are 15; zero when swapped."""
    (anno, mese), (anno_ultimo, mese_ultimo) = _anno_mese(primo), _anno_mese(ultimo)
    return max(0, (anno_ultimo - anno) * 12 + mese_ultimo - mese + 1)


def _anno_mese(mese: str) -> tuple[int, int]:
    trovato = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", mese)
    if not trovato:
        raise ValueError(f"«{mese}» non è un mese nella forma 2014-10")
    return int(trovato[1]), int(trovato[2])


def _pulisci(testo: str) -> str:
    """One kind of space, none around the signs: «14 / 07 / 2022» is a date too."""
    return re.sub(r" ?([./-]) ?", r"\1", " ".join(testo.lower().split()))


def _numero_del_mese(nome: str) -> int:
    """1-12 for a month's name or its first letters, three at least («ott», «sett»); 0 for anything else."""
    trovati = [numero for numero, mese in enumerate(MESI, 1) if len(nome) >= 3 and mese.startswith(nome)]
    return trovati[0] if trovati else 0


def _giorno_mese_anno(pulito: str) -> tuple[int, int, int] | None:
    if trovato := _GIORNO_IN_CIFRE.fullmatch(pulito):
        return int(trovato[1]), int(trovato[3]), int(trovato[4])
    if trovato := _GIORNO_ISO.fullmatch(pulito):
        return int(trovato[3]), int(trovato[2]), int(trovato[1])
    if (trovato := _GIORNO_IN_LETTERE.fullmatch(pulito)) and (mese := _numero_del_mese(trovato[2])):
        return int(trovato[1]), mese, int(trovato[3])
    return None


def _mese_anno(pulito: str) -> tuple[int, int] | None:
    if trovato := _MESE_IN_CIFRE.fullmatch(pulito):
        return int(trovato[1]), int(trovato[2])
    if trovato := _MESE_ISO.fullmatch(pulito):
        return int(trovato[2]), int(trovato[1])
    if (trovato := _MESE_IN_LETTERE.fullmatch(pulito)) and (mese := _numero_del_mese(trovato[1])):
        return mese, int(trovato[2])
    return None


def _nel_tempo(mese: int, anno: int) -> bool:
    return 1 <= mese <= 12 and PRIMO_ANNO <= anno <= ULTIMO_ANNO


def _fuori(mese: int) -> str:
    if not 1 <= mese <= 12:
        return "i mesi vanno da 1 a 12"
    return f"l'anno va dal {PRIMO_ANNO} al {ULTIMO_ANNO}"


def _come_scriverlo(pulito: str) -> str:
    """A whole day where a month is asked gets its month as the proposal; the rest gets an example."""
    parti = _giorno_mese_anno(pulito)
    if parti and _nel_tempo(*parti[1:]):
        return f"togli il giorno e scrivi {parti[1]:02}/{parti[2]}"
    return "scrivilo come 10/2014 o ottobre 2014, con l'anno di quattro cifre"
