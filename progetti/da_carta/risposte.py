"""What is open on a paper, and the answers that it takes: the lines under a title or a label, until the next one.

Here what was read is written in the outcome; which titles and labels open what is of `lettore`.
"""

import re

from conciliazione.schede.edizione import COSTI, Blocco

from . import cella, griglie, importi_in_riga
from .esito import Calcolato, Esito, Letto, RigaLetta
from .estrazione import Brano, larghezza, unisci
from .parole import chiave, separa_numero, stesso_ente, trova
from .vocabolario import RIMANDI, Parte, Vocabolario

SEGNAPOSTO = re.compile(r"[\s_.…\[\]-]*")


class Risposte:
    def __init__(self, vocabolario: Vocabolario, tutti: list[Brano]):
        self.parole, self.brani = vocabolario, tutti
        self.esito = Esito(brani=tutti)
        self.larghezza = larghezza(tutti)
        self.posto = 0
        self.parte: Parte | None = None
        self.riga: RigaLetta | None = None
        self.gruppo = ""
        self.campo = ""
        self.figlia: Parte | None = None
        """The table that hangs from the row that is open, when its title was the last."""
        self.pezzi: list[tuple[int, str]] = []
        self.scritti: set[tuple[str, int, str]] = set()
        """Cells that have an answer already: what is printed again does not open them anew."""
        self.regione: list[tuple[int, str]] = []
        self.griglia: griglie.Griglia | None = None
        self.sospesi: list[tuple[int, str]] = []
        """Lines of a table of amounts that have no amount yet: the title of a row, broken."""

    # Fields and rows.

    def apri_campo(self, nome: str) -> None:
        self.chiudi()
        if self.parte.a_righe and not self.parte.blocco.altrove:
            ripetuto = self.riga is not None and (self.parte.blocco.chiave, id(self.riga), nome) in self.scritti
            if self.riga is None or (ripetuto and nome == next(iter(self.parte.campi))):
                self.chiudi_regione()
                self.nuova_riga(self.parte.blocco.fonte)
        self.campo, self.gruppo = nome, self.parte.campi[nome].gruppo

    def nuova_riga(self, fonte: str, numero: int = 0, nome: str = "") -> RigaLetta:
        dove = self.brani[min(self.posto, len(self.brani) - 1)].dove
        self.riga = RigaLetta(fonte, nome=nome, numero=numero, dove=dove)
        self.esito.righe.append(self.riga)
        return self.riga

    def possibili(self) -> list[str]:
        """Return the fields whose label may stand here: those of this group, and those that nothing else is called like."""
        nomi = self.parte.del_gruppo(self.gruppo) + [n for n in self.parte.campi if n in self.parte.sole]
        liberi = [n for n in dict.fromkeys(nomi) if not self.gia_scritto(n)]
        return sorted(liberi, key=lambda n: -len(self.parte.etichette[n].corpo))

    def gia_scritto(self, nome: str) -> bool:
        if self.parte.a_righe and nome == next(iter(self.parte.campi)):
            return False
        return (self.parte.blocco.chiave, id(self.riga) if self.parte.a_righe else 0, nome) in self.scritti

    # Answers.

    def rispondi(self, posto: int, testo: str) -> None:
        """Add a piece of the answer to what is open; under nothing, it stays among what was not recognised."""
        if self.parte is None:
            return
        blocco = self.parte.blocco
        if self.figlia is not None:
            cella.leggi_righe(self, self.figlia, self.riga, testo, posto)
        elif blocco.altrove:
            self._nome_nell_elenco(posto, testo)
        elif blocco.di_denaro:
            importi_in_riga.leggi(self, posto, testo)
        elif blocco.mesi:
            if testo.isdecimal() and int(testo) <= blocco.mesi:
                self.esito.usati.add(posto)
        elif self.campo and self.campo not in self.parte.caselle:
            self._al_campo(posto, testo)
        elif self.parte.caselle:
            self.regione.append((posto, testo))
        elif altro := self._primo_dentro(testo):
            self._spezza(posto, testo, altro)

    def _al_campo(self, posto: int, testo: str) -> None:
        altro = self._primo_dentro(testo) if self.parte.breve(self.campo) else self._lungo_dentro(testo)
        if altro:
            self._spezza(posto, testo, altro)
        elif not self.parte.breve(self.campo) or self._continua(posto):
            self.pezzi.append((posto, testo))
            self.esito.usati.add(posto)

    def _continua(self, posto: int) -> bool:
        """A short answer goes on to the next line only from a line that was full, or inside its cell."""
        if not self.pezzi or self.pezzi[-1][0] == posto:
            return True
        prima = self.brani[self.pezzi[-1][0]]
        return bool(self.larghezza) and not prima.tavola and len(prima.testo) > 0.75 * self.larghezza

    def _primo_dentro(self, testo: str) -> tuple[int, int, str] | None:
        """The next label of this group inside the line: where it begins, where its answer does, and its field."""
        nomi = [n for n in self.parte.del_gruppo(self.gruppo) if self.parte.breve(n)]
        if self.campo in nomi:
            nomi = nomi[nomi.index(self.campo) + 1 :]
        posti = [(*dove, n) for n in nomi if not self.gia_scritto(n) and (dove := trova(self.parte.etichette[n], testo, 0))]
        return min(posti, key=lambda p: (p[0], -p[1])) if posti else None

    def _lungo_dentro(self, testo: str) -> tuple[int, int, str] | None:
        """In a page whose cells ran together, a label that is too long to be part of a sentence."""
        nomi = [n for n in self.possibili() if n != self.campo and self.parte.etichette[n].forte]
        posti = [(*dove, n) for n in nomi if (dove := trova(self.parte.etichette[n], testo, 0))]
        return min(posti, default=None)

    def _spezza(self, posto: int, testo: str, altro: tuple[int, int, str]) -> None:
        inizio, fine, nome = altro
        if prima := testo[:inizio].strip(" (,;"):
            if self.campo:
                self.pezzi.append((posto, prima))
            else:
                return
        self.esito.usati.add(posto)
        self.apri_campo(nome)
        if resto := testo[fine:].strip():
            self.rispondi(posto, resto)

    def _nome_nell_elenco(self, posto: int, testo: str) -> None:
        """A line of the list of soggetti: the name of the one just numbered, or one more of them."""
        _, nome = separa_numero(testo)
        if not chiave(nome):
            self.esito.usati.add(posto)
            return
        uno_solo = not self.parte.blocco.etichetta(1, {"ruolo": "capofila"})
        if uno_solo and self.riga is not None and self.riga.nome:
            return
        if self.riga is None or self.riga.nome:
            self.nuova_riga("partecipazioni", numero=len(self.esito.di("partecipazioni")) + 1)
        self.riga.nome, self.riga.dove = nome.strip(" -–•*"), self.brani[posto].dove
        self.esito.usati.add(posto)

    # Closing.

    def chiudi(self) -> None:
        """Take the answer to what is open as whole."""
        if self.campo and self.pezzi:
            breve = self.parte.breve(self.campo)
            righe = [testo for _, testo in self.pezzi]
            testo = " ".join(" ".join(righe).split()) if breve else unisci(righe, self.larghezza)
            self.scrivi(self.parte, self.riga if self.parte.a_righe else None, self.campo, testo, self.pezzi[0][0])
        self.campo, self.pezzi, self.figlia = "", [], None

    def chiudi_blocco(self) -> None:
        self.chiudi()
        self.chiudi_regione()
        self.sospesi = []

    def chiudi_regione(self) -> None:
        """Read the boxes of the block: all its options are looked for in all that stands there."""
        if not self.regione or self.parte is None:
            self.regione = []
            return
        testo = "\n".join(t for _, t in self.regione)
        presi: set[tuple[int, int]] = set()
        for nome, campo in self.parte.caselle.items():
            scelte, posti = cella.segnate(testo, {str(k): str(v) for k, v in campo.choices if k})
            presi |= posti
            dove = self.brani[self.regione[0][0]].dove
            if scelte:
                riga = self.riga if self.parte.a_righe else None
                self.esito.letti.append(Letto(self.parte.blocco.chiave, riga, nome, "", dove, tuple(scelte)))
            elif posti:
                self.esito.senza_segno.append((str(campo.label), dove))
        inizio = 0
        for posto, pezzo in self.regione:
            dentro = {(i - inizio, f - inizio) for i, f in presi if i < inizio + len(pezzo) and f > inizio}
            ritagliati = {(max(i, 0), min(f, len(pezzo))) for i, f in dentro}
            if not cella.resto(pezzo, ritagliati):
                self.esito.usati.add(posto)
            inizio += len(pezzo) + 1
        self.regione = []

    # What was read.

    def scrivi(self, parte: Parte, riga, campo: str, testo: str, posto: int) -> None:
        """Keep a cell that was read; what the form leaves to be filled in is blank."""
        aiuto = str(parte.campi[campo].help_text) if campo in parte.campi else ""
        if aiuto and testo.endswith(aiuto):
            testo = testo.removesuffix(aiuto).strip()
        if SEGNAPOSTO.fullmatch(testo):
            return
        self.scritti.add((parte.blocco.chiave, id(riga) if parte.a_righe else 0, campo))
        if isinstance(parte.campi.get(campo), RIMANDI):
            self._rimandi(parte, riga, campo, testo, posto)
            return
        self.esito.letti.append(Letto(parte.blocco.chiave, riga, campo, testo, self.brani[posto].dove))
        if isinstance(riga, RigaLetta) and campo in ("denominazione", "titolo"):
            riga.nome = riga.nome or " ".join(testo.split())
        elif isinstance(riga, RigaLetta) and campo == "codice":
            riga.codice = riga.codice or testo.strip()

    def _rimandi(self, parte: Parte, riga, campo: str, testo: str, posto: int) -> None:
        """A field that points to other rows: those that the text names. What else it says stays to be read."""
        definizione = parte.campi[campo]
        trovate = cella.nominate(self.esito.di(definizione.fonte), testo)
        if trovate:
            comune = (parte.blocco.chiave, riga, campo, testo, self.brani[posto].dove)
            self.esito.letti.append(Letto(*comune, rimandi=tuple(trovate)))
        importo = importi_in_riga.nel_testo(testo) if "budget" in str(definizione.label).lower() else ""
        for altra in self.parole.parti.values():
            colonne = altra.blocco.colonne if importo else ()
            if altra.blocco.fonte == parte.blocco.fonte and (nomi := [c.chiave for c in colonne if c.scrive == COSTI]):
                self.esito.letti.append(Letto(altra.blocco.chiave, riga, nomi[0], importo, self.brani[posto].dove))
        if importo or not trovate or cella.detto_altro(trovate, testo):
            self.esito.usati.discard(posto)

    def calcolato(self, etichetta: str, testo: str, posto: int) -> None:
        self.esito.calcolati.append(Calcolato(etichetta, testo, self.brani[posto].dove))
        self.esito.usati.add(posto)

    def riga_di(self, blocco: Blocco, nome: str, posto: int, codice: str = "") -> RigaLetta:
        """Return the row of that name among those already read, or one more."""
        for riga in self.esito.di(blocco.fonte):
            stessa = stesso_ente(riga.nome, nome) if blocco.fonte == "partecipazioni" else _stesso_titolo(riga.nome, nome)
            if (codice and riga.codice == codice) or (nome and stessa and not (codice and riga.codice)):
                riga.breve, riga.nome = _breve_e_lungo(riga, nome) if blocco.fonte == "azioni" else ("", riga.nome)
                return riga
        riga = RigaLetta(blocco.fonte, nome=nome, codice=codice, dove=self.brani[posto].dove)
        self.esito.righe.append(riga)
        return riga


def _stesso_titolo(uno: str, altro: str) -> bool:
    """The calendar calls an azione by its short title, which is how the full one begins."""
    breve, lungo = sorted((chiave(uno), chiave(altro)), key=len)
    return breve == lungo or (len(breve) >= 8 and lungo.startswith(breve))


def _breve_e_lungo(riga: RigaLetta, nome: str) -> tuple[str, str]:
    breve, lungo = sorted((riga.nome, nome), key=len)
    return (breve if chiave(breve) != chiave(lungo) else riga.breve), lungo
