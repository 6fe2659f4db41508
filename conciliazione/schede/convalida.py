"""What is wrong with an edition, told when it is loaded: all of it at once, one sentence for each mistake.

A module that is mistyped would otherwise be found late (by who fills in that block) or never (a block that nobody writes).
Cheap and without a database: what the portal keeps, and in how many characters, is told by who loads the edition.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, cast

from . import campi
from .campo import Campo
from .edizione import (
    CAPOFILA,
    COFINANZIAMENTI,
    COSTI,
    PARTNER,
    Blocco,
    Colonna,
    Cronoprogramma,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Scheda,
    Sezione,
    Tabella,
)
from .prospetto import GENERI_VOCE, VOCI, Prospetto, Voce
from .tipi import Gravita

SOGGETTI = "partecipazioni"
RISERVATI = ("id",)
"""Keys that every row has already."""
Detto = tuple[str, str]
"""Where in the edition, and what is wrong there."""


@dataclass(frozen=True)
class Deposito:
    """A column in which a value of a scheda is kept."""

    campo: type[Campo] | None = None
    """The field that it takes; None: any that says a text."""
    caratteri: int = 0
    """How many it holds at most; 0: any number."""
    scelte: tuple[str, ...] = ()
    """The only values that it may have."""
    verso: str = ""
    """The table whose rows it points to."""
    massimo: int | None = None
    """The largest number that it holds; None: it holds no whole numbers."""


@dataclass(frozen=True)
class Archivio:
    """What the portal keeps of a scheda, that an edition has to fit in. The engine has no models: who loads it tells."""

    tabelle: dict[str, dict[str, Deposito]]
    """The columns of each shared table; those of the project are of the table ""."""
    denaro: dict[str, tuple[str, ...]]
    """The columns of the rows of money, by what a Colonna writes."""
    parametri: tuple[str, ...]
    """What an avviso says."""
    significati: tuple[str, ...]
    """What a text may ask, by the names that editions share."""
    modelli: tuple[Path, ...]
    """The folders where templates are looked for."""
    lunghezze: dict[str, int]
    """How long may be the names that are kept: of an edizione, a blocco, a campo, a prospetto, a voce."""
    pagina: Callable[[str], bool] | None = None
    """Whether a page of the portal about one project has that name; None while addresses cannot be asked yet."""

    @property
    def fonti(self) -> list[str]:
        return [fonte for fonte in self.tabelle if fonte]


def errori(edizione: Edizione, archivio: Archivio) -> list[str]:
    """The mistakes of an edition, one sentence each."""
    if not isinstance(edizione, Edizione):
        return [f"Ci vuole una Edizione, e c'è {_detto(edizione)}."]
    blocchi = _blocchi(edizione)
    trovati = [*_dell_edizione(edizione, archivio), *_delle_sezioni(edizione)]
    chiavi = [b for b in blocchi if isinstance(b.chiave, str)]
    trovati += _volte("blocco", (b.chiave for b in chiavi)) or _volte("identificativo di blocco", (b.id for b in chiavi))
    trovati += [(_in("blocco", b.chiave) + dove, frase) for b in blocchi for dove, frase in _del_blocco(b, blocchi, archivio)]
    return [f"Edizione «{edizione.codice}»{dove}: {frase}." for dove, frase in trovati]


# What is not of the right kind is told once and then left alone: the rest is looked at all the same.


def _buoni(valori: Any, tipo: Any) -> list[Any]:
    return [v for v in valori if isinstance(v, tipo)] if isinstance(valori, tuple | list) else []


def _fatta_di(nome: str, valori: Any, tipo: Any, cosa: str) -> Iterator[Detto]:
    if not isinstance(valori, tuple | list):
        yield "", f"«{nome}» è {_detto(valori)}, e ci vuole una tupla di {cosa}: se ne ha una sola, va chiusa con una virgola"
    else:
        for valore in valori:
            if not isinstance(valore, tipo):
                yield "", f"in «{nome}» c'è {_detto(valore)}, e ci vuole {cosa}"


def _detto(valore: object) -> str:
    if isinstance(valore, str | int | None):
        return f"«{valore}»"
    return f"la classe {valore.__name__}" if isinstance(valore, type) else f"un oggetto {type(valore).__name__}"


def _in(cosa: str, nome: str) -> str:
    return f", {cosa} «{nome}»"


def _volte(cosa: str, nomi: Iterable[str]) -> list[Detto]:
    return [
        (_in(cosa, nome), f"c'è {n} volte, e ogni nome si usa una volta sola") for nome, n in Counter(nomi).items() if n > 1
    ]


def _quali(nomi: Iterable[str]) -> str:
    return ", ".join(f"«{nome}»" for nome in nomi)


def _lungo(cosa: str, nome: str, massimo: int) -> Iterator[Detto]:
    if not isinstance(nome, str) or not nome:
        yield "", f"manca {cosa}"
    elif len(nome) > massimo:
        yield "", f"{cosa} «{nome}» è di {len(nome)} caratteri, e se ne conservano {massimo}"


def _blocchi(edizione: Edizione) -> list[Blocco]:
    return [b for s in _buoni(edizione.sezioni, Sezione) for b in _buoni(s.blocchi, Blocco)]


def _campi(blocco: Blocco) -> dict[str, Any]:
    return blocco.modulo.base_fields if _e_scheda(blocco.modulo) else {}


def _e_scheda(modulo: object) -> TypeGuard[type[Scheda]]:
    return isinstance(modulo, type) and issubclass(modulo, Scheda)


def _scrive(blocco: Blocco, fonte: str) -> bool:
    return any(c.scrive == fonte for c in _buoni(blocco.colonne, Colonna))


# The edition and its sections.


def _dell_edizione(edizione: Edizione, archivio: Archivio) -> Iterator[Detto]:
    yield from _lungo("il codice", edizione.codice, archivio.lunghezze["edizione"])
    if not edizione.titolo:
        yield "", "manca il titolo"
    yield from _fatta_di("regole", edizione.regole, Callable, "una funzione di edizione e contenuto")
    yield from _del_catalogo(edizione, archivio)
    yield from _che_comanda(edizione)
    yield from _altrove(edizione, archivio)
    if sum(isinstance(b, Cronoprogramma) for b in _blocchi(edizione)) > 1:
        yield "", "ha più di un Cronoprogramma, e i mesi di un'azione si scrivono una volta sola"


def _del_catalogo(edizione: Edizione, archivio: Archivio) -> Iterator[Detto]:
    coppie = [v for v in _buoni(edizione.catalogo, tuple | list) if len(v) == 2 and all(isinstance(p, str) for p in v)]
    if not isinstance(edizione.catalogo, tuple | list) or len(coppie) < len(edizione.catalogo):
        yield "", "il catalogo è fatto di coppie, codice e titolo di ogni azione"
    for codice, _ in coppie:
        for _, frase in _lungo("il codice", codice, archivio.tabelle["azioni"]["codice"].caratteri):
            yield ", catalogo", frase
    yield from _volte("azione del catalogo", (codice for codice, _ in coppie))


def _che_comanda(edizione: Edizione) -> Iterator[Detto]:
    """The leading breakdown must be one that is filled in; a form that asks no cost has none."""
    nomi = {b.nome for b in _blocchi(edizione) if isinstance(b, Prospetto) and b.nome and _scrive(b, COSTI)}
    senza_costi = not nomi and edizione.prospetto == Edizione.prospetto
    if edizione.prospetto not in nomi and not senza_costi:
        detto = f"comanda il prospetto «{edizione.prospetto}», e nessun blocco che scrive costi ha quel nome"
        yield "", f"{detto}: ci sono {_quali(sorted(nomi))}" if nomi else detto


def _altrove(edizione: Edizione, archivio: Archivio) -> Iterator[Detto]:
    """What is taken from it elsewhere: texts that a copy carries over, the scheda sintetica, the drawings of Word."""
    from .esporta_docx import DISEGNI

    posti = {(b.chiave, campo) for b in _blocchi(edizione) for campo in _campi(b)}
    for nome, posto in edizione.significati.items():
        if nome not in archivio.significati:
            yield "", f"fra i significati c'è «{nome}», e ci vuole uno di questi: {_quali(archivio.significati)}"
        if posto not in posti:
            detto = f"il significato «{nome}» è detto di {_quali(posto)}"
            yield "", f"{detto}, e ci vuole la chiave di un blocco e il nome di un suo campo"
    for nome in ("descrizione", "obiettivi", "target"):
        valori = getattr(edizione.sintesi, nome)
        yield from _fatta_di(f"sintesi, {nome}", valori, str, "testi «blocco.campo»")
        for detto in _buoni(valori, str):
            chiave, _, campo = detto.rpartition(".")
            if (chiave, campo) not in posti:
                yield "", f"la scheda sintetica prende «{detto}», e ci vuole «blocco.campo» di un campo che c'è"
    for blocco in _blocchi(edizione):
        if blocco.in_word and blocco.in_word not in {*DISEGNI, *edizione.disegni}:
            disegni = _quali([*DISEGNI, *edizione.disegni])
            yield _in("blocco", blocco.chiave), f"in_word=«{blocco.in_word}», e ci vuole uno di questi disegni: {disegni}"


def _delle_sezioni(edizione: Edizione) -> Iterator[Detto]:
    yield from _fatta_di("sezioni", edizione.sezioni, Sezione, "Sezione")
    sezioni = _buoni(edizione.sezioni, Sezione)
    if edizione.sezioni in ((), []):
        yield "", "non ha sezioni"
    yield from _volte("sezione", (s.chiave for s in sezioni))
    for sezione in sezioni:
        dove = _in("sezione", sezione.chiave)
        if not sezione.chiave or "/" in str(sezione.chiave):
            yield dove, "la chiave va nell'indirizzo della pagina: ci vuole, e senza barre"
        for _, frase in _fatta_di("blocchi", sezione.blocchi, Blocco, "blocchi"):
            yield dove, frase


# A block.


def _del_blocco(blocco: Blocco, blocchi: list[Blocco], archivio: Archivio) -> Iterator[Detto]:
    yield from _lungo("la chiave", blocco.chiave, archivio.lunghezze["blocco"])
    if "/" in str(blocco.chiave):
        yield "", "la chiave va nell'indirizzo della pagina: non può avere barre"
    if blocco.aspetto and not any((cartella / blocco.aspetto).is_file() for cartella in archivio.modelli):
        yield "", f"aspetto=«{blocco.aspetto}» non è il nome di un template che c'è"
    if blocco.manca is not None and not isinstance(blocco.manca, Gravita):
        yield "", f"manca={_detto(blocco.manca)}, e ci vuole una Gravita, o None"
    for nome in ("filtro", "etichetta"):
        if not callable(getattr(blocco, nome, _detto)):
            yield "", f"«{nome}» è {_detto(getattr(blocco, nome))}, e ci vuole una funzione della riga"
    yield from _chi_scrive(blocco, archivio)
    yield from _della_fonte(blocco, archivio)
    yield from _appeso(blocco, blocchi, archivio)
    yield from _delle_colonne(blocco, archivio)
    yield from _del_modulo(blocco, archivio)


def _chi_scrive(blocco: Blocco, archivio: Archivio) -> Iterator[Detto]:
    if blocco.scrive not in (CAPOFILA, PARTNER):
        yield "", f"scrive={_detto(blocco.scrive)}, e ci vuole CAPOFILA o PARTNER"
    elif blocco.scrive == PARTNER and not blocco.proprietario and blocco.fonte in {"", VOCI, *archivio.fonti} - {SOGGETTI}:
        yield "", f"lo scrive ogni partner, e le righe non dicono di chi sono: ci vuole fonte=«{SOGGETTI}», o proprietario="


def _della_fonte(blocco: Blocco, archivio: Archivio) -> Iterator[Detto]:
    if isinstance(blocco, Domande):
        ammesse = [""]
    elif isinstance(blocco, Cronoprogramma):
        ammesse = ["azioni"]
    elif isinstance(blocco, Prospetto):
        ammesse = ["", "azioni", SOGGETTI, VOCI]
    else:
        ammesse = archivio.fonti
    if blocco.fonte not in ammesse:
        detto = f"può avere {_quali(filter(None, ammesse))}" if any(ammesse) else "non ne ha"
        yield "", f"fonte=«{blocco.fonte}», e un blocco {type(blocco).__name__} {detto}"
    elif isinstance(blocco, Elenco):
        yield from _colonna_di("campo", blocco.campo, blocco.fonte, archivio)
        if blocco.gestione and archivio.pagina and not archivio.pagina(blocco.gestione):
            yield _in("campo", "gestione"), f"«{blocco.gestione}» non è il nome di una pagina che ogni progetto ha"
    if isinstance(blocco, Tabella) and blocco.fonte == SOGGETTI:
        yield "", "i soggetti si aggiungono nella loro pagina, non in una Tabella: qui va un PerRiga o un Elenco"


def _colonna_di(nome: str, colonna: str, fonte: str, archivio: Archivio) -> Iterator[Detto]:
    if colonna not in archivio.tabelle[fonte]:
        yield "", f"{nome}=«{colonna}» non è una colonna di «{fonte}», che ha {_quali(archivio.tabelle[fonte])}"


def _appeso(blocco: Blocco, blocchi: list[Blocco], archivio: Archivio) -> Iterator[Detto]:
    """A table in the rows of another block, and the field that says whose a row is."""
    if blocco.fonte not in archivio.fonti:
        return
    madre = next((b for b in blocchi if b.chiave == blocco.dentro), None) if blocco.dentro else None
    if isinstance(madre, PerRiga):
        yield from _punta("padre", blocco, madre.fonte, archivio)
    elif blocco.dentro:
        yield "", f"dentro=«{blocco.dentro}» non è la chiave di un blocco PerRiga di questa edizione"
    elif blocco.padre:
        yield "", f"padre=«{blocco.padre}» dice da quale riga pende, e manca dentro=: la chiave del blocco di quelle righe"
    if blocco.proprietario:
        yield from _punta("proprietario", blocco, SOGGETTI, archivio)
    for nome in getattr(blocco, "solo_non_attribuite", ()):
        if nome not in _campi(blocco):
            yield "", f"solo_non_attribuite nomina «{nome}», che non è fra i suoi campi: {_quali(_campi(blocco))}"


def _punta(nome: str, blocco: Blocco, fonte: str, archivio: Archivio) -> Iterator[Detto]:
    """A field of the block must point to the rows of a table, and be kept as a column."""
    campo = getattr(blocco, nome)
    colonna = archivio.tabelle[blocco.fonte].get(campo, Deposito())
    if campo not in _campi(blocco) or colonna.verso != fonte:
        yield "", f"{nome}=«{campo}», e ci vuole il nome di un suo campo SceltaRiga che sceglie fra le righe di «{fonte}»"


# The columns of money.


def _delle_colonne(blocco: Blocco, archivio: Archivio) -> Iterator[Detto]:
    for nome, valori in (("colonne", blocco.colonne), ("calcolate", blocco.calcolate)):
        yield from _fatta_di(nome, valori, Colonna, "Colonna")
        yield from _volte("colonna", (c.chiave for c in _buoni(valori, Colonna)))
        for colonna in _buoni(valori, Colonna):
            for frase in _della_colonna(colonna, blocco, archivio):
                yield _in("colonna", colonna.chiave), frase
    for colonna in _buoni(blocco.calcolate, Colonna):
        if colonna.scrive:
            yield _in("colonna", colonna.chiave), "è fra le calcolate, e non può avere scrive="
    if isinstance(blocco, Prospetto):
        yield from _del_prospetto(blocco, archivio)


def _della_colonna(colonna: Colonna, blocco: Blocco, archivio: Archivio) -> Iterator[str]:
    if not callable(colonna.calcola):
        yield f"calcola è {_detto(colonna.calcola)}, e ci vuole una funzione di contenuto e riga"
    if colonna.genere not in ("importo", "riga"):
        yield f"genere=«{colonna.genere}», e ci vuole «importo» o «riga»"
    if not colonna.scrive:
        return
    if colonna.scrive not in archivio.denaro:
        yield f"scrive=«{colonna.scrive}», e ci vuole COSTI, COFINANZIAMENTI o niente"
        return
    sue = archivio.denaro[colonna.scrive]
    for nome in colonna.cella:
        if nome not in sue:
            yield f"la cella nomina «{nome}», e una riga di «{colonna.scrive}» ha {_quali(sue)}"
    if isinstance(blocco, Prospetto) and not blocco.fonte:
        yield "si scrive, e il prospetto non ha righe: ci vuole fonte="
    elif isinstance(blocco, Prospetto) and blocco.fonte == VOCI and colonna.scrive == COFINANZIAMENTI:
        yield "un cofinanziamento non ha voci di costo: si scrive in un prospetto di azioni o di partecipazioni"


def _del_prospetto(blocco: Prospetto, archivio: Archivio) -> Iterator[Detto]:
    if _scrive(blocco, COSTI):
        yield from _lungo("il nome= di questo modo di dividere i costi", blocco.nome, archivio.lunghezze["prospetto"])
    yield from _fatta_di("voci", blocco.voci, Voce, "Voce")
    voci = _buoni(blocco.voci, Voce)
    if voci and blocco.fonte != VOCI:
        yield "", f"ha delle voci di costo, e le sue righe sono «{blocco.fonte}»: ci vuole fonte=VOCI"
    yield from _volte("voce", (v.codice for v in voci))
    for voce in voci:
        for _, frase in _lungo("il codice", voce.codice, archivio.lunghezze["voce"]):
            yield _in("voce", voce.codice), frase
        if voce.genere not in GENERI_VOCE:
            generi = _quali(filter(None, GENERI_VOCE))
            yield _in("voce", voce.codice), f"genere=«{voce.genere}», e ci vuole uno di questi: {generi}"


# The questions.


def _del_modulo(blocco: Blocco, archivio: Archivio) -> Iterator[Detto]:
    chiesto = isinstance(blocco, Domande | PerRiga | Tabella)
    if chiesto and not _e_scheda(blocco.modulo):
        yield "", f"modulo={_detto(blocco.modulo)}, e ci vuole una classe Scheda"
    elif not chiesto and blocco.modulo is not None:
        yield "", f"un blocco {type(blocco).__name__} non ha un modulo"
    elif chiesto and not _campi(blocco):
        yield "", f"il modulo {getattr(blocco.modulo, '__name__', '')} non ha campi"
    colonne = archivio.tabelle.get(blocco.fonte, {})
    for nome, campo in _campi(blocco).items() if chiesto else ():
        frasi = _del_campo(nome, campo, colonne.get(nome), archivio)
        yield from ((_in("campo", nome), frase) for frase in frasi)


def _del_campo(nome: str, campo: object, colonna: Deposito | None, archivio: Archivio) -> Iterator[str]:
    if not isinstance(campo, Campo):
        yield f"è {_detto(campo)}, e ci vuole un campo di conciliazione.schede.campi"
        return
    yield from (frase for _, frase in _lungo("il nome", nome, archivio.lunghezze["campo"]))
    if nome in RISERVATI:
        yield "il nome è già di ogni riga: ce ne vuole un altro"
    if campo.manca is not None and not isinstance(campo.manca, Gravita):
        yield f"manca={_detto(campo.manca)}, e ci vuole una Gravita, o None"
    for limite in ("max_righe", "max_caratteri"):
        massimo = getattr(campo, limite)
        if massimo is not None and not (isinstance(massimo, int) and massimo > 0):
            yield f"{limite}={_detto(massimo)}, e ci vuole un numero maggiore di zero"
    scelte = list(_delle_scelte(campo, archivio))
    yield from scelte or (_in_colonna(campo, colonna) if colonna else ())


def _delle_scelte(campo: Campo, archivio: Archivio) -> Iterator[str]:
    if isinstance(campo, campi.SceltaRiga | campi.SceltaRighe):
        if campo.fonte not in archivio.fonti:
            yield f"fonte=«{campo.fonte}», e si sceglie fra le righe di {_quali(archivio.fonti)}"
        else:
            yield from (frase for _, frase in _colonna_di("colonna", campo.colonna, campo.fonte, archivio))
    elif isinstance(campo, campi.Scelta | campi.Scelte):
        chiavi = _chiavi(campo)
        if len(chiavi) < len(list(cast(Any, campo.choices))):
            yield "le scelte sono coppie, una chiave e le parole stampate"
        elif not any(chiavi) and not getattr(campo, "catalogo", False):
            yield "non ha scelte"
        for chiave in (c for c, volte in Counter(chiavi).items() if volte > 1):
            yield f"la scelta «{chiave}» c'è due volte"
        if (massimo := getattr(campo, "massimo", "")) and massimo not in archivio.parametri:
            yield f"massimo=«{massimo}» non è un parametro dell'avviso"


def _chiavi(campo: campi.Scelta | campi.Scelte) -> list[str]:
    return [coppia[0] for coppia in _buoni(list(cast(Any, campo.choices)), tuple | list) if len(coppia) == 2]


NON_TESTI = (campi.Numero, campi.Scelte, campi.SceltaRiga, campi.SceltaRighe)


def _in_colonna(campo: Any, colonna: Deposito) -> Iterator[str]:
    """Whether what the field lets through is held by the column of its name."""
    genere = type(campo).__name__
    if colonna.campo and not isinstance(campo, colonna.campo):
        yield f"è {genere}, e la colonna che ha il suo nome vuole {colonna.campo.__name__}"
    elif colonna.campo is None and isinstance(campo, NON_TESTI):
        yield f"è {genere}, e la colonna che ha il suo nome tiene un testo"
    elif colonna.verso and campo.fonte != colonna.verso:
        yield f"sceglie fra le righe di «{campo.fonte}», e la colonna che ha il suo nome è di «{colonna.verso}»"
    elif colonna.scelte and not set(_chiavi(campo)) <= {"", *colonna.scelte}:
        yield f"ha scelte che la colonna non ha: può avere {_quali(colonna.scelte)}"
    elif colonna.caratteri and (larghezza := _larghezza(campo)) > colonna.caratteri:
        yield f"accetta {larghezza} caratteri, e la colonna che ha il suo nome ne tiene {colonna.caratteri} (max_length=)"


def _larghezza(campo: Campo) -> int:
    """The longest text that a field lets through."""
    if isinstance(campo, campi.Scelta):
        return max((len(chiave) for chiave in _chiavi(campo)), default=0)
    return getattr(campo, "max_length", None) or 0
