"""What was understood of a sheet, cell by cell, before anything is written."""

import uuid

from ..schede.salvataggio import impronta
from ..schede.tipi import Valore, vuoto
from .celle import NON_CI_STA, Capito, NonCapito, capisci, riletto, segno, uguali
from .matrice import Intestazione, Matrice, Uso, abbina
from .riga import Cella, Riga
from .scelte import NUOVA, SALTA, Scelte
from .tavola import Riconoscitore, Tavola

_SPARITA = "Nel frattempo qualcuno ha eliminato questa riga: scegli «riga nuova» oppure «non prendere»."


class Anteprima:
    """The sheet read for a table, with what the person chose so far."""

    def __init__(self, tavola: Tavola, matrice: Matrice, scelte: Scelte):
        self.tavola, self.scelte = tavola, scelte
        self.matrice = matrice.con(scelte.corrette)
        self.intestazione = self._intestazione()
        self._leggi_tutto()
        if any(r.decisa == NUOVA for r in self.righe) and self._aggiungi_le_chieste():
            self._leggi_tutto()

    def _leggi_tutto(self) -> None:
        self.colonne = {i: c for i, k in self.intestazione.scelte.items() if (c := self.tavola.colonna(k))}
        self.righe = [self._riga(n, celle) for n, celle in self._dati()]
        self._ripetute()

    def _aggiungi_le_chieste(self) -> bool:
        """Give the sheet the columns that it lacks, so that what new rows must say can be said on the page."""
        mancano = [k for k in self.tavola.chieste if k not in self.intestazione.scelte.values()]
        for campo in mancano:
            self.intestazione.scelte[self.matrice.larghezza] = campo
            self.matrice = self.matrice.allargata(self.intestazione.numero, self.tavola.colonna(campo).etichetta)
        return bool(mancano)

    def _intestazione(self) -> Intestazione:
        trovata = abbina(self.matrice, self.tavola.colonne, self.scelte.intestazione)
        if self.scelte.colonne is None:
            return trovata
        return Intestazione(trovata.numero, {i: k for i, k in self.scelte.colonne.items() if k and i < self.matrice.larghezza})

    def _dati(self):
        """The rows below the headings."""
        return [(n, r) for n, r in zip(self.matrice.numeri, self.matrice.righe, strict=True) if n > self.intestazione.numero]

    # One row.

    def _riga(self, numero: int, scritte: tuple[str, ...]) -> Riga:
        prese = (Uso.CAMPO, Uso.SEGNO)
        riga = Riga(numero, [Cella(numero, i, c, scritte[i]) for i, c in self.colonne.items() if c.uso in prese])
        self._decidi(riga, scritte)
        self._leggi(riga)
        if riga.decisa not in ("", SALTA):
            self._confronta(riga)
        return riga

    def _decidi(self, riga: Riga, scritte: tuple[str, ...]) -> None:
        riga.proposta, perche = self._proponi(riga, scritte)
        riga.decisa = self.scelte.righe.get(riga.numero, riga.proposta)
        riga.nota = self.tavola.riga(riga.decisa)
        if (riga.decisa == NUOVA and not self.tavola.aggiunge) or (riga.decisa not in ("", NUOVA, SALTA) and not riga.nota):
            riga.decisa = ""
        if not riga.decisa:
            sparita = riga.numero in self.scelte.righe and not perche and riga.proposta == NUOVA
            riga.errore = _SPARITA if sparita else perche or self.tavola.senza_aggiunta
        riga.id = riga.nota.id if riga.nota else str(uuid.uuid5(self.scelte.seme, str(riga.numero)))

    def _proponi(self, riga: Riga, scritte: tuple[str, ...]) -> tuple[str, str]:
        per_uso = {c.uso: scritte[i] for i, c in self.colonne.items() if c.uso in (Uso.ID, Uso.NOME)}
        valori = {c.colonna.chiave: self._prova(c) for c in riga.celle if c.colonna.uso is Uso.CAMPO}
        pk, perche = Riconoscitore(self.tavola).trova(per_uso.get(Uso.ID, ""), per_uso.get(Uso.NOME, ""), valori)
        if not pk and _e_un_totale(scritte):
            return SALTA, ""
        if pk or perche:
            return pk, perche
        return (NUOVA, "") if self.tavola.aggiunge else ("", self.tavola.senza_aggiunta)

    def _prova(self, cella: Cella) -> Valore:
        try:
            return capisci(cella.colonna.campo, cella.scritto, self.tavola.nomi).valore if cella.scritto.strip() else None
        except NonCapito:
            return cella.scritto

    def _leggi(self, riga: Riga) -> None:
        for cella in riga.celle:
            if cella.colonna.uso is Uso.CAMPO:
                self._leggi_cella(riga, cella)
        for di in dict.fromkeys(c.colonna.di for c in riga.celle if c.colonna.uso is Uso.SEGNO):
            self._leggi_segni(riga, [c for c in riga.celle if c.colonna.di == di], di)

    def _leggi_cella(self, riga: Riga, cella: Cella) -> None:
        campo, prima = cella.colonna.campo, self._prima(riga, cella.colonna.chiave)
        cella.vecchio = campo.testo(prima) if not vuoto(prima) else ""
        cella.svuotabile = bool(riga.nota and riga.nota.scrivibile and not cella.scritto.strip() and not vuoto(prima))
        cella.svuota = cella.svuotabile and (cella.numero, cella.indice) in self.scelte.svuotate
        if cella.svuota:
            riga.valori[cella.colonna.chiave] = Capito([] if campo.genere in ("scelte", "rimandi") else [""], None)
        elif self._dice_qualcosa(riga, cella):
            self._capisci(riga, cella)

    def _dice_qualcosa(self, riga: Riga, cella: Cella) -> bool:
        """A blank says nothing, and so does a cell that is as it went out."""
        if not cella.scritto.strip() or cella.scritto == NON_CI_STA:
            return False
        prima = self._prima(riga, cella.colonna.chiave)
        return vuoto(prima) or not uguali(cella.scritto, riletto(cella.colonna.campo, prima))

    def _capisci(self, riga: Riga, cella: Cella) -> None:
        try:
            riga.valori[cella.colonna.chiave] = capisci(cella.colonna.campo, cella.scritto, self.tavola.nomi)
        except NonCapito as errore:
            cella.errore = str(errore)

    def _leggi_segni(self, riga: Riga, celle: list[Cella], di: str) -> None:
        """Ticks, one column for each choice: what has a tick is chosen; blank cells all over say nothing."""
        campo = celle[0].colonna.campo
        for cella in celle:
            if cella.scritto.strip() and segno(cella.scritto) is None:
                cella.errore = f"«{cella.scritto.strip()[:40]}» non è un segno: metti una x, oppure lascia vuoto."
        if not any(c.scritto.strip() for c in celle) or any(c.errore for c in celle):
            return
        scelte = [c.colonna.scelta for c in celle if segno(c.scritto)]
        if campo.genere == "scelta" and len(scelte) > 1:
            celle[-1].errore = "Qui va un segno solo: ce n'è più d'uno."
        elif campo.genere == "scelta":
            riga.valori[di] = Capito(scelte or [""], scelte[0] if scelte else None)
        else:
            riga.valori[di] = Capito(scelte, scelte or None)

    def _prima(self, riga: Riga, campo: str) -> Valore:
        return riga.nota.valori.get(campo) if riga.nota else None

    def _confronta(self, riga: Riga) -> None:
        """Leave of what was understood only what is news, and say it as people will read it."""
        for campo in list(riga.valori):
            if riga.nota and impronta(riga.valori[campo].valore) == impronta(self._prima(riga, campo)):
                del riga.valori[campo]
        for cella in riga.celle:
            nome = cella.colonna.di or cella.colonna.chiave
            if riga.nota and nome in riga.nota.fissi:
                self._lascia(riga, cella, nome)
            elif nome in riga.valori and not cella.errore:
                cella.cambia, cella.nuovo = True, cella.colonna.campo.testo(riga.valori[nome].valore)
        if riga.nota and not riga.nota.scrivibile and (riga.valori or any(c.errore for c in riga.celle)):
            riga.errore = "Questa riga non è tua: qui si legge soltanto. Scegli «non prendere» o togli la modifica dal foglio."

    @staticmethod
    def _lascia(riga: Riga, cella: Cella, nome: str) -> None:
        """What others keep is told, and left as it is."""
        if (nome in riga.valori and not cella.svuota) or cella.errore:
            cella.avviso = (
                f"nel portale è «{cella.vecchio}» e resta così" if cella.vecchio else "nel portale non c'è e resta così"
            )
        cella.errore, cella.svuotabile, cella.svuota = "", False, False
        riga.valori.pop(nome, None)

    def _ripetute(self) -> None:
        """Two rows of the sheet about the same one."""
        viste: dict[str, int] = {}
        for riga in self.righe:
            if riga.nota and riga.decisa != SALTA:
                if riga.nota.id in viste:
                    riga.errore = f"Anche la riga {viste[riga.nota.id]} parla di «{riga.titolo[:60]}»: tienine una sola."
                viste.setdefault(riga.nota.id, riga.numero)

    # As a whole.

    @property
    def errori(self) -> list[tuple[str, str, str]]:
        return [e for r in self.righe if r.decisa != SALTA for e in r.errori]

    @property
    def prese(self) -> list[Riga]:
        """The rows that say something to write."""
        return [r for r in self.righe if r.decisa not in ("", SALTA) and r.valori]

    @property
    def quante(self) -> dict[str, int]:
        stati = [r.stato for r in self.righe]
        return {s: stati.count(s) for s in dict.fromkeys(stati)}

    @property
    def assenti(self) -> int:
        """Rows of the portal that the sheet does not name: they stay."""
        nominate = {r.nota.id for r in self.righe if r.nota}
        return sum(r.id not in nominate for r in self.tavola.righe)

    def viste(self) -> Scelte.Viste:
        """Return what the person sees now, to be told from what will be there at the confirmation.

        Row 0 is that of the columns.
        """
        righe = {
            str(r.numero): {
                "proposta": r.proposta,
                "riga": r.decisa,
                "impronte": {c: impronta(r.nota.valori.get(c)) for c in r.campi} if r.nota else {},
            }
            for r in self.righe
        }
        return righe | {"0": {"colonne": {str(i): k for i, k in self.intestazione.scelte.items()}}}

    @property
    def da_rivedere(self) -> bool:
        """Whether what was chosen on the page makes another preview than the one that the person saw."""
        viste = self.scelte.viste
        righe = any(r.decisa not in ("", SALTA, viste.get(str(r.numero), {}).get("riga")) for r in self.righe)
        return righe or viste.get("0", {}).get("colonne") != self.viste()["0"]["colonne"]

    @property
    def cambiata(self) -> bool:
        """Whether somebody changed, since the preview, what one of its rows would write over."""
        return any(
            impronta(r.nota.valori.get(campo)) != self.scelte.impronte(r.numero).get(campo)
            for r in self.prese
            if r.nota
            for campo in r.valori
        )


def _e_un_totale(scritte: tuple[str, ...]) -> bool:
    prima = next((c for c in scritte if c.strip()), "")
    return prima.strip(" *").casefold().startswith(("totale", "totali", "somma"))
