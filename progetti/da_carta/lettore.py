"""Reading a paper from the first line to the last: a printed title opens a block, a label a field, the rest is the answer.

What is between a recognised title and the next is the answer to it (`risposte`); what is under no title is given back as it is.
"""

import re

from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Edizione

from . import griglie
from .esito import Esito
from .estrazione import brani
from .parole import TESTA, Etichetta, chiave, comincia, fin_dove, separa_numero, va_avanti
from .risposte import Risposte
from .vocabolario import Titolo, Vocabolario

SOGGETTO = re.compile(r"\s*soggetto\s+n[.°\s]*([0-9]{1,2})\s*(?:\(\s*capofila\s*\))?[\s:–-]*", re.IGNORECASE)
A_PEZZI = 4
"""On how many lines a printed title may be broken."""


def leggi(edizione: Edizione, contenuto: Contenuto, testo: str) -> Esito:
    """Return all that the text of an old scheda says, by the words of this edition."""
    return Lettore(Vocabolario(edizione, contenuto), brani(testo)).leggi()


class Lettore(Risposte):
    def leggi(self) -> Esito:
        while self.posto < len(self.brani):
            brano = self.brani[self.posto]
            if brano.stampato or griglie.leggi(self, brano):
                self._usa(1) if brano.stampato else None
            elif not any(prova(brano.testo) for prova in (self._titolo, self._cambio_di_riga, self._etichetta, self._stampato)):
                self._contenuto(brano.testo)
        self.chiudi_blocco()
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
            self.chiudi()
            self.figlia = parte
            return
        if parte is None or parte is not self.parte or not titolo.campo:
            self.chiudi_blocco()
            self.parte, self.riga, self.gruppo = parte, None, ""
        if titolo.soggetto:
            self.nuova_riga("partecipazioni", numero=titolo.soggetto)
        elif parte and (campo := titolo.campo or ("" if parte.a_righe else parte.unico(titolo.etichetta))):
            self.apri_campo(campo)

    # Rows.

    def _cambio_di_riga(self, testo: str) -> bool:
        """In what each soggetto fills: «Soggetto n. 2», or its name as the title of its part."""
        if not self.parte or self.parte.blocco.fonte != "partecipazioni" or self.parte.blocco.altrove:
            return False
        if trovato := SOGGETTO.match(testo):
            self.chiudi()
            self._usa(1)
            self.nuova_riga("partecipazioni", numero=int(trovato[1]), nome=testo[trovato.end() :].strip())
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
        etichette = [self.parte.etichette[n] for n in self.possibili()]
        return any(va_avanti(e, testo) and fin_dove(e.corpo, unite, TESTA.match(unite).end()) for e in etichette)

    def _apre_qualcosa(self, testo: str) -> str | None:
        """Opens what the text begins with; returns what follows it, None when it begins with nothing printed."""
        for etichetta in self.parte.intestazioni.values():
            if (fine := comincia(etichetta, testo)) is not None:
                self.chiudi()
                return testo[fine:].strip()
        for gruppo, etichetta in self.parte.gruppi.items():
            if self._e_gruppo(etichetta, testo) and (fine := comincia(etichetta, testo)) is not None:
                self.chiudi()
                self.gruppo = gruppo
                return testo[fine:].strip()
        for nome in self.possibili():
            etichetta = self.parte.etichette[nome]
            if (fine := comincia(etichetta, testo, come_scritta=not etichetta.forte)) is not None:
                self.apri_campo(nome)
                return testo[fine:].strip()
        return None

    def _e_gruppo(self, etichetta: Etichetta, testo: str) -> bool:
        return len(etichetta.corpo) >= 10 or bool(etichetta.numero) or chiave(testo) == etichetta.corpo

    def _seguito(self, posto: int, testo: str) -> None:
        """What follows a label on its line: other labels, or the answer."""
        while self.parte and self.parte.campi and (resto := self._apre_qualcosa(testo)) is not None:
            testo = resto
            if not testo:
                return
        self.rispondi(posto, testo)

    # What the form prints.

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
        self.rispondi(posto, testo)
