"""The board of the papers: soggetto by paper, with what was prepared, sent, signed, received, and what is to be made again."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from conciliazione.schede.canonico import impronta
from conciliazione.templatetags.italiano import euro

from ..models import DaFirmare, Partecipazione, Progetto
from ..permessi import e_capofila, mie_partecipazioni
from .carte import in_vigore
from .dati import Fonte, cambiamenti
from .stati import FIRMATI, NON_FIRMATI, TONI, Stato

Genere = DaFirmare.Genere


@dataclass
class Casella:
    """One paper of one soggetto: the one in force, if it is made; whether it is due; what it no longer says rightly."""

    genere: str
    dovuta: bool
    carta: DaFirmare | None
    cambi: list[str]

    @property
    def nome(self) -> str:
        return Genere(self.genere).label

    @property
    def stato(self) -> str:
        if self.carta is None:
            return "da preparare"
        if self.rimandata:
            return "rimandato indietro"
        return self.carta.get_stato_display()

    @property
    def tono(self) -> str:
        return "attenzione" if self.rimandata else TONI[self.carta.stato] if self.carta else "neutro"

    @property
    def rimandata(self) -> bool:
        """It came back signed, and was not as it should be."""
        return bool(self.carta and self.carta.stato == Stato.INVIATO and self.carta.nota)

    @property
    def quando(self):
        """When it came to the state in which it is."""
        da = {Stato.INVIATO: "inviato_il", Stato.FIRMATO: "firmato_il", Stato.RICEVUTO: "ricevuto_il"}
        return getattr(self.carta, da.get(self.carta.stato, "preparato_il")) if self.carta else None

    @property
    def chi(self):
        """Who brought it there: the name of a person."""
        da = {Stato.FIRMATO: "firmato_da", Stato.RICEVUTO: "ricevuto_da"}
        return getattr(self.carta, da.get(self.carta.stato, "preparato_da")) if self.carta else None

    @property
    def da_rifare(self) -> bool:
        return bool(self.cambi)


@dataclass
class Riga:
    """A soggetto with its papers and its acts."""

    soggetto: Partecipazione
    mia: bool
    caselle: list[Casella]
    impegnato: Decimal | None
    """Sum of what its acts commit, in euro; None when no act says."""
    dichiarato: Decimal
    """The cofinancing of the scheda, in euro."""

    @property
    def carte(self) -> list[Casella]:
        """Those that it has to sign, or has signed."""
        return [c for c in self.caselle if c.dovuta or c.carta]

    @property
    def da_rispedire(self) -> bool:
        return any(c.carta and c.carta.stato == Stato.INVIATO for c in self.caselle)

    @property
    def nota_atti(self) -> str:
        return nota_atti(self.impegnato, self.dichiarato)


def nota_atti(impegnato: Decimal | None, dichiarato: Decimal) -> str:
    """Return where what the acts commit is not what the scheda declares; "" where it is, or where no act says how much."""
    if impegnato is None or impegnato == dichiarato:
        return ""
    return f"gli atti impegnano {euro(impegnato)}, la scheda dice {euro(dichiarato)}"


@dataclass
class Quadro:
    """The papers of a project as one person sees them: the capofila all, a soggetto its own."""

    progetto: Progetto
    utente: object

    @cached_property
    def righe(self) -> list[Riga]:
        fonte, miei = Fonte(self.progetto), mie_partecipazioni(self.utente, self.progetto)
        carte = {(c.partecipazione_id, c.genere): c for c in in_vigore(self.progetto)}
        visti = [s for s in fonte.soggetti if self.capofila or str(s.pk) in miei]
        return [self._riga(fonte, s, str(s.pk) in miei, carte) for s in visti]

    @cached_property
    def capofila(self) -> bool:
        return e_capofila(self.utente, self.progetto)

    @staticmethod
    def _riga(fonte: Fonte, soggetto: Partecipazione, mia: bool, carte: dict) -> Riga:
        dovute = fonte.dovute(soggetto)
        caselle = [_casella(fonte, soggetto, g, g in dovute, carte.get((soggetto.pk, g))) for g in Genere.values]
        importi = [atto.importo for atto in soggetto.atti.all() if atto.importo is not None]
        dichiarato = Decimal(fonte.cofinanziamento(soggetto)["totale"])
        return Riga(soggetto, mia, caselle, sum(importi) if importi else None, dichiarato)

    @property
    def _caselle(self) -> list[Casella]:
        return [c for riga in self.righe for c in riga.carte]

    @property
    def dovute(self) -> int:
        return len(self._caselle)

    @property
    def ricevute(self) -> int:
        return self._quante(Stato.RICEVUTO)

    @property
    def da_controllare(self) -> int:
        return self._quante(Stato.FIRMATO)

    @property
    def da_inviare(self) -> int:
        return self._quante(Stato.PREPARATO)

    @property
    def da_preparare(self) -> int:
        """To make for the first time, or again because nobody has signed them yet."""
        nuove = [c for c in self._caselle if c.carta is None]
        return len(nuove) + len([c for c in self._caselle if c.carta and c.carta.stato in NON_FIRMATI and c.da_rifare])

    @property
    def firmate_da_rifare(self) -> int:
        return len([c for c in self._caselle if c.carta and c.carta.stato in FIRMATI and c.da_rifare])

    @property
    def da_stampare(self) -> int:
        return len([c for c in self._caselle if c.carta and c.carta.stato in NON_FIRMATI])

    def _quante(self, stato: str) -> int:
        return len([c for c in self._caselle if c.carta and c.carta.stato == stato])


def _casella(fonte: Fonte, soggetto: Partecipazione, genere: str, dovuta: bool, carta: DaFirmare | None) -> Casella:
    return Casella(genere, dovuta, carta, cambi(fonte, soggetto, carta, dovuta) if carta else [])


def cambi(fonte: Fonte, soggetto: Partecipazione, carta: DaFirmare, dovuta: bool) -> list[str]:
    """Return in words what a paper says and the scheda does not say any more."""
    if carta.stato == Stato.ANNULLATO:
        return []
    if not dovuta:
        return ["la scheda non la chiede più"]
    ora = fonte.dati(soggetto, carta.genere)
    return [] if impronta(ora) == carta.impronta else cambiamenti(carta.dati, ora, firmata=carta.stato in FIRMATI)
