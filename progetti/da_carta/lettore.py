"""Reading a paper from the first line to the last: a printed title opens a block, a label a field, the rest is the answer.

What is between a recognised title and the next is the answer to it; what is under no title is given back as it is.
"""

import re

from conciliazione.schede.edizione import COSTI, Blocco, Cronoprogramma, Edizione, Elenco, Prospetto
from conciliazione.schede.tipi import Contenuto

from . import caselle, griglie, importi_in_riga
from . import caselle as figlie
from .esito import Calcolato, Esito, Letto, RigaLetta
from .estrazione import Brano, brani, larghezza, unisci
from .parole import TESTA, Etichetta, chiave, comincia, fin_dove, separa_numero, stesso_ente, trova, va_avanti
from .vocabolario import RIMANDI, Parte, Titolo, Vocabolario

SOGGETTO = re.compile(r"\s*soggetto\s+n[.°\s]*([0-9]{1,2})\s*(?:\(\s*capofila\s*\))?[\s:–-]*", re.IGNORECASE)
SEGNAPOSTO = re.compile(r"[\s_.…\[\]-]*")
A_PEZZI = 4
"""On how many lines a printed title may be broken."""


def leggi(edizione: Edizione, contenuto: Contenuto, testo: str) -> Esito:
    """All that the text of an old scheda says, by the words of this edition."""
    return Lettore(Vocabolario(edizione, contenuto), brani(testo)).leggi()


class Lettore:
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

    def leggi(self) -> Esito:
        while self.posto < len(self.brani):
            brano = self.brani[self.posto]
            if brano.stampato or griglie.leggi(self, brano):
                self._usa(1) if brano.stampato else None
            elif not any(prova(brano.testo) for prova in (self._titolo, self._cambio_di_riga, self._etichetta, self._stampato)):
                self._contenuto(brano.testo)
        self._chiudi_blocco()
        return self.esito

    def _usa(self, quanti: int) -> None:
        self.esito.usati |= set(range(self.posto, self.posto + quanti))
        self.posto += quanti

    # Titles.

    def _titolo(self, testo: str) -> bool:
        trovati = [(t, *dove) for t in self.parole.titoli if self._si_apre(t) and (dove := self._fin_qui(t.etichetta))]
        trovati = [(t, quanti, resto) for t, quanti, resto in trovati if self._credibile(t, testo, resto)]
        if not trovati:
            return False
        titolo, quanti, resto = min(trovati, key=lambda trovato: self._distanza(trovato[0], testo))
        da = self.posto + quanti - 1
        self._usa(quanti)
        self._apri(titolo)
        if resto:
            self._seguito(da, resto)
        return True

    def _fin_qui(self, etichetta: Etichetta) -> tuple[int, str] | None:
        """How many lines the label takes from here, and what follows it on the last of them."""
        return self._fin_qui_se(etichetta) or (self._fin_qui_se(etichetta, quasi=True) if etichetta.numerata else None)

    def _fin_qui_se(self, etichetta: Etichetta, *, quasi: bool = False) -> tuple[int, str] | None:
        unite = ""
        for quanti in range(1, A_PEZZI + 1):
            posto = self.posto + quanti - 1
            if posto >= len(self.brani) or (quanti > 1 and self._altra_cella(posto)):
                return None
            unite = f"{unite} {self.brani[posto].testo}".strip()
            fine = comincia(etichetta, unite, quasi=quasi)
            if fine is not None:
                return quanti, unite[fine:].strip()
            if not va_avanti(etichetta, unite):
                return None
        return None

    def _altra_cella(self, posto: int) -> bool:
        return self.brani[posto].tavola != self.brani[self.posto].tavola or self.brani[posto].stampato

    def _si_apre(self, titolo: Titolo) -> bool:
        """A field that has its answer is not opened again; the first field of a row opens the next row."""
        if titolo.blocco is not None and titolo.blocco.dentro:
            return self.parte is not None and self.parte.blocco.chiave == titolo.blocco.dentro and self.riga is not None
        if not titolo.campo or titolo.blocco is None:
            return True
        parte = self.parole.parti[titolo.blocco.chiave]
        if parte.a_righe:
            return parte is self.parte or next(iter(parte.campi)) == titolo.campo
        return (titolo.blocco.chiave, 0, titolo.campo) not in self.scritti

    def _credibile(self, titolo: Titolo, testo: str, resto: str) -> bool:
        """A short title may also begin a sentence: it is one when it stands alone."""
        if titolo.etichetta.forte or titolo.soggetto or testo.lstrip().startswith("#"):
            return True
        numero, _ = separa_numero(testo)
        if titolo.etichetta.numerata and numero == titolo.etichetta.numero:
            return True
        return not resto and (not titolo.etichetta.numero or numero == titolo.etichetta.numero)

    def _distanza(self, titolo: Titolo, testo: str) -> tuple:
        numero, _ = separa_numero(testo)
        qui = self.parte.posto if self.parte else 0
        altro_numero = bool(numero and titolo.etichetta.numero and numero != titolo.etichetta.numero)
        mio = titolo.blocco is not None and self.parte is not None and titolo.blocco.chiave == self.parte.blocco.chiave
        return -len(titolo.etichetta.corpo), altro_numero, not mio, titolo.posto < qui, abs(titolo.posto - qui)

    def _apri(self, titolo: Titolo) -> None:
        parte = self.parole.parti[titolo.blocco.chiave] if titolo.blocco else None
        if parte is not None and parte.blocco.dentro:
            self._chiudi()
            self.figlia = parte
            return
        if parte is None or parte is not self.parte or not titolo.campo:
            self._chiudi_blocco()
            self.parte, self.riga, self.gruppo = parte, None, ""
        if titolo.soggetto:
            self._nuova_riga("partecipazioni", numero=titolo.soggetto)
        elif parte and (campo := titolo.campo or ("" if parte.a_righe else parte.unico(titolo.etichetta))):
            self._apri_campo(campo)

    def _apri_campo(self, nome: str) -> None:
        self._chiudi()
        if self.parte.a_righe and not isinstance(self.parte.blocco, Elenco):
            ripetuto = self.riga is not None and (self.parte.blocco.chiave, id(self.riga), nome) in self.scritti
            if self.riga is None or (ripetuto and nome == next(iter(self.parte.campi))):
                self._chiudi_regione()
                self._nuova_riga(self.parte.blocco.fonte)
        self.campo, self.gruppo = nome, self.parte.campi[nome].gruppo

    def _nuova_riga(self, fonte: str, numero: int = 0, nome: str = "") -> RigaLetta:
        dove = self.brani[min(self.posto, len(self.brani) - 1)].dove
        self.riga = RigaLetta(fonte, nome=nome, numero=numero, dove=dove)
        self.esito.righe.append(self.riga)
        return self.riga

    # Rows.

    def _cambio_di_riga(self, testo: str) -> bool:
        """In what each soggetto fills: «Soggetto n. 2», or its name as the title of its part."""
        if not self.parte or self.parte.blocco.fonte != "partecipazioni" or isinstance(self.parte.blocco, Elenco):
            return False
        if trovato := SOGGETTO.match(testo):
            self._chiudi()
            self._usa(1)
            self._nuova_riga("partecipazioni", numero=int(trovato[1]), nome=testo[trovato.end() :].strip())
            self._nome_che_segue()
            return True
        return self._titolo_di_parte(testo)

    def _nome_che_segue(self) -> None:
        """The name of the soggetto on the next lines of the same cell, or page, as far as one of those already read goes."""
        nomi = {chiave(r.nome): r for r in self.esito.di("partecipazioni") if r is not self.riga and r.nome}
        detto = self.riga.nome
        for quanti in range(A_PEZZI):
            posto = self.posto + quanti
            unite = " ".join([detto, *(b.testo for b in self.brani[self.posto : posto + 1])]).strip()
            if chiave(unite) in nomi:
                self.riga.nome = unite
                self._usa(quanti + 1)
                return

    def _titolo_di_parte(self, testo: str) -> bool:
        """A line that is the very name that the next one asks for: a title printed above the part of a soggetto."""
        primo = self.parte.etichette.get(next(iter(self.parte.campi), ""))
        seguenti = [b for b in self.brani[self.posto + 1 : self.posto + 3] if not b.stampato][:1]
        if primo is None or not seguenti:
            return False
        fine = comincia(primo, seguenti[0].testo)
        if fine is None or not chiave(testo) or chiave(seguenti[0].testo[fine:]) != chiave(testo):
            return False
        self._usa(1)
        return True

    # Labels of the block.

    def _etichetta(self, testo: str) -> bool:
        """A group or a label at the beginning of the line."""
        if not self.parte or not self.parte.campi:
            return False
        quanti = 2 if self._a_capo(testo) else 1
        resto = self._apre_qualcosa(" ".join(b.testo for b in self.brani[self.posto : self.posto + quanti]))
        if resto is None:
            return False
        da = self.posto + quanti - 1
        self._usa(quanti)
        if resto:
            self._seguito(da, resto)
        return True

    def _a_capo(self, testo: str) -> bool:
        """Whether the line is only the beginning of a label, and the next one has the rest."""
        if self.posto + 1 >= len(self.brani) or self._altra_cella(self.posto + 1) or self.brani[self.posto].tavola:
            return False
        unite = f"{testo} {self.brani[self.posto + 1].testo}"
        etichette = [self.parte.etichette[n] for n in self._possibili()]
        return any(va_avanti(e, testo) and fin_dove(e.corpo, unite, TESTA.match(unite).end()) for e in etichette)

    def _apre_qualcosa(self, testo: str) -> str | None:
        """Opens what the text begins with; returns what follows it, None when it begins with nothing printed."""
        for etichetta in self.parte.intestazioni.values():
            if (fine := comincia(etichetta, testo)) is not None:
                self._chiudi()
                return testo[fine:].strip()
        for gruppo, etichetta in self.parte.gruppi.items():
            if self._e_gruppo(etichetta, testo) and (fine := comincia(etichetta, testo)) is not None:
                self._chiudi()
                self.gruppo = gruppo
                return testo[fine:].strip()
        for nome in self._possibili():
            etichetta = self.parte.etichette[nome]
            if (fine := comincia(etichetta, testo, come_scritta=not etichetta.forte)) is not None:
                self._apri_campo(nome)
                return testo[fine:].strip()
        return None

    def _e_gruppo(self, etichetta: Etichetta, testo: str) -> bool:
        return len(etichetta.corpo) >= 10 or bool(etichetta.numero) or chiave(testo) == etichetta.corpo

    def _possibili(self) -> list[str]:
        """Fields whose label may stand here: those of this group, and those that nothing else is called like."""
        nomi = self.parte.del_gruppo(self.gruppo) + [n for n in self.parte.campi if n in self.parte.sole]
        liberi = [n for n in dict.fromkeys(nomi) if not self._gia_scritto(n)]
        return sorted(liberi, key=lambda n: -len(self.parte.etichette[n].corpo))

    def _gia_scritto(self, nome: str) -> bool:
        if self.parte.a_righe and nome == next(iter(self.parte.campi)):
            return False
        return (self.parte.blocco.chiave, id(self.riga) if self.parte.a_righe else 0, nome) in self.scritti

    def _seguito(self, posto: int, testo: str) -> None:
        """What follows a label on its line: other labels, or the answer."""
        while self.parte and self.parte.campi and (resto := self._apre_qualcosa(testo)) is not None:
            testo = resto
            if not testo:
                return
        self._rispondi(posto, testo)

    # Answers.

    def _stampato(self, testo: str) -> bool:
        """Instructions of the form; and the titles of columns, where a table came as plain lines."""
        for etichetta in self.parole.stampati:
            if dove := self._fin_qui(etichetta):
                quanti, resto = dove
                da = self.posto + quanti - 1
                self._usa(quanti)
                if resto:
                    self._seguito(da, resto)
                return True
        if chiave(testo) in self.parole.sole or (self.parte and self._di_colonna(testo)):
            self._usa(1)
            return True
        return False

    def _di_colonna(self, testo: str) -> bool:
        return griglie.sono_titoli(self.parte, testo, in_cella=bool(self.brani[self.posto].tavola) and not self.campo)

    def _contenuto(self, testo: str) -> None:
        posto = self.posto
        self.posto += 1
        self._rispondi(posto, testo)

    def _rispondi(self, posto: int, testo: str) -> None:
        """A piece of the answer to what is open; under nothing, it stays among what was not recognised."""
        if self.parte is None:
            return
        blocco = self.parte.blocco
        if self.figlia is not None:
            figlie.leggi(self, self.figlia, self.riga, testo, posto)
        elif isinstance(blocco, Elenco):
            self._nome_nell_elenco(posto, testo)
        elif isinstance(blocco, Prospetto):
            importi_in_riga.leggi(self, posto, testo)
        elif isinstance(blocco, Cronoprogramma):
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
        posti = [(*dove, n) for n in nomi if not self._gia_scritto(n) and (dove := trova(self.parte.etichette[n], testo, 0))]
        return min(posti, key=lambda p: (p[0], -p[1])) if posti else None

    def _lungo_dentro(self, testo: str) -> tuple[int, int, str] | None:
        """In a page whose cells ran together, a label that is too long to be part of a sentence."""
        nomi = [n for n in self._possibili() if n != self.campo and self.parte.etichette[n].forte]
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
        self._apri_campo(nome)
        if resto := testo[fine:].strip():
            self._rispondi(posto, resto)

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
            self._nuova_riga("partecipazioni", numero=len(self.esito.di("partecipazioni")) + 1)
        self.riga.nome, self.riga.dove = nome.strip(" -–•*"), self.brani[posto].dove
        self.esito.usati.add(posto)

    # Closing.

    def _chiudi(self) -> None:
        """The answer to what is open is whole."""
        if self.campo and self.pezzi:
            breve = self.parte.breve(self.campo)
            righe = [testo for _, testo in self.pezzi]
            testo = " ".join(" ".join(righe).split()) if breve else unisci(righe, self.larghezza)
            self.scrivi(self.parte, self.riga if self.parte.a_righe else None, self.campo, testo, self.pezzi[0][0])
        self.campo, self.pezzi, self.figlia = "", [], None

    def scrivi(self, parte: Parte, riga, campo: str, testo: str, posto: int) -> None:
        """A cell was read; what the form leaves to be filled in is blank."""
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
        trovate = figlie.nominate(self.esito.di(definizione.fonte), testo)
        if trovate:
            comune = (parte.blocco.chiave, riga, campo, testo, self.brani[posto].dove)
            self.esito.letti.append(Letto(*comune, rimandi=tuple(trovate)))
        importo = importi_in_riga.nel_testo(testo) if "budget" in str(definizione.label).lower() else ""
        for altra in self.parole.parti.values():
            colonne = altra.blocco.colonne if importo and isinstance(altra.blocco, Prospetto) else ()
            if altra.blocco.fonte == parte.blocco.fonte and (nomi := [c.chiave for c in colonne if c.scrive == COSTI]):
                self.esito.letti.append(Letto(altra.blocco.chiave, riga, nomi[0], importo, self.brani[posto].dove))
        if importo or not trovate or figlie.detto_altro(trovate, testo):
            self.esito.usati.discard(posto)

    def _chiudi_blocco(self) -> None:
        self._chiudi()
        self._chiudi_regione()
        self.sospesi = []

    def _chiudi_regione(self) -> None:
        """The boxes of the block: all its options are looked for in all that stands there."""
        if not self.regione or self.parte is None:
            self.regione = []
            return
        testo = "\n".join(t for _, t in self.regione)
        presi: set[tuple[int, int]] = set()
        for nome, campo in self.parte.caselle.items():
            scelte, posti = caselle.segnate(testo, {str(k): str(v) for k, v in campo.choices if k})
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
            if not caselle.resto(pezzo, ritagliati):
                self.esito.usati.add(posto)
            inizio += len(pezzo) + 1
        self.regione = []

    def calcolato(self, etichetta: str, testo: str, posto: int) -> None:
        self.esito.calcolati.append(Calcolato(etichetta, testo, self.brani[posto].dove))
        self.esito.usati.add(posto)

    def riga_di(self, blocco: Blocco, nome: str, posto: int, codice: str = "") -> RigaLetta:
        """The row of that name among those already read, or one more."""
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
