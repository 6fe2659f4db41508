"""For the templates that read a scheda: which answers the paper prints on the line of a box rather than on their own.

A box «altro» and a short question «altro: quali» are one line of the form.
"""

from django import template

from ..schede.campo import Opzione
from ..schede.lettura import BloccoLetto, VoceLetta

register = template.Library()


@register.filter
def modelli(blocco: BloccoLetto) -> list[str]:
    """Return the templates that may read a block, the first that is there does: its own, or that of its kind when the edition
    that brought it along is not installed any more."""
    return [blocco["aspetto"], f"conciliazione/schede/lettura/{blocco['genere']}.html"]


@register.filter
def che_completa(opzione: Opzione, voci: list[VoceLetta]) -> VoceLetta | None:
    """Return the short question that goes on with the words of a box, if the block has one."""
    inizio = f"{opzione['etichetta']}:".casefold()
    return next((v for v in voci if not v["opzioni"] and v["etichetta"].casefold().startswith(inizio)), None)


@register.filter
def senza_completamenti(voci: list[VoceLetta]) -> list[VoceLetta]:
    """Return the questions that stand on a line of their own."""
    nelle_caselle = [che_completa(opzione, voci) for voce in voci for opzione in voce["opzioni"]]
    return [voce for voce in voci if voce not in nelle_caselle]
