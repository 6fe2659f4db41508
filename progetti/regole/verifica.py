"""A limit of the avviso, checked: which act states it, what the figures say, how it came out."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from conciliazione.italiano.importi import scrivi_importo as E
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.tipi import Luogo


class Esito(StrEnum):
    RISPETTATO = "rispettato"
    SUPERATO = "superato"
    NON_VERIFICABILE = "non verificabile"


@dataclass(frozen=True)
class Verifica:
    """`conto` is the working in words: «contributo 48.800,00 ≤ 70% di 69.800,00 = 48.860,00»."""

    regola: str
    parametro: str
    titolo: str
    esito: Esito
    conto: str
    atto: str
    luogo: Luogo
    messaggio: str = ""
    """What is told to who fills the scheda; nothing where all is well, or where another rule tells it."""
    dati: dict[str, Any] = field(default_factory=dict)

    @property
    def tono(self) -> str:
        return {Esito.RISPETTATO: "positivo", Esito.SUPERATO: "critico"}.get(self.esito, "attenzione")


def esito(rispettato: bool) -> Esito:
    return Esito.RISPETTATO if rispettato else Esito.SUPERATO


def limite(contenuto: Contenuto, parametro: str) -> Any:
    """What the avviso states; None is «not stated», and so is a parameter that an older content does not have."""
    return contenuto["avviso"].get(parametro)


def atto(contenuto: Contenuto, parametro: str) -> str:
    """The act that states a parameter, or else that of the avviso."""
    return (limite(contenuto, "fonti") or {}).get(parametro) or contenuto["avviso"]["atto"]


def percento(valore: Decimal | str) -> str:
    """«70%», «12,50%»."""
    return f"{E(Decimal(valore)).removesuffix(',00')}%"


def sopra(importo: Decimal, tetto: Decimal) -> dict[str, str]:
    return {"amount": f"{importo:.2f}", "ceiling": f"{tetto:.2f}", "difference": f"{importo - tetto:.2f}"}
