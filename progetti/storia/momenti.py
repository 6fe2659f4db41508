"""The history of a block as one person reads it: each moment with who, when, and what changed, word by word."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from conciliazione.models import Utente
from conciliazione.schede import confronto
from conciliazione.schede.confronto import Pezzo
from conciliazione.schede.edizione import Blocco
from conciliazione.schede.lettura import RISERVATO
from conciliazione.schede.salvataggio import RIGA
from conciliazione.schede.tipi import Righe, Valore, Valori, vuoto

from ..contenuto.eventi import MORTA, Evento, eventi_di
from ..models import Scartato
from ..permessi import nasconde
from ..scheda.pagina import Pagina
from ..scheda.permessi import di_chi, puo_scrivere_riga

AGGIUNTA, TOLTA, CAMBIATA, SCARTATA = "aggiunta", "tolta", "cambiata", "scartata"

RAFFICA = timedelta(minutes=10)
"""How long what a page saves by itself is shown as one moment."""
LUNGO = 40
"""Characters beyond which a text that loses half of itself is shown: it may have been deleted by mistake."""


@dataclass(frozen=True)
class Cambio:
    """A field that changed. `ridare`: whether the person may bring back the value that it had then."""

    campo: str
    etichetta: str
    pezzi: list[Pezzo]
    ridare: bool = False


@dataclass(frozen=True)
class DiRiga:
    """What happened to a row; `valori` are those that it had then (or, taken out, until then)."""

    riga: str
    titolo: str
    genere: str
    valori: Valori
    cambi: list[Cambio]
    ridare: bool = False


@dataclass(frozen=True)
class Momento:
    chiave: str
    quando: datetime
    chi: str
    per_conto: str = ""
    righe: list[DiRiga] = field(default_factory=list)


def momenti_di(pagina: Pagina, blocco: Blocco, riga: str | None = None) -> list[Momento]:
    """Return the moments, the newest first. `riga` "" is the only one of a block without rows, None all those of a table."""
    eventi = eventi_di(pagina.progetto, blocco, riga)
    scarti = Scartato.objects.filter(progetto=pagina.progetto, blocco=blocco.chiave).order_by("deciso_il")
    scarti = list(scarti if riga is None else scarti.filter(riga=riga))
    chi = {e.chi for e in eventi} | {s.deciso_da_id for s in scarti}
    nomi = {None: "il portale"} | {pk: str(u) for pk, u in Utente.objects.in_bulk(chi - {None}).items()}
    lettore = _Lettore(pagina, blocco, eventi)
    momenti = [*_momenti(lettore, eventi, nomi), *(_scarto(lettore, s, nomi) for s in scarti)]
    return sorted(momenti, key=lambda m: m.quando)[::-1]


def _insieme(eventi: list[Evento]) -> list[list[Evento]]:
    """The events of one saving are one moment: one transaction has one time.

    What a page saves by itself of a row goes with the next that it saves of it, within ten minutes of the first. A saving by
    the button, or by another person, comes between; so does the loss of a long text, that else would be nowhere.
    """
    momenti: list[list[Evento]] = []
    stato: Righe = {}
    raffiche: dict[str, tuple[Evento, list[Evento]]] = {}  # of each row its first event, and the moment where they all are
    for _, gruppo in groupby(eventi, key=lambda e: (e.quando, e.contesto)):
        momento: list[Evento] = []
        for riga, suoi in _per_riga(gruppo).items():
            primo, dove = raffiche.get(riga, (suoi[0], momento))
            if _prosegue(primo, suoi[0]) and not _perde(stato.get(riga, {}), suoi):
                momento += [e for e in dove if e.riga == riga]
                dove[:] = [e for e in dove if e.riga != riga]
            else:
                primo = suoi[0]
            momento += suoi
            raffiche[riga] = primo, momento
            _applica(stato, suoi)
        momenti.append(momento)
    return [momento for momento in momenti if momento]


def _applica(stato: Righe, eventi: list[Evento]) -> None:
    for evento in eventi:
        if evento.genere == MORTA:
            stato.pop(evento.riga, None)
        else:
            stato.setdefault(evento.riga, {}).update(evento.valori)


def _per_riga(gruppo: Iterable[Evento]) -> dict[str, list[Evento]]:
    righe: dict[str, list[Evento]] = {}
    for evento in gruppo:
        righe.setdefault(evento.riga, []).append(evento)
    return righe


def _prosegue(primo: Evento, evento: Evento) -> bool:
    """Whether the same person goes on in the same page, that saves by itself."""
    sua = evento.da_solo is not None and (evento.da_solo, evento.chi) == (primo.da_solo, primo.chi)
    return sua and evento.quando - primo.quando < RAFFICA


def _perde(prima: Valori, suoi: list[Evento]) -> bool:
    """Whether the row was removed, or a long text of it lost half of itself."""
    if any(e.genere == MORTA for e in suoi):
        return True
    dopo = prima | {campo: valore for e in suoi for campo, valore in e.valori.items()}
    lunghi = {campo: len(v) for campo, v in prima.items() if isinstance(v, str) and len(v) > LUNGO}
    return any(2 * len(str(dopo[campo] or "")) < quanti for campo, quanti in lunghi.items())


def _momenti(lettore: "_Lettore", eventi: list[Evento], nomi: dict) -> Iterable[Momento]:
    stato: Righe = {}
    for insieme in _insieme(eventi):
        quando, contesto = insieme[-1].quando, insieme[-1].contesto
        prima = {e.riga: dict(stato[e.riga]) for e in insieme if e.riga in stato}
        _applica(stato, insieme)
        righe = lettore.righe(prima, {e.riga: stato[e.riga] for e in insieme if e.riga in stato})
        if righe:
            chiave = f"{quando.timestamp():.6f}-{contesto or ''}"[:30]
            yield Momento(chiave, quando, nomi.get(insieme[-1].chi, ""), lettore.per_conto(insieme), righe)


class _Lettore:
    """Tells values in words, to one person: what it must not see it does not."""

    def __init__(self, pagina: Pagina, blocco: Blocco, eventi: list[Evento]):
        self.pagina, self.blocco = pagina, blocco
        self.oggi = {r["id"]: r for r in blocco.righe(pagina.contenuto)}
        # The titles of rows that are no more are in the events about them.
        self.note = {e.riga: e.colonne for e in eventi if e.colonne} | self.oggi
        self.campi = blocco.campi_pronti(pagina.contenuto)
        self.nasconde = nasconde(pagina.utente, pagina.progetto)
        self.scrive = {pk: puo_scrivere_riga(pagina.utente, pagina.progetto, blocco, r) for pk, r in self.note.items()} | (
            {"": pagina.compila} if not blocco.fonte else {}
        )

    def righe(self, prima: Righe, dopo: Righe) -> list[DiRiga]:
        diversa = confronto.righe(prima, dopo)
        sue = self.blocco.si_aggiunge or self.blocco.altrove
        nate = [self._intera(r, AGGIUNTA, dopo[r]) for r in diversa.aggiunte] if sue else []
        morte = [self._intera(r, TOLTA, prima[r]) for r in diversa.tolte] if sue else []
        cambiate = diversa.cambiate if sue else diversa.cambiate | {r: list(dopo[r]) for r in diversa.aggiunte}
        altre = [self._cambiata(r, campi, prima.get(r, {}), dopo[r]) for r, campi in cambiate.items()]
        return [riga for riga in (*nate, *morte, *altre) if riga.cambi or riga.genere != CAMBIATA]

    def _intera(self, riga: str, genere: str, valori: Valori) -> DiRiga:
        """A row that came is all new; one that went is all gone."""
        vecchi, nuovi = ({}, valori) if genere == AGGIUNTA else (valori, {})
        cambi = [c for campo in self.campi if (c := self._cambio(riga, campo, vecchi, nuovi))]
        torna = genere == TOLTA and riga not in self.oggi and self.blocco.si_aggiunge and self.scrive.get(riga, False)
        return DiRiga(riga, self.titolo(riga), genere, valori, cambi, ridare=torna)

    def _cambiata(self, riga: str, campi: list[str], prima: Valori, dopo: Valori) -> DiRiga:
        cambi = [c for campo in campi if (c := self._cambio(riga, campo, prima, dopo))]
        return DiRiga(riga, self.titolo(riga), CAMBIATA, dict(dopo), cambi)

    def _cambio(self, riga: str, campo: str, prima: Valori, dopo: Valori) -> Cambio | None:
        if campo not in self.campi or (vuoto(prima.get(campo)) and vuoto(dopo.get(campo))):
            return None
        etichetta = str(self.campi[campo].label)
        if self.nascosto(riga, campo):
            return Cambio(campo, etichetta, [Pezzo(confronto.UGUALE, RISERVATO)])
        pezzi = confronto.parole(self.testo(campo, prima.get(campo)), self.testo(campo, dopo.get(campo)))
        return Cambio(campo, etichetta, confronto.in_breve(pezzi), self.si_riporta(riga, campo, dopo.get(campo)))

    def si_riporta(self, riga: str, campo: str, valore: Valore) -> bool:
        """Whether that value may come back: there was one, it is not that of today, and the person writes there."""
        if vuoto(valore) or riga not in self.oggi or not self.scrive.get(riga) or self.blocco.altrove:
            return False
        oggi = self.blocco.valore(self.pagina.contenuto, self.oggi[riga], campo)
        return bool(confronto.campi({campo: oggi}, {campo: valore}))

    def nascosto(self, riga: str, campo: str) -> bool:
        """Whether the reader does not see it, as in the reading (`conciliazione.schede.lettura`)."""
        colonne = self.note.get(riga, {})
        padre = colonne.get(self.blocco.padre) or riga
        return self.nasconde(padre, self.campi[campo].personale)

    def testo(self, campo: str, valore: Valore) -> str:
        """Return the value in words; what cannot be read as a value of that field, as it was typed."""
        if vuoto(valore):
            return ""
        try:
            detto = self.campi[campo].testo(valore)
        except (ArithmeticError, TypeError, ValueError):
            detto = ""
        if not detto and self.campi[campo].genere in ("rimando", "rimandi"):
            return "(una riga che non c'è più)"
        return detto or ("; ".join(map(str, valore)) if isinstance(valore, list) else str(valore))

    def titolo(self, riga: str) -> str:
        if not riga:
            return ""
        detto = self.blocco.titolo_riga(self.note.get(riga, {"id": riga}))
        return detto or self._soggetto(riga) or "(senza titolo)"

    def _soggetto(self, riga: str) -> str:
        """Whose a row is."""
        suo = di_chi(self.blocco, self.note.get(riga, {"id": riga}))
        soggetti = {s["id"]: s["denominazione"] for s in self.pagina.contenuto["partecipazioni"]}
        return soggetti.get(suo, "")

    def per_conto(self, insieme: list[Evento]) -> str:
        """Return the soggetti in whose place the capofila wrote."""
        return ", ".join(dict.fromkeys(s for e in insieme if e.per_conto and (s := self._soggetto(e.riga))))


def _scarto(lettore: _Lettore, scarto: Scartato, nomi: dict) -> Momento:
    """A text that was not kept: of one field, or of a whole row."""
    valori = scarto.scartato if scarto.campo == RIGA else {scarto.campo: scarto.scartato}
    riga, intera = scarto.riga, scarto.campo == RIGA
    cambi = [c for campo, v in valori.items() if (c := _non_tenuto(lettore, riga, campo, v, intera=intera))]
    torna = intera and riga not in lettore.oggi and lettore.scrive.get(riga, lettore.pagina.compila)
    di_riga = DiRiga(riga, lettore.titolo(riga), SCARTATA, valori, cambi, ridare=torna and lettore.blocco.si_aggiunge)
    return Momento(f"s{scarto.pk}", scarto.deciso_il, nomi.get(scarto.deciso_da_id, ""), righe=[di_riga])


def _non_tenuto(lettore: _Lettore, riga: str, campo: str, valore: Valore, *, intera: bool) -> Cambio | None:
    if campo not in lettore.campi or vuoto(valore):
        return None
    etichetta = str(lettore.campi[campo].label)
    if lettore.nascosto(riga, campo):
        return Cambio(campo, etichetta, [Pezzo(confronto.UGUALE, RISERVATO)])
    scritto = "; ".join(map(str, valore)) if intera and isinstance(valore, list) else lettore.testo(campo, valore)
    return Cambio(campo, etichetta, [Pezzo(confronto.UGUALE, scritto)], not intera and lettore.si_riporta(riga, campo, valore))
