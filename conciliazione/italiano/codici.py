"""The codes and addresses of a scheda's register data: read, never mended.

Each `controlla_…` takes the text as it was written and tells how it reads; the caller keeps the text. A blank reads
as nothing, without errors: whether it may stay blank is for the edition to say.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .codice_fiscale import FORMA, cf_di_prova, coerenza_codice_fiscale, decodifica, nudo

__all__ = [
    "Lettura",
    "ateco_scrittura",
    "cf_di_prova",
    "coerenza_codice_fiscale",
    "controlla_ateco",
    "controlla_cap",
    "controlla_codice_fiscale",
    "controlla_iban",
    "controlla_partita_iva",
    "controlla_pec",
    "controlla_posta",
    "controlla_provincia",
    "controlla_telefono",
]

_DATI = Path(__file__).parent / "dati"
_POSTA_COMUNE = (
    *("gmail.com", "googlemail.com", "libero.it", "yahoo.it", "yahoo.com", "hotmail.it", "hotmail.com", "outlook.it"),
    *("outlook.com", "live.it", "live.com", "icloud.com", "msn.com", "virgilio.it", "alice.it", "tin.it", "tim.it"),
    *("tiscali.it", "fastwebnet.it", "email.it", "mail.com", "inwind.it", "iol.it"),
)
_TELEFONO = re.compile(
    r"(?:tel|cell|fax|n)?[. :]*(?P<numero>\(?\+?\(?[0-9][0-9 ./()-]*)(?:(?:int|interno)[. :]*[0-9]+)?", re.IGNORECASE
)
_ATECO = re.compile(
    r"(?P<prima>(?:cod(?:ice)?\.? ?)?(?:ateco ?(?:20[0-9]{2})?)?[ :.-]*(?:[a-v][ .]?)?)"
    r"(?P<codice>[0-9]{2}(?P<segno>[. ,-])[0-9]{2}(?P=segno)[0-9]{1,2}|[0-9]{2}[. ,-][0-9]{1,2}|[0-9]{3,6})"
    r"(?P<dopo>(?! ?[0-9]|[.,-][0-9])(?:[ .,;:(/–—-].*)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lettura:
    """How a text reads.

    valore: the canonical form, or None when it does not read (or is blank).
    errore: for the person who wrote it, what is wrong and what to do; blank when nothing is.
    avvisi: remarks that never block.
    """

    valore: str | None
    errore: str = ""
    avvisi: tuple[str, ...] = ()


def controlla_partita_iva(testo: str) -> Lettura:
    """Eleven digits with their check digit and the office that gave them; «IT» before them is put aside."""
    codice = _compatta(testo).removeprefix("IT")
    if not codice:
        return Lettura(None)
    if FORMA.fullmatch(codice):
        return _errore("È il codice fiscale di una persona: la partita IVA ha 11 cifre.")
    from stdnum.it import iva

    if problema := _problema_undici_cifre(codice):
        return _errore(problema)
    return Lettura(codice) if iva.is_valid(codice) else _errore(_RICONTROLLA)


def controlla_codice_fiscale(testo: str) -> Lettura:
    """Sixteen characters for a person (omocodia too), eleven digits for an ente."""
    codice = _compatta(testo)
    if not codice:
        return Lettura(None)
    if re.fullmatch("[0-9]+", codice):
        return _codice_fiscale_di_ente(codice)
    if len(codice) != 16:
        return _errore(f"Il codice fiscale ha 16 caratteri (11 cifre per gli enti): qui sono {len(codice)}.")
    if decodifica(codice) is None:
        return _errore("Non è un codice fiscale: lettere e cifre non sono al loro posto, o il giorno non esiste.")
    from stdnum.it.codicefiscale import calc_check_digit

    if calc_check_digit(codice[:15]) != codice[15]:
        return _errore("Il carattere di controllo non torna: ricopia il codice fiscale dalla tessera sanitaria.")
    return Lettura(codice)


def controlla_iban(testo: str) -> Lettura:
    """Check an account of Italy or San Marino, with the national check (CIN) too.

    Another country's is accepted with a remark: none may be refused for being abroad (Reg. UE 260/2012, art. 9).
    """
    iban = _compatta(testo).removeprefix("IBAN")
    if not iban:
        return Lettura(None)
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]+", iban):
        return _errore("L'IBAN comincia con la sigla del Paese e due cifre, poi ha solo lettere e cifre: IT17 N 01000…")
    nazionale = iban[:2] in ("IT", "SM")
    if nazionale and len(iban) != 27:
        return _errore(f"L'IBAN italiano ha 27 caratteri: qui sono {len(iban)}.")
    if problema := _problema_iban(iban, nazionale):
        return _errore(problema)
    return Lettura(iban, avvisi=() if nazionale else (f"Il conto non è italiano (Paese {iban[:2]}).",))


def controlla_cap(testo: str) -> Lettura:
    """Five digits; the lowest in use is 00010, the highest 98168."""
    cap = _compatta(testo)
    if not cap:
        return Lettura(None)
    if not re.fullmatch("[0-9]{5}", cap):
        return _errore("Il CAP ha cinque cifre, per esempio 26013.")
    in_uso = "00010" <= cap <= "98168"
    return Lettura(cap, avvisi=() if in_uso else (f"Nessun comune italiano ha il CAP {cap}.",))


def controlla_provincia(testo: str) -> Lettura:
    """Check the sigla, also of a province of the past (a birthplace keeps it), or the name; EE is abroad."""
    if not testo.strip():
        return Lettura(None)
    sigla = _province().get(nudo(testo))
    return Lettura(sigla) if sigla else _errore("Non è una provincia: scrivi la sigla, per esempio CR (estero: EE).")


def controlla_telefono(testo: str) -> Lettura:
    """Whatever can be dialled: «0373/894500 int. 12», «+39 333 1234567»; of several, the first is read."""
    scritto = " ".join(testo.split())
    if not scritto:
        return Lettura(None)
    primo, *altri = re.split(r" +[-/] +|[;,]| (?:e|o|oppure) ", scritto)
    if len(_sole_cifre(primo)) < 5:  # «0373 - 894500» is one number
        primo, altri = scritto, []
    trovato = _TELEFONO.fullmatch(primo.strip())
    numero = re.sub("[^0-9+]", "", trovato["numero"]) if trovato else ""
    if not 5 <= len(_sole_cifre(numero)) <= 15:
        return _errore("Non è un numero di telefono: scrivilo in cifre, per esempio 0373 894500.")
    return Lettura(numero, avvisi=("Ci sono più numeri: si legge il primo.",) if altri else ())


def controlla_posta(testo: str) -> Lettura:
    """Check one e-mail address. A domain one letter away from a common one («libero.lt») is remarked: it may also exist."""
    indirizzo = testo.strip()
    if not indirizzo:
        return Lettura(None)
    try:
        validate_email(indirizzo)
    except ValidationError:
        return _errore("Non è un indirizzo di posta elettronica: scrivine uno solo, per esempio nome@example.org.")
    nome, _, dominio = indirizzo.rpartition("@")
    dominio = dominio.lower()
    return Lettura(f"{nome}@{dominio}", avvisi=tuple(_dominio_simile(dominio)))


def controlla_pec(testo: str) -> Lettura:
    """Check a certified address, which cannot be told by its form: only the providers that surely give none are remarked."""
    lettura = controlla_posta(testo)
    dominio = (lettura.valore or "").rpartition("@")[2]
    if dominio not in _POSTA_COMUNE:
        return lettura
    avviso = f"Gli indirizzi @{dominio} di solito non sono PEC: controlla che sia posta certificata."
    return Lettura(lettura.valore, avvisi=(avviso,))


def controlla_ateco(testo: str) -> Lettura:
    """Check the code of an activity as «88.10.00», however it is written (see `ateco_scrittura`).

    A code that is in no edition of ATECO is remarked, and so are zeros added to digits without dots: «87900» might be
    another code that lost one. Less than three digits name no activity, and are an error.
    """
    pulito = " ".join(testo.split())
    if not pulito:
        return Lettura(None)
    if not (trovato := _ATECO.fullmatch(pulito)):
        return _errore("Non è un codice ATECO: scrivilo come 88.10.00.")
    valore = _sei_cifre(trovato["codice"])
    return Lettura(valore, avvisi=tuple(_avvisi_ateco(trovato["codice"], trovato["dopo"], valore)))


def ateco_scrittura(testo: str) -> str:
    """Return the way a code is written; blank when it does not read.

    «canonica» (88.10.00), «senza punti», «cinque cifre», «abbreviata» (88.10), «con descrizione», «con altri segni».
    """
    if not (trovato := _ATECO.fullmatch(" ".join(testo.split()))):
        return ""
    codice = trovato["codice"]
    if trovato["dopo"].strip(" .-–—"):
        return "con descrizione"
    if trovato["prima"].strip() or re.search("[ ,-]", codice):
        return "con altri segni"
    nomi = {8: "canonica", 6: "senza punti", 5: "abbreviata" if "." in codice else "cinque cifre"}
    return nomi.get(len(codice), "abbreviata")


_RICONTROLLA = "La cifra di controllo non torna: ricontrolla le undici cifre."


def _errore(messaggio: str) -> Lettura:
    return Lettura(None, messaggio)


def _compatta(testo: str) -> str:
    """Capitals, without spaces or the signs that part the digits.

    Letters and digits of other scripts stay as they are, to be refused: «А» is not «A».
    """
    compatto = re.sub(r"[\s\u200b./:-]", "", testo)
    return compatto.upper() if compatto.isascii() else compatto


def _sole_cifre(testo: str) -> str:
    return re.sub("[^0-9]", "", testo)


def _problema_undici_cifre(codice: str) -> str:
    """What is wrong with the eleven digits of a firm or an ente, or blank."""
    from stdnum import luhn

    if not re.fullmatch("[0-9]+", codice):
        return "Sono 11 cifre, senza lettere: forse una O è uno zero, o una I è un uno."
    if len(codice) < 11 and luhn.is_valid(codice):
        return f"Sono 11 cifre e qui {len(codice)}: forse mancano gli zeri all'inizio, {codice.zfill(11)}?"
    if len(codice) != 11:
        return f"Sono 11 cifre: qui {len(codice)}."
    return "" if luhn.is_valid(codice) and int(codice[:7]) else _RICONTROLLA


def _codice_fiscale_di_ente(codice: str) -> Lettura:
    """The same eleven digits as a partita IVA, but the offices that give them are not all in the list of those."""
    from stdnum.it import iva

    if problema := _problema_undici_cifre(codice):
        return _errore(problema)
    noto = iva.is_valid(codice)
    return Lettura(codice, avvisi=() if noto else (f"L'ufficio {codice[7:10]} nel codice fiscale è insolito.",))


def _problema_iban(iban: str, nazionale: bool) -> str:
    """What is wrong with the account, or blank. Of other countries schwifty knows the national check only of some."""
    from schwifty import IBAN
    from schwifty.exceptions import InvalidBBANChecksum, InvalidCountryCode, SchwiftyException

    try:
        IBAN(iban, validate_bban=nazionale)
    except InvalidBBANChecksum:
        return f"Il CIN (la lettera {iban[4]} dopo {iban[:4]}) non torna: ricontrolla lettere e cifre dell'IBAN."
    except InvalidCountryCode:
        return f"Nessun Paese con IBAN ha la sigla {iban[:2]}."
    except SchwiftyException:
        return "L'IBAN non torna: ricontrolla lettere e cifre (la O e lo zero, la I e l'uno)."
    return ""


@cache
def _province() -> dict[str, str]:
    """The sigla, by sigla and by each name of the province."""
    righe = (riga.split(" ", 1) for riga in (_DATI / "province.txt").read_text(encoding="utf-8").splitlines())
    return {nudo(nome): sigla for sigla, nomi in righe for nome in (sigla, *nomi.split("/"))}


def _dominio_simile(dominio: str) -> list[str]:
    """Only long names are compared: among short ones («tim.it», «tin.it») a letter makes another."""
    lunghi = [noto for noto in _POSTA_COMUNE if len(noto) > 8]
    simili = [] if dominio in _POSTA_COMUNE else get_close_matches(dominio, lunghi, 1, 0.88)
    return [f"«{dominio}»: intendevi {simile}?" for simile in simili]


@cache
def _codici_ateco() -> frozenset[str]:
    return frozenset((_DATI / "ateco.txt").read_text(encoding="ascii").split())


def _sei_cifre(codice: str) -> str:
    """«782000» of «78.2»; five digits without dots may also have lost the zero in front, as a spreadsheet does."""
    cifre = _sole_cifre(codice)
    possibili = [cifre.ljust(6, "0")] + ([f"0{cifre}"] if len(codice) == 5 == len(cifre) else [])
    scritti = [f"{c[:2]}.{c[2:4]}.{c[4:]}" for c in possibili]
    return next((scritto for scritto in scritti if scritto in _codici_ateco()), scritti[0])


def _avvisi_ateco(codice: str, dopo: str, valore: str) -> list[str]:
    avvisi = []
    if codice.isdecimal() and len(codice) < 6:
        avvisi.append(f"«{codice}» ha {len(codice)} cifre invece di sei: si legge {valore}.")
    if valore not in _codici_ateco():
        avvisi.append(f"Il codice {valore} non c'è in nessuna edizione di ATECO dal 2007 a oggi.")
    if re.search(r"\b[0-9]{2}\.[0-9]{2}\b|\b[0-9]{6}\b", dopo):
        avvisi.append(f"Ci sono più codici: si legge il primo, {valore}.")
    return avvisi
