"""Asking for what is missing: whom, and in which words."""

from django import forms

from conciliazione.moduli import Vestito
from conciliazione.templatetags.italiano import data_ora

from ..models import Progetto


class Sollecita(Vestito):
    """`soggetti` are the rows of the board of who owes something."""

    soggetti = forms.MultipleChoiceField(
        label="A chi",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Spunta almeno un soggetto.", "invalid_choice": "Uno dei soggetti non deve più niente."},
    )
    testo = forms.CharField(
        label="Che cosa scrivere",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sotto queste parole ciascuno trova l'elenco di ciò che gli manca, con i collegamenti alle pagine.",
    )

    def __init__(self, *args, righe: list[dict], **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["soggetti"].choices = [(r["id"], r["denominazione"]) for r in righe]


def parole(progetto: Progetto) -> str:
    """The words that are proposed."""
    entro = f", che si chiude il {data_ora(progetto.avviso.chiude_il)}" if progetto.avviso.chiude_il else ""
    return (
        f"Buongiorno,\nper presentare la scheda «{progetto}» all'avviso{entro}, ci manca ancora la vostra parte. "
        "Vi chiediamo di completarla appena potete: bastano pochi minuti, anche dal telefono.\nGrazie"
    )
