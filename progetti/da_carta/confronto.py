"""What was read beside what the scheda says now: only blanks are filled, what differs and what cannot be read is told."""

import uuid
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from conciliazione.schede.contenuto import Contenuto, righe_di
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.tipi import Valore, vuoto

from ..scheda.rivedere import etichetta
from .esito import Esito, Letto, RigaLetta, Soggetto
from .parole import chiave


@dataclass(frozen=True)
class Proposta:
    """A cell that was read. scrive: it is blank here, and the value is one that the field takes."""

    blocco: str
    riga: str
    campo: str
    etichetta: str
    valore: Valore
    testo: str
    dove: str
    attuale: str = ""
    """What the scheda says there already."""
    motivo: str = ""
    """Why it cannot be taken."""

    @property
    def scrive(self) -> bool:
        return not self.attuale and not self.motivo


@dataclass
class Anteprima:
    proposte: list[Proposta] = field(default_factory=list)
    soggetti: list[Soggetto] = field(default_factory=list)
    """Those that are not in the scheda yet."""
    azioni: list[RigaLetta] = field(default_factory=list)
    esito: Esito = field(default_factory=Esito)

    @property
    def da_scrivere(self) -> list[Proposta]:
        return [p for p in self.proposte if p.scrive]

    @property
    def diversi(self) -> list[Proposta]:
        return [p for p in self.proposte if p.attuale and not p.motivo and p.attuale.strip() != p.testo.strip()]

    @property
    def uguali(self) -> list[Proposta]:
        return [p for p in self.proposte if p.attuale and not p.motivo and p.attuale.strip() == p.testo.strip()]

    @property
    def non_letti(self) -> list[Proposta]:
        return [p for p in self.proposte if p.motivo]


@dataclass
class Confronto:
    """One scheda and one paper. `contenuto` is a copy, where the new rows are added as if they were there."""

    edizione: Edizione
    contenuto: Contenuto
    esito: Esito
    righe: dict[int, str] = field(default_factory=dict)
    """Row read → row of the scheda."""
    nuove: dict[str, RigaLetta] = field(default_factory=dict)
    """Rows that are to be added, by the id that they will have."""

    def __post_init__(self):
        self.contenuto = deepcopy(self.contenuto)

    def anteprima(self, soggetti: list[Soggetto]) -> Anteprima:
        """soggetti: those of the paper, each with the row that it is here (none: it is left out)."""
        for soggetto in soggetti:
            self.righe |= {id(r): soggetto.riga for r in soggetto.righe if soggetto.riga}
        self._azioni()
        self._cofinanziamenti()
        self._altre()
        proposte = [p for gruppo in self._per_riga().values() for p in self._proposte(gruppo)]
        azioni = [r for r in self.nuove.values() if r.fonte == "azioni"]
        return Anteprima(proposte, [s for s in soggetti if s.nuovo], azioni, self.esito)

    # Rows.

    def _azioni(self) -> None:
        for letta in (a for a in self.esito.di("azioni") if a.nome or a.codice):
            trovata = next((a for a in self.contenuto["azioni"] if _e_lei(a, letta)), None)
            if trovata is None and letta.genere == "spese_generali":
                continue
            self._riga(letta, trovata, genere="azione", codice=letta.codice or None, titolo=letta.nome or None)

    def _riga(self, letta: RigaLetta, trovata: dict | None, **valori) -> None:
        """The row that is here or, where the form lets rows be added, a new one at the end."""
        if trovata is None:
            tabella = tabella_di(self.edizione, letta.fonte, figlia=letta.madre is not None)
            if tabella is None:
                return
            colonne = dict.fromkeys(next(iter(righe_di(self.contenuto, letta.fonte)), {})) | dict.fromkeys(tabella.campi())
            trovata = colonne | valori | {"id": str(uuid.uuid4())}
            if letta.fonte == "azioni":
                trovata |= {"padre": None, "genere": "azione"}
            righe_di(self.contenuto, letta.fonte).append(trovata)
            self.nuove[trovata["id"]] = letta
        self.righe[id(letta)] = trovata["id"]

    def _cofinanziamenti(self) -> None:
        """By azione and settore: that is all that a paper says of them."""
        settori = {s["id"]: s.get("settore") for s in self.contenuto["partecipazioni"]}
        for letta in self.esito.di("cofinanziamenti"):
            detti = {letto.campo: letto for letto in self.esito.letti if letto.riga is letta}
            azione = self.righe.get(id(detti["azione"].rimando)) if "azione" in detti else None
            settore = detti["settore"].testo if "settore" in detti else ""
            stesse = [
                c
                for c in self.contenuto["cofinanziamenti"]
                if c["azione"] == azione and (c["settore"] or settori.get(c["partecipazione"])) == settore
            ]
            self._riga(letta, stesse[0] if stesse else None)

    def _altre(self) -> None:
        for letta in self.esito.righe:
            if letta.fonte not in ("partecipazioni", "azioni", "cofinanziamenti"):
                if letta.madre is None:
                    self._riga(letta, next((r for r in righe_di(self.contenuto, letta.fonte) if _stesso(r, letta)), None))
                elif not self._ne_ha_gia(letta):
                    self._riga(letta, None)

    def _ne_ha_gia(self, letta: RigaLetta) -> bool:
        """Whether the row that it hangs from has rows of that kind already: then a person puts them together."""
        tabella = tabella_di(self.edizione, letta.fonte, figlia=True)
        if id(letta.madre) not in self.righe:
            return True
        mie = [r for r in righe_di(self.contenuto, letta.fonte) if r["id"] not in self.nuove]
        return tabella is None or any(r[tabella.padre] == self.righe.get(id(letta.madre)) for r in mie)

    # Cells.

    def _per_riga(self) -> dict[tuple[str, str], list[Letto]]:
        gruppi: dict[tuple[str, str], list[Letto]] = defaultdict(list)
        for letto in [*self._titoli(), *self.esito.letti]:
            riga = self._di_riga(letto)
            gruppi[letto.blocco, "?" if riga is None else riga].append(letto)
        return gruppi

    def _titoli(self) -> list[Letto]:
        """Code and titles of the azioni that are to be added: their table has the fields for them."""
        tabella = tabella_di(self.edizione, "azioni")
        letti = []
        for letta in self.nuove.values():
            if letta.fonte == "azioni" and tabella is not None:
                detti = {"codice": letta.codice, "titolo": letta.nome, "titolo_breve": letta.breve}
                if intera := self._intera(letta):
                    detti["padre"] = intera
                giro = [(c, t) for c, t in detti.items() if t and c in tabella.campi()]
                letti += [Letto(tabella.chiave, letta, campo, testo, letta.dove) for campo, testo in giro]
        return letti

    def _intera(self, letta: RigaLetta) -> str:
        """C1 and C2 are parts of C."""
        intero = letta.codice.rstrip("0123456789").rstrip(".")
        if intero == letta.codice:
            return ""
        return next((a["id"] for a in self.contenuto["azioni"] if a["codice"] == intero and a["padre"] is None), "")

    def _di_riga(self, letto: Letto) -> str | None:
        if letto.riga is None or isinstance(letto.riga, str):
            return letto.riga or ""
        return self.righe.get(id(letto.riga))

    def _proposte(self, letti: list[Letto]) -> list[Proposta]:
        """The cells of one row of a block: they are looked at together, because they must agree."""
        blocco = self.edizione.blocco(letti[0].blocco)
        chi = self._di_riga(letti[0])
        riga = next((r for r in blocco.righe(self.contenuto) if r["id"] == chi), None)
        if riga is None:
            return [self._fuori(blocco, letto) for letto in letti]
        nuovi = [letto for letto in letti if vuoto(self._attuale(blocco, riga, letto.campo))]
        form = blocco.form(self.contenuto, riga, data=self._dati(blocco, riga, nuovi))
        nuovi = [letto for letto in nuovi if letto.campo in form.fields]
        form.is_valid()
        return [self._proposta(blocco, riga, letto, form) for letto in letti if letto.campo in form.fields]

    def _attuale(self, blocco: Blocco, riga: dict, campo: str) -> Valore:
        """What the scheda says; of a row that is to be added, nothing: its name here is only to be called by."""
        if blocco.si_aggiunge and riga["id"] in self.nuove:
            return None
        return blocco.valore(self.contenuto, riga, campo)

    def _dati(self, blocco: Blocco, riga: dict, nuovi: list[Letto]) -> dict:
        dati = {}
        for nome, campo in blocco.form(self.contenuto, riga).fields.items():
            attuale = campo.dal_filo(self._attuale(blocco, riga, nome))
            dati[nome] = "" if attuale is None else attuale
        return dati | {letto.campo: self._scritto(letto, dati.get(letto.campo)) for letto in nuovi}

    def _scritto(self, letto: Letto, attuale):
        if letto.rimandi:
            return [self.righe[id(r)] for r in letto.rimandi if id(r) in self.righe]
        if letto.rimando is not None:
            return self.righe.get(id(letto.rimando), "")
        if letto.scelte is None:
            return letto.testo
        return list(letto.scelte) if isinstance(attuale, list) else letto.scelte[0]

    def _proposta(self, blocco: Blocco, riga: dict, letto: Letto, form) -> Proposta:
        campo, attuale = form.fields[letto.campo], self._attuale(blocco, riga, letto.campo)
        comune = {
            "blocco": blocco.chiave,
            "riga": riga["id"],
            "campo": letto.campo,
            "etichetta": etichetta(blocco, self._chiamata(riga), campo),
            "dove": letto.dove,
        }
        detto = _detto(campo, letto)
        if not vuoto(attuale):
            qui = campo.testo(attuale)
            testo = qui if self._uguale(campo, letto, attuale) else detto
            return Proposta(**comune, valore=None, testo=testo, attuale=qui)
        errori = list(form.errors.get(letto.campo, ()))
        if letto.scelte and len(letto.scelte) > 1 and not isinstance(campo.dal_filo(None), list):
            errori = ["Qui va segnata una casella sola: sul documento ce n'è più di una."]
        if errori:
            return Proposta(**comune, valore=None, testo=detto, motivo=" ".join(errori))
        valore = campo.al_filo(form.cleaned_data.get(letto.campo))
        if vuoto(valore):
            return Proposta(**comune, valore=None, testo=detto, motivo="Il documento qui non dice nulla che si possa scrivere.")
        return Proposta(**comune, valore=valore, testo=campo.testo(valore))

    def _chiamata(self, riga: dict) -> dict:
        """A row that is to be added and has no name of its own is called as the paper calls it."""
        letta = self.nuove.get(riga["id"])
        return riga if letta is None or riga.get("titolo") else riga | {"titolo": letta.nome}

    def _uguale(self, campo, letto: Letto, attuale: Valore) -> bool:
        try:
            letto_qui = campo.al_filo(campo.clean(self._scritto(letto, campo.dal_filo(attuale))))
        except ValidationError:
            return False
        return letto_qui == attuale or chiave(campo.testo(letto_qui)) == chiave(campo.testo(attuale))

    def _fuori(self, blocco: Blocco, letto: Letto) -> Proposta:
        nome = letto.riga.nome if isinstance(letto.riga, RigaLetta) else ""
        campo = blocco.campi()[letto.campo]
        return Proposta(
            blocco=blocco.chiave,
            riga="",
            campo=letto.campo,
            etichetta=etichetta(blocco, {"id": "", "denominazione": nome}, campo),
            valore=None,
            testo=_detto(campo, letto),
            dove=letto.dove,
            motivo=f"In questa scheda non c'è dove scriverlo{f' per «{nome}»' if nome else ''}.",
        )


def _detto(campo, letto: Letto) -> str:
    """What the paper says, in words."""
    if letto.scelte is None:
        return letto.testo
    return "; ".join(str(dict(campo.choices).get(s, s)) for s in letto.scelte)


def tabella_di(edizione: Edizione, fonte: str, *, figlia: bool = False) -> Blocco | None:
    """Return the table where rows of that kind are added."""
    return next((b for b in edizione.blocchi if b.fonte == fonte and b.si_aggiunge and bool(b.dentro) == figlia), None)


def _e_lei(azione: dict, letta: RigaLetta) -> bool:
    if letta.genere == "spese_generali" or azione["genere"] == "spese_generali":
        return letta.genere == azione["genere"]
    if letta.codice and azione["codice"]:
        return chiave(letta.codice) == chiave(azione["codice"])
    titoli = {chiave(azione[c] or "") for c in ("titolo", "titolo_breve")} - {""}
    return bool({chiave(letta.nome), chiave(letta.breve)} & titoli)


def _stesso(riga: dict, letta: RigaLetta) -> bool:
    return bool(letta.nome) and chiave(riga.get("titolo") or riga.get("descrizione") or "") == chiave(letta.nome)
