"""The sums of a scheda: every printed figure is one of these functions of the content, in euro, to the cent.

A sum of nothing is None: blank, which is not zero.
"""

from collections.abc import Iterable
from decimal import Decimal

from conciliazione.schede.contenuto import Contenuto, RigaCofinanziamento

PROSPETTO_AZIONI = "azioni"
"""The breakdown of cost by action."""


def _somma(importi: Iterable[str | None]) -> Decimal | None:
    addendi = [Decimal(importo) for importo in importi if importo is not None]
    return sum(addendi, Decimal("0.00")) if addendi else None


def settore_di(contenuto: Contenuto, riga: RigaCofinanziamento) -> str:
    """The settore of a cofinancing: that of its soggetto when there is one, or else the one said on the row."""
    for soggetto in contenuto["partecipazioni"]:
        if soggetto["id"] == riga["partecipazione"]:
            return soggetto["settore"]
    return riga["settore"] or ""


def costo(contenuto: Contenuto, riga: str | None = None, *, prospetto: str = PROSPETTO_AZIONI) -> Decimal | None:
    """Cost of an action or of a cost item or, without one, of the project, in one breakdown of it."""
    return _somma(
        c["importo"]
        for c in contenuto["costi"]
        if c["prospetto"] == prospetto and (riga is None or riga in (c["azione"], c["voce"], c["partecipazione"]))
    )


def cofinanziamento(
    contenuto: Contenuto, azione: str | None = None, *, settore: str = "", partecipazione: str = "", natura: str = ""
) -> Decimal | None:
    """Cofinancing of an action or of the project; of one settore; of one soggetto; of one natura."""
    return _somma(
        c["importo"]
        for c in contenuto["cofinanziamenti"]
        if azione in (None, c["azione"])
        and (not settore or settore_di(contenuto, c) == settore)
        and (not partecipazione or c["partecipazione"] == partecipazione)
        and (not natura or c["natura"] == natura)
    )


def cofinanziamento_pubblico(contenuto: Contenuto, azione: str | None = None) -> Decimal | None:
    return cofinanziamento(contenuto, azione, settore="pubblico")


def cofinanziamento_privato(contenuto: Contenuto, azione: str | None = None) -> Decimal | None:
    return cofinanziamento(contenuto, azione, settore="privato")


def contributo(contenuto: Contenuto, azione: str | None = None, *, prospetto: str = PROSPETTO_AZIONI) -> Decimal | None:
    """The contributo richiesto: cost less cofinancing, never negative: what exceeds the cost is a segnalazione.

    Where the leading breakdown is by action, that of the project is the sum of those of the actions, as the form adds them
    up, less what cofinances no action yet.
    """
    if azione is None and prospetto == PROSPETTO_AZIONI:
        return _somma_dei_contributi(contenuto)
    speso = costo(contenuto, azione, prospetto=prospetto)
    if speso is None:
        return None
    return max(speso - (cofinanziamento(contenuto, azione) or Decimal(0)), Decimal("0.00"))


def _somma_dei_contributi(contenuto: Contenuto) -> Decimal | None:
    if costo(contenuto) is None:
        return None
    delle_azioni = sum((contributo(contenuto, a["id"]) or Decimal(0) for a in contenuto["azioni"]), Decimal("0.00"))
    senza_azione = _somma(c["importo"] for c in contenuto["cofinanziamenti"] if c["azione"] is None)
    return max(delle_azioni - (senza_azione or Decimal(0)), Decimal("0.00"))
