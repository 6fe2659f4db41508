"""What every field of a scheda knows beside what those of Django do: how it travels, how it prints, what a blank means."""

from typing import Any, TypedDict

from django import forms

from .contenuto import Contenuto
from .tipi import Gravita, Valore, vuoto


class Opzione(TypedDict):
    """A printed option of boxes to tick."""

    etichetta: str
    scelta: bool


class Campo(forms.Field):
    """What every field of a scheda adds to Django's.

    manca: how grave it is to leave it blank at filing (None: it may stay blank).
    regola: the identifier of that segnalazione, where the default does not fit.
    nome: how one names it in a sentence, where the printed label does not do.
    gruppo: the printed heading that gathers this field with its neighbours.
    intestazione: a printed line that stands before the group.
    personale: data of a natural person, hidden from the other partners.
    condiviso: of an action that has parts, said once for the whole or for each of them, as the paper merges cells.
    in_parole: what the words of the form mean, in a plain line; only on the screen, the paper keeps its own.
    stampato: whether the form prints it; what a rule of the call needs and the paper does not ask is only on the screen.
    """

    genere = "riga"
    max_righe: int | None = None
    max_caratteri: int | None = None

    def __init__(
        self,
        label: str,
        *,
        manca: Gravita | None = Gravita.ERRORE,
        regola: str = "",
        nome: str = "",
        gruppo: str = "",
        intestazione: str = "",
        personale: bool = False,
        condiviso: bool = False,
        stampato: bool = True,
        in_parole: str = "",
        **opzioni: Any,
    ) -> None:
        self.manca, self.regola, self.gruppo, self.personale = manca, regola, gruppo, personale
        self.condiviso, self.stampato = condiviso, stampato
        self.in_parole = in_parole
        self.nome, self.intestazione = nome or label, intestazione
        super().__init__(label=label, required=False, **opzioni)
        self.widget.attrs.setdefault("class", "form-control")

    @property
    def limiti(self) -> list[str]:
        """How long its text may be, as forms say it."""
        massimi = {"righe": self.max_righe, "caratteri": self.max_caratteri}
        return [f"max {massimo} {cosa}" for cosa, massimo in massimi.items() if massimo]

    def prepara(self, contenuto: Contenuto) -> None:
        """Take from the content what the field depends on (choices among rows)."""

    def al_filo(self, pulito: Any) -> Valore:
        """Cleaned value → as it travels."""
        return None if vuoto(pulito) else str(pulito)

    def dal_filo(self, valore: Valore) -> Any:
        """As it travels → as a form shows it at first."""
        return valore

    def rifiuta(self, valore: Valore) -> str:
        """Why a value that came in a file cannot be one of this field; "" when it can, blank included."""
        return "" if valore is None or isinstance(valore, str) else "qui va un testo fra virgolette"

    def testo(self, valore: Valore) -> str:
        """As people read it."""
        return "" if vuoto(valore) else str(valore)

    def opzioni(self, valore: Valore) -> list[Opzione]:
        """For boxes to tick: every printed option, and whether it is ticked."""
        return []
