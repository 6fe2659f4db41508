"""The page that takes a table in: the form that asks for it, and what the preview shows."""

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from . import FoglioIllegibile
from .anteprima import Anteprima
from .excel import leggi_xlsx
from .incollato import leggi_csv, leggi_testo
from .matrice import GUARDATE, Matrice, Uso, abbina, lettera
from .scelte import NUOVA, SALTA, Scelte
from .tavola import Tavola

TANTE = 20_000
"""Choices on one page beyond which they are no help to anybody: then a row is new, the one it was taken for, or left."""


class Carica(forms.Form):
    """A file, or a table pasted."""

    file = forms.FileField(
        label="Un file",
        required=False,
        allow_empty_file=True,
        help_text="Una cartella di Excel (.xlsx), anche fatta da te, o un file CSV; al massimo 5 MB.",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv,.txt"}),
    )
    testo = forms.CharField(
        label="Oppure una tabella incollata",
        required=False,
        strip=False,
        help_text="Seleziona le celle in Excel o la tabella in Word, copiale e incollale qui, con la riga delle intestazioni.",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 8, "spellcheck": "false", "data-incolla-tabella": True}),
    )

    def __init__(self, *args, tavola: Tavola, **opzioni):
        super().__init__(*args, **opzioni)
        self.tavola, self.matrice = tavola, None

    def clean(self):
        puliti = super().clean()
        file, testo = puliti.get("file"), puliti.get("testo") or ""
        if bool(file) == bool(testo.strip()) and "file" not in self.errors:
            self.add_error("file", "Scegli un file oppure incolla la tabella: uno dei due." if not file else _O_L_UNO)
        elif file:
            self._leggi("file", _dal_file, file, self.tavola)
        else:
            self._leggi("testo", leggi_testo, testo)
        return puliti

    def _leggi(self, campo: str, leggi, *che_cosa) -> None:
        try:
            self.matrice = leggi(*che_cosa)
        except FoglioIllegibile as errore:
            self.add_error(campo, str(errore))


_O_L_UNO = "C'è sia un file sia una tabella incollata: lascia solo quello che vuoi caricare."


def _dal_file(file, tavola: Tavola) -> Matrice:
    """The sheet that looks most like the table, where there are several."""
    if file.size > 5 * 1024 * 1024:
        raise FoglioIllegibile("Il file supera 5 MB: tieni solo il foglio che serve, o incolla la tabella.")
    dati = file.read()
    if file.name.lower().endswith((".csv", ".txt")) and not dati.startswith((b"PK", b"\xd0\xcf")):
        return leggi_csv(dati)
    fogli = leggi_xlsx(dati)
    return max(fogli, key=lambda m: len(abbina(m, tavola.colonne).scelte) if abbina(m, tavola.colonne).numero else 0)


def mandato(
    dati: QueryDict, file: MultiValueDict, tavola: Tavola, *, conferma: bool = False
) -> tuple[Carica | None, Matrice | None, Scelte]:
    """Return what came: the page of the preview again, or a table for the first time; no Matrice, and the form says why.

    Raises FoglioIllegibile for a page that did not arrive whole.
    """
    if conferma or "foglio" in dati:
        return None, Matrice.letta(dati.get("foglio", "")), Scelte.da(dati, conferma=conferma)
    form = Carica(dati, file, tavola=tavola)
    return form, (form.matrice if form.is_valid() else None), Scelte()


def da_capo(errore: FoglioIllegibile, tavola: Tavola) -> Carica:
    """Return the form that asks for a table, with why it is asked again."""
    form = Carica({}, tavola=tavola)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, str(errore))
    return form


def contesto(anteprima: Anteprima) -> dict:
    """Return what the template shows: everything said once, nothing to compute."""
    import json

    a = anteprima
    return {
        "foglio": Matrice(a.matrice.numeri, a.matrice.righe, a.matrice.nome).scritta(),
        "nome_foglio": a.matrice.nome,
        "seme": str(a.scelte.seme),
        "viste": json.dumps(a.viste(), separators=(",", ":")),
        "intestazione": a.intestazione.numero,
        "intestazioni": a.matrice.numeri[:GUARDATE],
        "colonne": _colonne(a),
        "possibili": a.tavola.colonne,
        "ignorate": [c["intestazione"] or c["lettera"] for c in _colonne(a) if not c["scelta"] or c["calcolata"]],
        "righe": a.righe,
        "prese": [c for c in a.colonne.values() if c.uso in (Uso.CAMPO, Uso.SEGNO)],
        "scelte_di_riga": _scelte_di_riga(a),
        "quante": list(a.quante.items()),
        "assenti": a.assenti,
        "svuotabili": any(c.svuotabile for r in a.righe for c in r.celle),
        "errori": a.errori,
        "rivista": a.scelte.rivista,
        "da_scrivere": len(a.prese),
        "titolo": a.tavola.titolo,
        "nuova": NUOVA,
        "salta": SALTA,
    }


def _colonne(anteprima: Anteprima) -> list[dict]:
    """Each column of the sheet, with what it was taken for and what it may be taken for."""
    testa = dict(zip(anteprima.matrice.numeri, anteprima.matrice.righe, strict=True)).get(anteprima.intestazione.numero)
    return [
        {
            "indice": i,
            "lettera": lettera(i),
            "intestazione": (testa[i] if testa else "").strip(),
            "esempio": next((r[i].strip() for n, r in anteprima._dati() if r[i].strip()), ""),
            "scelta": anteprima.intestazione.scelte.get(i, ""),
            "calcolata": (c := anteprima.colonne.get(i)) is not None and c.uso is Uso.CALCOLATA,
        }
        for i in range(anteprima.matrice.larghezza)
    ]


def _scelte_di_riga(anteprima: Anteprima) -> list[tuple[str, str]]:
    """What a row of the sheet may be decided to be."""
    righe = [(r.id, r.titolo or "(senza titolo)") for r in anteprima.tavola.righe if r.scrivibile]
    nuova = [(NUOVA, "riga nuova")] if anteprima.tavola.aggiunge else []
    troppe = len(righe) * len(anteprima.righe) > TANTE
    return [*nuova, *([] if troppe else righe), (SALTA, "non prendere")]
