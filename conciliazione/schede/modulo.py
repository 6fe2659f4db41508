"""A block as a web form: its rows, what was typed in them, and the values they were opened with."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.forms import BoundField
from django.http import QueryDict

from .campi import limita
from .contenuto import Contenuto, QualsiasiRiga, tutte_le_righe
from .disposizione import disposizione
from .edizione import Blocco, Scheda
from .salvataggio import RIGA, Conflitto, Esito, Impronte, appese, concilia, impronta, rimandi
from .segnalazioni import rifiuti
from .tipi import Righe, Valore, Valori, vuoto

IMPRONTA = "--i"
"""Suffix of the hidden input that carries the fingerprint of a field's original value."""
SCELTA = "--scelta"
"""Suffix of the choice between two texts, on the page of conflicts."""
ELIMINA = "--elimina"
PADRE = "padre"
"""The field that says of which azione another is a part."""
APPESE = "--appese"
"""Suffix of the hidden input that carries the fingerprint of what hangs from a row."""
CONTESA = "--contesa"
"""Suffix of the hidden input of a row that somebody else removed, on the page of conflicts."""


@dataclass
class Foglio:
    """One row of a block on the page: its form, and what goes around it. (Not attributes of the form: a template would
    find the field of the same name first.)"""

    form: Scheda
    riga: str
    nuova: bool
    titolo: str
    nome_elimina: str
    da_eliminare: bool
    impronte: list[tuple[str, str]] = field(default_factory=list)
    """Hidden inputs: the fingerprint of the value that each field was opened with."""


class Modulo:
    """The form of a block, or of one row of it.

    scrivibile: which rows the person may write; the others are only read.
    fissi: values that the person does not choose (a partner's rows are its own).
    limitati: the only rows that a field may point to.
    dati: what was sent; None for a page that is opened (`si_apre`).
    """

    def __init__(
        self,
        blocco: Blocco,
        contenuto: Contenuto,
        *,
        scrivibile: Callable[[QualsiasiRiga], bool],
        aggiunge: bool = False,
        sola_riga: str | None = None,
        nuove: int = 2,
        fissi: Valori | None = None,
        limitati: dict[str, set[str]] | None = None,
        dati: QueryDict | None = None,
    ) -> None:
        self.blocco, self.contenuto = blocco, contenuto
        self.si_apre, self.dati = dati is None, QueryDict() if dati is None else dati
        self.fissi, self.limitati = fissi or {}, limitati or {}
        self.appesa_a = {blocco.padre: blocco.della_riga} if blocco.della_riga else {}
        self.campi = blocco.campi()
        self.aggiunge = aggiunge and blocco.si_aggiunge
        righe = [r for r in blocco.righe(contenuto) if sola_riga in (None, r["id"])]
        self.tutte = {r["id"]: r for r in righe}
        self.note = {r["id"] for r in tutte_le_righe(contenuto)}
        self.righe = {r["id"]: r for r in righe if scrivibile(r)}
        self.nate_qui = set(self.dati.getlist(self.nome_righe))
        self.attuali: Righe = {pk: blocco.valori(contenuto, riga) for pk, riga in self.righe.items()}
        self.fogli: dict[str, Foglio] = {pk: self._foglio(pk) for pk in self._righe_in_pagina(nuove)}

    # Names of the inputs.

    def prefisso(self, riga: str) -> str:
        return f"{self.blocco.id}_{riga}" if riga else self.blocco.id

    @property
    def nome_righe(self) -> str:
        return f"{self.blocco.id}-righe"

    def nome(self, riga: str, campo: str) -> str:
        return f"{self.prefisso(riga)}-{campo}"

    # Building the forms.

    def _righe_in_pagina(self, nuove: int) -> list[str]:
        if self.si_apre:
            return [*self.righe, *(str(uuid.uuid4()) for _ in range(nuove if self.aggiunge else 0))]
        mandate = [self._riconosci(pk) for pk in (*self.dati.getlist(self.nome_righe), *self._sparite())]
        return list(dict.fromkeys([*self.righe, *mandate]))

    def _sparite(self) -> list[str]:
        """Rows that the page had and the table has no more: their fingerprints still travel."""
        if not self.aggiunge:
            return []
        inizio = f"{self.blocco.id}_"
        dette = (c.removeprefix(inizio)[:36] for c in self.dati if c.startswith(inizio) and c.endswith(IMPRONTA))
        return [pk for pk in dette if pk not in self.tutte]

    def _riconosci(self, pk: str) -> str:
        """A row that came from a browser: one that may be written, or a new one with a proper name."""
        if pk in self.righe:
            return pk
        if pk in self.note or not self.aggiunge:
            raise PermissionDenied
        try:
            return str(uuid.UUID(pk))
        except ValueError as errore:
            raise SuspiciousOperation("riga senza un nome valido") from errore

    def _foglio(self, pk: str) -> Foglio:
        form = self._form(pk)
        return Foglio(
            form=form,
            riga=pk,
            nuova=pk not in self.righe,
            titolo=self.blocco.titolo_riga(self.righe[pk]) if pk in self.righe else "",
            nome_elimina=self.prefisso(pk) + ELIMINA,
            da_eliminare=self._elimina(pk),
            impronte=self._impronte_da_mostrare(form, pk),
        )

    def _form(self, pk: str) -> Scheda:
        riga = self.righe.get(pk, {"id": pk})
        form = self.blocco.form(self.contenuto, riga, data=self._dati_di(pk), prefix=self.prefisso(pk))
        for campo in (*self.fissi, *self.appesa_a):
            form.fields.pop(campo, None)
        for campo, ammessi in self.limitati.items():
            limita(form.fields[campo], ammessi)
        form.initial = self._iniziali(form, pk)
        form.helper = disposizione(form)
        return form

    def _iniziali(self, form: Scheda, pk: str) -> dict[str, Any]:
        valori = self.attuali.get(pk, {})
        return {nome: campo.dal_filo(valori.get(nome)) for nome, campo in form.fields.items()}

    def _dati_di(self, pk: str) -> QueryDict | None:
        """What was sent for a row; a field that was not sent keeps the value that it has."""
        if self.si_apre:
            return None
        dati = QueryDict(mutable=True)
        for nome, campo in self.blocco.form(self.contenuto, {"id": pk}).fields.items():
            chiave = self.nome(pk, nome)
            if self._mandato(pk, nome):
                dati.setlist(chiave, self.dati.getlist(chiave))
            else:
                attuale = campo.dal_filo(self.attuali.get(pk, {}).get(nome))
                dati.setlist(chiave, attuale if isinstance(attuale, list) else [attuale if attuale is not None else ""])
        return dati

    def _mandato(self, pk: str, campo: str) -> bool:
        """Whether a field was sent, with its fingerprint: only boxes are sent as nothing, when none is ticked.

        A row that was new on the page has no fingerprints, also when it is sent again after having been written.
        """
        chiave = self.nome(pk, campo)
        if chiave + IMPRONTA in self.dati:
            return not self.campi[campo].widget.value_omitted_from_data(self.dati, {}, chiave)
        return chiave in self.dati and (pk not in self.righe or pk in self.nate_qui)

    def _impronte_da_mostrare(self, form: Scheda, pk: str) -> list[tuple[str, str]]:
        """Of what was sent, as it came; of what was not (it is shown as it is now) and of a page just opened, of now."""
        impronte = []
        for nome in form.fields:
            chiave = self.nome(pk, nome) + IMPRONTA
            mandata = self.dati.get(chiave)
            adesso = impronta(self.attuali[pk].get(nome)) if pk in self.righe and pk not in self.nate_qui else None
            if valore := mandata or adesso:
                impronte.append((chiave, valore))
        if pk in self.righe and self.aggiunge:
            impronte.append((self.prefisso(pk) + APPESE, self.appese(pk)))
        return impronte

    @cached_property
    def _rimandi(self) -> dict[str, list[dict[str, Any]]]:
        return rimandi(self.contenuto)

    def appese(self, pk: str) -> str:
        return appese(self.contenuto, pk, self._rimandi)

    # Reading what was sent.

    def valido(self) -> bool:
        """Whether everything typed can be understood; rows to be removed are not looked at, and what was wrong already
        and was not touched stops nobody: a segnalazione tells of it."""
        da_guardare = [foglio for foglio in self.fogli.values() if not foglio.da_eliminare]
        for foglio in da_guardare:
            self._tollera(foglio)
            self._chiedi_di_chi(foglio)
        self._dividi_una_volta(da_guardare)
        return all(foglio.form.is_valid() for foglio in da_guardare)

    def accetta(self) -> bool:
        """Whether everything typed can be saved. Where it cannot, `miei` are the fields that can be without the others, and
        each of the others says why it is not."""
        valido = self.valido()
        for foglio in [] if valido else self.fogli.values():
            if foglio.form.errors and not foglio.da_eliminare:
                self._trattieni(foglio)
        return valido

    def _trattieni(self, foglio: Foglio) -> None:
        """Keep back what the row would refuse more than it does now, if it were saved without the fields that are wrong."""
        form, puliti = foglio.form, foglio.form.cleaned_data
        nuovi = {
            nome: campo.al_filo(puliti[nome])
            for nome, campo in form.fields.items()
            if nome in puliti and self._mandato(foglio.riga, nome)
        }
        di_nessuno = any(campo in form.errors for campo in self.limitati)
        for nome in nuovi if di_nessuno else self._non_da_soli(foglio, nuovi):
            if impronta(nuovi[nome]) != impronta(self.attuali.get(foglio.riga, {}).get(nome)):
                form.add_error(nome, "Non è ancora salvato: aspetta che sia corretto il resto della riga.")

    def _non_da_soli(self, foglio: Foglio, nuovi: Valori) -> list[str]:
        """Which of these fields the row, as it is now, would not bear: none, if it bears them all."""
        form = self.blocco.form(self.contenuto, self.righe.get(foglio.riga, {"id": foglio.riga}))
        base: Valori = {**dict.fromkeys(self.campi), **self.appesa_a, **self.fissi, **self.attuali.get(foglio.riga, {})}
        gia = set(rifiuti(form, base))
        if set(rifiuti(form, base | nuovi)) <= gia:
            return []
        restano = list(nuovi)
        while presi := next((n for n in restano if set(rifiuti(form, base | {n: nuovi[n]})) <= gia), ""):
            base[presi] = nuovi[presi]
            restano.remove(presi)
        return restano

    def _tollera(self, foglio: Foglio) -> None:
        """Forgive a field that refuses the very value it was opened with."""
        for nome in [n for n in foglio.form.errors if n in foglio.form.fields]:
            mostrato, campo = foglio.form.initial[nome], foglio.form[nome]
            if not vuoto(mostrato) and campo.data == mostrato and self._rifiuta_da_solo(campo):
                del foglio.form.errors[nome]

    def _chiedi_di_chi(self, foglio: Foglio) -> None:
        """A row of one of several owners must say of which."""
        for campo in self.limitati:
            altro = any(not vuoto(v) for n, v in foglio.form.cleaned_data.items() if n != campo)
            if altro and not foglio.form.cleaned_data.get(campo) and campo not in foglio.form.errors:
                foglio.form.add_error(campo, "Indica per quale dei tuoi soggetti.")

    def _dividi_una_volta(self, fogli: list[Foglio]) -> None:
        """The parts of an azione have no parts: seen on the whole page, where two rows may name each other."""
        if self.blocco.fonte != "azioni" or PADRE not in self.campi:
            return
        padri = {riga["id"]: riga["padre"] for riga in self.contenuto["azioni"]}
        padri |= {f.riga: f.form.cleaned_data.get(PADRE) or None for f in fogli if f.form.is_valid()}
        for foglio in fogli:
            padre = padri.get(foglio.riga)
            if padre and PADRE not in foglio.form.errors and (padre == foglio.riga or padri.get(padre)):
                foglio.form.add_error(PADRE, "Un'azione divisa in parti non può essere parte di un'altra.")

    @staticmethod
    def _rifiuta_da_solo(campo: BoundField) -> bool:
        """Whether the field itself refuses its value, and not the block for what it says together with others."""
        try:
            campo.field.clean(campo.data)
        except ValidationError:
            return True
        return False

    def _elimina(self, pk: str) -> bool:
        return bool(self.aggiunge and self.dati.get(self.prefisso(pk) + ELIMINA))

    def miei(self) -> Righe:
        """What was typed, as it travels."""
        return {pk: self._miei(foglio) for pk, foglio in self.fogli.items() if not foglio.da_eliminare}

    def _miei(self, foglio: Foglio) -> Valori:
        pk, puliti = foglio.riga, foglio.form.cleaned_data
        valori = {
            nome: campo.al_filo(puliti.get(nome))
            for nome, campo in foglio.form.fields.items()
            if nome in puliti and self._mandato(pk, nome) and not self.tenuto_il_loro(pk, nome)
        }
        aperta_qui = foglio.nuova and not any(self.nome(pk, nome) + IMPRONTA in self.dati for nome in foglio.form.fields)
        if not all(vuoto(valore) for valore in valori.values()):
            valori |= self.fissi if aperta_qui else {}
            valori |= self.appesa_a if foglio.nuova else {}
        return valori

    def perduti(self) -> list[tuple[str, str]]:
        """What was typed in rows that are no more, where none can be put back: the field, and the text as typed."""
        if self.blocco.si_aggiunge:
            return []
        esistono = {r["id"] for r in self.blocco.righe(self.contenuto)}
        trovati = []
        for chiave in self.dati:
            riga, nome = self._di_chi(chiave)
            if nome in self.campi and riga not in esistono:
                scritto = " ".join(self.dati.getlist(self.nome(riga, nome)))
                if impronta(self._letto(nome, scritto)) != self.dati[chiave]:
                    trovati.append((str(self.campi[nome].label), scritto))
        return trovati

    def _di_chi(self, chiave: str) -> tuple[str, str]:
        """Row and field of the name of a fingerprint."""
        inizio = f"{self.blocco.id}_"
        if not (chiave.startswith(inizio) and chiave.endswith(IMPRONTA)):
            return "", ""
        resto = chiave.removeprefix(inizio).removesuffix(IMPRONTA)
        return resto[:36], resto[37:]

    def _letto(self, nome: str, scritto: str) -> Valore:
        try:
            return self.campi[nome].al_filo(self.campi[nome].clean(scritto))
        except ValidationError:
            return scritto

    def impronte(self) -> Impronte:
        trovate: Impronte = {}
        for pk, foglio in self.fogli.items():
            for nome in foglio.form.fields:
                if valore := self.dati.get(self.nome(pk, nome) + IMPRONTA):
                    trovate.setdefault(pk, {})[nome] = valore
        return trovate

    def concilia(self) -> Esito:
        eliminate = frozenset(pk for pk, foglio in self.fogli.items() if foglio.da_eliminare)
        esito = concilia(self.attuali, self.miei(), self.impronte(), eliminate)
        for riga in [r for r in esito.da_scrivere if r in self.righe and not self._stanno_insieme(r, esito.da_scrivere[r])]:
            self._contendi(riga, esito)
        for riga in [r for r in esito.da_eliminare if self.dati.get(self.prefisso(r) + APPESE) != self.appese(r)]:
            esito.da_eliminare.discard(riga)
            esito.conflitti.append(Conflitto(riga, RIGA, None, self.attuali[riga]))
        return esito

    def _stanno_insieme(self, riga: str, nuovi: Valori) -> bool:
        """Whether what would be written agrees with what others wrote in the same row meanwhile."""
        form, attuali = self.blocco.form(self.contenuto, self.righe[riga]), self.attuali[riga]
        return set(rifiuti(form, attuali | nuovi)) <= set(rifiuti(form, attuali))

    def _contendi(self, riga: str, esito: Esito) -> None:
        """Two changes, each right by itself and wrong together: all that differs in the row is for a person to choose."""
        del esito.da_scrivere[riga]
        esito.conflitti = [c for c in esito.conflitti if c.riga != riga]
        form = self.fogli[riga].form
        for nome, campo in form.fields.items():
            mio, loro = campo.al_filo(form.cleaned_data.get(nome)), self.attuali[riga].get(nome)
            if nome not in form.errors and self._mandato(riga, nome) and impronta(mio) != impronta(loro):
                esito.conflitti.append(Conflitto(riga, nome, mio, loro))

    def tenuto_il_loro(self, pk: str, campo: str) -> bool:
        return self.dati.get(self.nome(pk, campo) + SCELTA) == "loro"
