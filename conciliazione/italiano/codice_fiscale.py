"""What a person's codice fiscale says of its owner, set beside what the form says (DM 23/12/1976, n. 13813).

The code holds letters of surname and name, the birth date with the sex, and the place of birth. Registers and people
write these with variants, so nothing here is an error: only what cannot be true becomes a remark.
No codice fiscale of a real person is written in this project: `cf_di_prova` makes them for invented people.
"""

import re
import unicodedata
from collections import defaultdict
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

FORMA = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
_MESI = "ABCDEHLMPRST"
# Who would share the code of another person gets one with letters in place of digits, from the right (omocodia).
_CIFRE_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_POSIZIONI_CIFRE = (6, 7, 9, 10, 12, 13, 14)
_TITOLI = {
    *("dott", "dottor", "dottssa", "dottoressa", "dr", "drssa", "prof", "profssa"),
    *("ing", "avv", "arch", "rag", "geom", "sig", "sigra"),
}
_LETTERE_STRANIERE = re.compile("[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]|[ßæœøđðłþıÆŒØĐÐŁÞ]")
"""Letters that do not come down to one of the twenty-six by taking an accent off: registries write them variously."""
_ULTIMI_NATI = "1945"
_SIMILI = 0.85


class Persona(NamedTuple):
    """What the code says. The year has two digits: the code does not tell 1915 from 2015."""

    cognome: str
    nome: str
    anno: int
    mese: int
    giorno: int
    sesso: str
    luogo: str


def decodifica(codice: str) -> Persona | None:
    """Read the sixteen characters; None when they have not the shape, or hold a day that no month has."""
    if not FORMA.fullmatch(codice):
        return None
    piano = _senza_omocodia(codice)
    giorno, mese, anno = int(piano[9:11]), _MESI.index(piano[8]) + 1, int(piano[6:8])
    sesso, giorno = ("F", giorno - 40) if giorno > 40 else ("M", giorno)
    try:
        date(2000 + anno, mese, giorno)  # leap years fall alike in both centuries, but for 1900 and those under 100
    except ValueError:
        return None
    return Persona(codice[:3], codice[3:6], anno, mese, giorno, sesso, piano[11:15])


def coerenza_codice_fiscale(
    cf: str, *, nominativo: str = "", nato_il: date | None = None, luogo: str = "", provincia: str = "", sesso: str = ""
) -> tuple[str, ...]:
    """Remarks, in Italian, on what the code and the form tell differently of one person; what is blank is not compared.

    Nothing is said of a code that is not valid: `controlla_codice_fiscale` says that.
    """
    persona = decodifica("".join(cf.split()).upper())
    if persona is None:
        return ()
    avvisi = (
        _sulla_nascita(persona, nato_il),
        _sul_sesso(persona, sesso),
        _sul_luogo(persona, luogo, provincia),
        _sul_nominativo(persona, nominativo),
    )
    return tuple(avviso for avviso in avvisi if avviso)


def cf_di_prova(cognome: str, nome: str, nato_il: date, sesso: str, comune: str) -> str:
    """Return a valid codice fiscale for an invented person, for the demo and the tests.

    comune: as ISTAT writes it, «Castro (LE)» where two have that name. Raises ValueError for a comune that is not one.
    """
    from codicefiscale.codicefiscale import encode  # loads 7 MB of comuni

    return encode(lastname=cognome, firstname=nome, gender=sesso, birthdate=nato_il.isoformat(), birthplace=comune)


def _senza_omocodia(codice: str) -> str:
    return "".join(c.translate(_CIFRE_OMOCODIA) if i in _POSIZIONI_CIFRE else c for i, c in enumerate(codice))


def _sulla_nascita(persona: Persona, nato_il: date | None) -> str:
    """A day still to come is nobody's birth: the code then says the same day of the century before."""
    if nato_il is None:
        return ""
    if nato_il <= date.today() and (nato_il.year % 100, nato_il.month, nato_il.day) == persona[2:5]:
        return ""
    detto = f"{persona.giorno:02}/{persona.mese:02}/{_anno_intero(persona, nato_il.year // 100)}"
    return f"il codice fiscale dice nato/a il {detto}, qui è scritto {nato_il:%d/%m/%Y}."


def _anno_intero(persona: Persona, secolo: int) -> int:
    """The code does not tell the centuries apart: the one given or, if that day is still to come, the latest that is not."""
    anno, oggi = secolo * 100 + persona.anno, date.today()
    while (anno, persona.mese, persona.giorno) > (oggi.year, oggi.month, oggi.day):
        anno -= 100
    return anno


def _sul_sesso(persona: Persona, sesso: str) -> str:
    """«F», «donna», «femmina» against «M», «uomo», «maschio»; another word is not compared."""
    scritto = {"f": "F", "d": "F", "m": "M", "u": "M"}.get(sesso.strip()[:1].lower())
    if scritto in (None, persona.sesso):
        return ""
    nomi = {"F": "una donna", "M": "un uomo"}
    return f"il codice fiscale è di {nomi[persona.sesso]}, qui è scritto {nomi[scritto]}."


def _sul_luogo(persona: Persona, luogo: str, provincia: str) -> str:
    """Only of two places that are both known: a hamlet, a foreign town or an unknown code says nothing."""
    scritto = nudo(re.split(r"[,(]", luogo)[0])
    sigla = provincia.strip(" ()").upper()
    luoghi = _luoghi()
    del_codice = luoghi.per_codice.get(persona.luogo)
    if not scritto or not del_codice:
        return ""
    if any(_luoghi_simili(scritto, nome) for nome in del_codice):
        return _su_omonimi(persona, scritto, sigla, luoghi)
    codici = luoghi.per_nome.get(scritto, set())
    if not codici or (persona.luogo.startswith("Z") and not _in_provincia(codici, sigla, luoghi)):
        return ""
    return f"il codice fiscale dice nato/a a {luoghi.nome[persona.luogo]}, qui è scritto {luogo.strip()}."


def _su_omonimi(persona: Persona, scritto: str, sigla: str, luoghi: "Luoghi") -> str:
    """Two comuni with one name (Castro di Bergamo, Castro di Lecce): the province written tells which is meant.

    The province alone proves nothing: comuni have moved from one to another since many were born.
    """
    altri = luoghi.per_nome.get(scritto, set()) - {persona.luogo}
    if sigla in luoghi.province[persona.luogo] or not _in_provincia(altri, sigla, luoghi):
        return ""
    province = "/".join(sorted(luoghi.province[persona.luogo]))
    detto = f"{luoghi.nome[persona.luogo]} ({province})"
    return f"il codice fiscale dice nato/a a {detto}, qui è scritta la provincia {sigla}."


def _sul_nominativo(persona: Persona, nominativo: str) -> str:
    """Only when no way of telling surname from name among the words gives those letters."""
    parole = [parola for parola in nudo(nominativo, unisci=True).split() if parola not in _TITOLI][:8]
    if not parole or _LETTERE_STRANIERE.search(nominativo) or _nominativo_possibile(persona, parole):
        return ""
    return f"le lettere {persona.cognome} {persona.nome} del codice fiscale non vengono da «{nominativo.strip()}»."


def _nominativo_possibile(persona: Persona, parole: list[str]) -> bool:
    """Surname and name may stand in either order, with words of neither around: some run of words must give each."""
    if len(parole) == 1:
        return _cognome_possibile(parole, persona.cognome) or _nome_possibile(parole, persona.nome)
    tratti = [(i, j) for i in range(len(parole)) for j in range(i + 1, len(parole) + 1)]
    cognomi = [(i, j) for i, j in tratti if _cognome_possibile(parole[i:j], persona.cognome)]
    nomi = [(i, j) for i, j in tratti if _nome_possibile(parole[i:j], persona.nome)]
    return any(j <= h or k <= i for i, j in cognomi for h, k in nomi)


def _cognome_possibile(parole: list[str], lettere: str) -> bool:
    consonanti, vocali = _consonanti_e_vocali(parole)
    return _puntata(parole) or (consonanti + vocali + "XXX")[:3] == lettere


def _nome_possibile(parole: list[str], lettere: str) -> bool:
    """The registry may hold more given names than the form («Maria» for «Maria Grazia»): their letters come after."""
    consonanti, vocali = _consonanti_e_vocali(parole)
    if _puntata(parole) or not consonanti:
        return True
    if len(consonanti) > 3:
        return lettere == consonanti[0] + consonanti[2:4]
    if (consonanti + vocali + "XXX")[:3] == lettere:
        return True
    altri_nomi = {1: consonanti, 2: consonanti[:1], 3: consonanti[0] + consonanti[-1]}[len(consonanti)]
    return lettere.startswith(altri_nomi)


def _puntata(parole: list[str]) -> bool:
    """An initial («M.») may stand for any name: the code keeps consonants, and a name may begin with a vowel."""
    return all(len(parola) == 1 for parola in parole)


def _consonanti_e_vocali(parole: list[str]) -> tuple[str, str]:
    lettere = "".join(parole).upper()
    return re.sub("[AEIOU]", "", lettere), re.sub("[^AEIOU]", "", lettere)


class Luoghi(NamedTuple):
    """The comuni of Italy, past ones too, and the foreign countries, by cadastral code and by name as `nudo` leaves it.

    nome: the one to show, the latest. per_codice: all the names a code has had. province: of today and of the past.
    per_nome: without the comuni that went before 1945, whose names live on as the quarters of others.
    """

    nome: dict[str, str]
    per_codice: dict[str, list[str]]
    per_nome: dict[str, set[str]]
    province: dict[str, set[str]]


@cache
def _luoghi() -> Luoghi:
    """Read once, in about a tenth of a second, when the first birthplace is compared."""
    from codicefiscale.data import get_countries_data, get_municipalities_data

    luoghi = Luoghi({}, defaultdict(list), defaultdict(set), defaultdict(set))
    for voce in [*get_municipalities_data(), *get_countries_data()]:
        codice = voce["code"]
        for nome in filter(None, (nudo(voce["name_alt"]), nudo(voce["name"]))):
            luoghi.per_codice[codice].append(nome)
            if not voce["date_deleted"] or voce["date_deleted"] > _ULTIMI_NATI:
                luoghi.per_nome[nome].add(codice)
        luoghi.nome[codice] = voce["name"]
        luoghi.province[codice].add(voce["province"])
    return luoghi


def _in_provincia(codici: set[str], sigla: str, luoghi: Luoghi) -> bool:
    return any(sigla in luoghi.province[codice] for codice in codici)


def _luoghi_simili(scritto: str, nome: str) -> bool:
    """One letter doubled or dropped, a word left out: «castellamare» is «castellammare di stabia»."""
    if scritto == nome:
        return True
    parole = nome.split()
    return all(any(_simili(parola, altra) for altra in parole) for parola in scritto.split() if len(parola) > 2)


def _simili(una: str, altra: str) -> bool:
    return SequenceMatcher(None, una, altra).ratio() >= _SIMILI


def nudo(testo: str, *, unisci: bool = False) -> str:
    """Lower case, no accents, words parted by one space; `unisci` makes one word of «D'Angelo» and «dott.ssa»."""
    piano = unicodedata.normalize("NFKD", testo.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    if unisci:
        piano = re.sub(r"['`-]|\.(?=ssa|ra)", "", piano)
    return " ".join(re.findall("[a-z]+", piano))
