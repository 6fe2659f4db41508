"""How Word draws what only this form prints so."""

from conciliazione.schede.esporta_docx import per_riga
from conciliazione.schede.lettura import BloccoLetto
from conciliazione.stampa.word import Carta


def per_codice(carta: Carta, blocco: BloccoLetto) -> None:
    """The activity cards in the order of their codes."""
    per_riga(carta, {**blocco, "righe": sorted(blocco["righe"], key=lambda riga: riga["codice"])})
