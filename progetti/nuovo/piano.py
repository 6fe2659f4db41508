"""What of a previous project is written where in a new scheda, and what has no place in it.

A pure function of the two forms and of the old content: nothing is read from the database, nothing written.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from conciliazione.italiano.importi import scrivi_euro
from conciliazione.schede.contenuto import Contenuto, righe_di
from conciliazione.schede.edizione import COFINANZIAMENTI, COSTI, Blocco, Colonna, Edizione
from conciliazione.schede.prospetto import VOCI, Prospetto, prospetti, voci_di
from conciliazione.schede.tipi import Valore, vuoto

from ..contenuto import COLONNE, COLONNE_PROGETTO, MOLTI, TABELLA_DI
from ..edizioni.corrispondenze import ANAGRAFICA, DEL_PASSATO, corrispondente
from ..scheda.rivedere import etichetta

STRUTTURA = {"ruolo", "genere", "padre", "partecipazione", "azione", "azioni"}
"""Columns that make a row what it is, whether or not the form asks them."""
PASSATO = "riguarda solo quel progetto: nella nuova scheda va scritto di nuovo"
SENZA_POSTO = "la nuova scheda non lo chiede"


@dataclass(frozen=True)
class NonPortato:
    """Something that was written and has no place in the new scheda."""

    dove: str
    testo: str
    perche: str


@dataclass
class Piano:
    """riga → campo → valore, by block of the new form; rows have the names that they will have there."""

    celle: dict[str, dict[str, dict[str, Valore]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    nascoste: dict[str, dict[str, dict[str, Valore]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    """The same, of what is carried along and asked nowhere (whose part an azione is)."""
    non_portati: list[NonPortato] = field(default_factory=list)


def pianifica(da: Edizione, dati: Contenuto, a: Edizione, fresco: Contenuto, ids: dict[str, str]) -> Piano:
    """Return the plan of a copy: from a form and its content to another and what it says at birth; ids: old row → new one."""
    return _Lettura(da, dati, a, fresco, ids).fai()


class _Lettura:
    """One reading of the old scheda, cell by cell."""

    def __init__(self, da: Edizione, dati: Contenuto, a: Edizione, fresco: Contenuto, ids: dict[str, str]):
        self.da, self.dati, self.a, self.fresco, self.ids = da, dati, a, fresco, ids
        self.piano = Piano()
        self.uguali = da.codice == a.codice
        # Choices among rows are those of the old content: their names change together with the rows.
        self.campi = {b.chiave: b.campi_pronti(dati | {"avviso": fresco["avviso"]}) for b in a.blocchi}
        self.viste: set[tuple[str, str]] = set()

    def fai(self) -> Piano:
        for fonte in (f for f in COLONNE if f not in ("partecipazioni", "cofinanziamenti")):
            for riga in righe_di(self.dati, fonte):
                self._struttura(fonte, riga)
        for blocco in self.da.blocchi:
            if blocco.risponde and blocco.fonte != "cofinanziamenti":
                for riga in blocco.righe(self.dati):
                    self._riga(blocco, riga)
        for costo in self.dati["costi"]:
            self._costo(costo)
        for riga in self.dati["cofinanziamenti"]:
            self._cofinanziamento(riga)
        return self.piano

    # Rows.

    def _portata(self, fonte: str, riga: dict) -> bool:
        """Whether the new form has rows of that kind, this one among them."""
        if riga.get("genere") == "spese_generali" and not self.a.spese_generali:
            return False
        return any(b.fonte == fonte and self.campi[b.chiave] for b in self.a.blocchi)

    def _struttura(self, fonte: str, riga: dict) -> None:
        """The row itself, with what links it to others; what the form asks of it comes with its cells."""
        loro = [b for b in self.a.blocchi if b.fonte == fonte and b.risponde]
        blocco = next((b for b in sorted(loro, key=lambda b: not b.si_aggiunge)), None)
        if blocco is None or not self._portata(fonte, riga) or riga["id"] not in self.ids:
            return
        valori = {c: self._tradotto(c, riga[c]) for c in COLONNE[fonte] if c in STRUTTURA and not vuoto(riga[c])}
        if any(c in TABELLA_DI and v is None and c not in ("padre", *MOLTI) for c, v in valori.items()):
            return
        self.piano.nascoste[blocco.chiave][self.ids[riga["id"]]] |= valori

    def _tradotto(self, colonna: str, valore: Valore) -> Valore:
        if colonna not in TABELLA_DI:
            return valore
        if isinstance(valore, list):
            return [self.ids[v] for v in valore if v in self.ids]
        return self.ids.get(valore)

    # Cells.

    def _riga(self, blocco: Blocco, riga: dict) -> None:
        for nome, campo in blocco.form(self.dati, riga).fields.items():
            valore = blocco.valore(self.dati, riga, nome)
            if vuoto(valore) or self._gia_vista(blocco, riga, nome):
                continue
            posto, perche = self._posto(blocco, riga, nome, valore)
            if posto is None:
                detto = campo.testo(valore)
                self.piano.non_portati.append(NonPortato(etichetta(blocco, riga, campo), detto, perche))
            elif not self._gia_scritto(*posto, riga):
                chi = self.ids[riga["id"]] if riga["id"] else ""
                self.piano.celle[posto[0]][chi][posto[1]] = self._rimandi(posto, valore)

    def _gia_vista(self, blocco: Blocco, riga: dict, nome: str) -> bool:
        """A column may be asked in several blocks: it is told of once."""
        if nome not in self._promosse(blocco):
            return False
        chi = (blocco.fonte + riga["id"], nome)
        vista = chi in self.viste
        self.viste.add(chi)
        return vista

    def _promosse(self, blocco: Blocco) -> tuple[str, ...]:
        return COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO

    def _posto(self, blocco: Blocco, riga: dict, nome: str, valore: Valore) -> tuple[tuple[str, str] | None, str]:
        if nome in DEL_PASSATO and nome in self._promosse(blocco):
            return None, PASSATO
        if blocco.fonte and not (self._portata(blocco.fonte, riga) and riga["id"] in self.ids):
            return None, SENZA_POSTO
        if self.uguali:
            return (blocco.chiave, nome), ""
        for posto in self._candidati(blocco, riga, nome):
            if motivo := self._rifiuto(posto, valore):
                return None, motivo
            return posto, ""
        return None, SENZA_POSTO

    def _candidati(self, blocco: Blocco, riga: dict, nome: str):
        altro = corrispondente(self.da, self.a, (blocco.chiave, nome))
        if altro and altro[1] in self.campi.get(altro[0], {}):
            yield altro
        if nome in self._promosse(blocco) or (blocco.fonte == "partecipazioni" and nome.startswith(ANAGRAFICA)):
            for altro in self.a.blocchi:
                mio = altro.fonte == blocco.fonte and altro.risponde
                if mio and nome in self.campi[altro.chiave] and altro.filtro(riga):
                    yield altro.chiave, nome

    def _rifiuto(self, posto: tuple[str, str], valore: Valore) -> str:
        campo = self.campi[posto[0]][posto[1]]
        try:
            campo.clean(campo.dal_filo(valore))
        except ValidationError as errore:
            return " ".join(errore.messages)
        return ""

    def _gia_scritto(self, blocco: str, campo: str, riga: dict) -> bool:
        """What the register of the ente says today is worth more than the old copy."""
        chi = self.ids[riga["id"]] if riga["id"] else ""
        definizione = self.a.blocco(blocco)
        if definizione.fonte not in ("partecipazioni", "referenti"):
            return False
        qui = next((r for r in self.fresco.get(definizione.fonte, ()) if r["id"] == chi), None)
        return bool(qui) and not vuoto(definizione.valore(self.fresco, qui, campo))

    def _rimandi(self, posto: tuple[str, str], valore: Valore) -> Valore:
        """Of a choice among rows, the same rows under their new names."""
        if not getattr(self.campi[posto[0]].get(posto[1]), "fonte", ""):
            return valore
        return [self.ids.get(v, v) for v in valore] if isinstance(valore, list) else self.ids.get(valore, valore)

    # Money.

    def _colonne(self, scrive: str) -> list[tuple[Prospetto, Colonna]]:
        return [(b, c) for b in prospetti(self.a) for c in b.colonne if c.scrive == scrive]

    def _costo(self, costo: dict) -> None:
        for blocco, colonna in self._colonne(COSTI):
            if blocco.nome == costo["prospetto"] and (riga := self._riga_del_costo(blocco, costo)):
                self.piano.celle[blocco.chiave][riga][colonna.chiave] = costo["importo"]
                return
        dove = " · ".join(filter(None, ("Costo", self._nome(costo))))
        self.piano.non_portati.append(NonPortato(dove, scrivi_euro(Decimal(costo["importo"])), SENZA_POSTO))

    def _riga_del_costo(self, blocco: Prospetto, costo: dict) -> str:
        if blocco.fonte == VOCI:
            return self._voce(blocco, costo["voce"]) if costo["voce"] else ""
        fonte, vecchia = blocco.fonte, costo[{"azioni": "azione", "partecipazioni": "partecipazione"}[blocco.fonte]]
        riga = next((r for r in righe_di(self.dati, fonte) if r["id"] == vecchia), None)
        return self.ids.get(vecchia, "") if riga and self._portata(fonte, riga) else ""

    def _voce(self, blocco: Prospetto, codice: str) -> str:
        """The cost item that is the same: by its title, or because only one of each form is of that kind."""
        vecchie, nuove = self._voci(self.da, self.dati, blocco.nome), voci_di(blocco, self.fresco)
        vecchia = next((v for v in vecchie if v["id"] == codice), None)
        if vecchia is None:
            return ""
        uguali = [v for v in nuove if v["titolo"] == vecchia["titolo"]]
        sole = [v for v in nuove if vecchia["genere"] and v["genere"] == vecchia["genere"]]
        sola = len([v for v in vecchie if v["genere"] == vecchia["genere"]]) == 1 == len(sole)
        return uguali[0]["id"] if uguali else sole[0]["id"] if sola else ""

    def _voci(self, edizione: Edizione, dati: Contenuto, nome: str) -> list[dict]:
        blocco = next((b for b in prospetti(edizione) if b.fonte == VOCI and b.nome == nome), None)
        return voci_di(blocco, dati) if blocco else []

    def _cofinanziamento(self, riga: dict) -> None:
        """Never confirmed, and without the act that promised it."""
        nome = " · ".join(filter(None, ("Cofinanziamento", self._nome(riga))))
        if riga["atto"]:
            self.piano.non_portati.append(NonPortato(f"{nome} · Atto di impegno", riga["atto"], PASSATO))
        if vuoto(riga["importo"]):
            return
        if not (self._in_tabella(riga) or self._in_cella(riga)):
            self.piano.non_portati.append(NonPortato(nome, scrivi_euro(Decimal(riga["importo"])), SENZA_POSTO))

    def _in_tabella(self, riga: dict) -> bool:
        blocco = next((b for b in self.a.blocchi if b.fonte == COFINANZIAMENTI and b.si_aggiunge), None)
        if blocco is None:
            return False
        azione = next((a for a in self.dati["azioni"] if a["id"] == riga["azione"]), None)
        valori = {c: self._tradotto(c, riga[c]) for c in COLONNE[COFINANZIAMENTI] if c != "atto" and not vuoto(riga[c])}
        if azione is None or not self._portata("azioni", azione):
            valori.pop("azione", None)
        if "azione" not in self.campi[blocco.chiave]:
            valori.pop("azione", None)  # a link that nobody sees would keep the azione from being removed
        for campo, valore in valori.items():
            parte = self.piano.celle if campo in self.campi[blocco.chiave] else self.piano.nascoste
            parte[blocco.chiave][self.ids[riga["id"]]][campo] = valore
        return True

    def _in_cella(self, riga: dict) -> bool:
        """Where the form asks it in a table of amounts: the cell of that soggetto (or azione), and of that nature."""
        for blocco, colonna in self._colonne(COFINANZIAMENTI):
            chi = riga[{"azioni": "azione", "partecipazioni": "partecipazione"}.get(blocco.fonte, "azione")]
            if chi in self.ids and all(riga[c] == v for c, v in colonna.cella.items()):
                celle = self.piano.celle[blocco.chiave][self.ids[chi]]
                celle[colonna.chiave] = f"{Decimal(celle.get(colonna.chiave) or 0) + Decimal(riga['importo']):.2f}"
                return True
        return False

    def _nome(self, riga: dict) -> str:
        """Of what an amount is: the soggetto, the azione, the cost item."""
        righe = {r["id"]: r for fonte in ("partecipazioni", "azioni") for r in self.dati[fonte]}
        chi = [righe[riga[c]] for c in ("partecipazione", "azione") if riga.get(c) in righe]
        voce = next(
            (
                v["titolo"]
                for b in prospetti(self.da)
                if b.fonte == VOCI
                for v in voci_di(b, self.dati)
                if v["id"] == riga.get("voce")
            ),
            "",
        )
        return " · ".join(filter(None, (*(r.get("denominazione") or r.get("titolo") or "" for r in chi), voce)))
