"""How much of an incentive may be granted, and why no more: each limit with its working. Euro; limits never round up."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from django.db.models import Sum
from django.utils import timezone

from conciliazione.italiano.importi import scrivi_euro, scrivi_percentuale

from ..models import MisuraIncentivo, RichiestaIncentivo
from .stati import Incentivo

CENTESIMO = Decimal("0.01")
ZERO = Decimal("0.00")
TRE_ANNI = 3


@dataclass(frozen=True)
class Limite:
    """The most that one rule lets grant, in euro, and the sentence that shows how it is reached."""

    importo: Decimal
    conto: str


def concesso(misura: MisuraIncentivo) -> Decimal:
    """Return what has been granted on this measure so far."""
    return misura.richieste.filter(stato=Incentivo.CONCESSA).aggregate(s=Sum("concesso"))["s"] or ZERO


def residuo(misura: MisuraIncentivo) -> Decimal:
    """Return what of the dotazione is left to grant."""
    return misura.dotazione - concesso(misura)


def limiti(richiesta: RichiestaIncentivo, giorno: date | None = None) -> list[Limite]:
    """Return every limit that holds for this request, the tightest first. What the measure does not state limits nothing."""
    misura = richiesta.misura
    tutti = [_della_dotazione(misura), *_della_spesa(richiesta)]
    if misura.massimo_per_impresa is not None:
        tutti.append(Limite(misura.massimo_per_impresa, f"massimo per impresa: {scrivi_euro(misura.massimo_per_impresa)}"))
    if misura.de_minimis:
        tutti.append(_de_minimis(richiesta, giorno or timezone.localdate()))
    return sorted(tutti, key=lambda limite: limite.importo)


def _della_dotazione(misura: MisuraIncentivo) -> Limite:
    gia, resta = concesso(misura), residuo(misura)
    conto = f"dotazione {scrivi_euro(misura.dotazione)} − già concessi {scrivi_euro(gia)} = {scrivi_euro(resta)}"
    return Limite(max(resta, ZERO), conto)


def _della_spesa(richiesta: RichiestaIncentivo) -> list[Limite]:
    percentuale, spesa = richiesta.misura.percentuale, richiesta.spesa
    trovati = (
        [] if richiesta.richiesto is None else [Limite(richiesta.richiesto, f"richiesto {scrivi_euro(richiesta.richiesto)}")]
    )
    if percentuale is not None and spesa is not None:
        quota = (spesa * percentuale / 100).quantize(CENTESIMO, ROUND_DOWN)
        trovati.append(Limite(quota, f"{scrivi_percentuale(percentuale)} di {scrivi_euro(spesa)} = {scrivi_euro(quota)}"))
    return trovati


def _de_minimis(richiesta: RichiestaIncentivo, giorno: date) -> Limite:
    """Reg. (UE) 2023/2831, art. 3: what one impresa unica may have in any three years."""
    massimo, avuti = richiesta.misura.de_minimis_massimo, avuti_nei_tre_anni(richiesta, giorno)
    resta = max(massimo - avuti, ZERO)
    conto = f"de minimis {scrivi_euro(massimo)} − avuti in tre anni {scrivi_euro(avuti)} = {scrivi_euro(resta)}"
    return Limite(resta, conto)


def avuti_nei_tre_anni(richiesta: RichiestaIncentivo, giorno: date) -> Decimal:
    """Return what was declared, and what this portal granted to the same firm and nobody declared."""
    dichiarati = [a for a in richiesta.aiuti.all() if inizio_del_triennio(giorno) < a.concesso_il <= giorno]
    return sum((a.importo for a in dichiarati), ZERO) + sum((r.concesso for r in taciuti(richiesta, giorno)), ZERO)


def inizio_del_triennio(giorno: date) -> date:
    """Return the same day three years before; of the 29th of February, the 28th."""
    try:
        return giorno.replace(year=giorno.year - TRE_ANNI)
    except ValueError:
        return giorno.replace(year=giorno.year - TRE_ANNI, day=28)


def taciuti(richiesta: RichiestaIncentivo, giorno: date) -> list[RichiestaIncentivo]:
    """De minimis that this portal granted to the firm in the three years, and that its declaration does not name."""
    dal = timezone.now() - timedelta(days=(giorno - inizio_del_triennio(giorno)).days)
    avute = RichiestaIncentivo.objects.filter(
        ente=richiesta.ente_id, stato=Incentivo.CONCESSA, misura__de_minimis=True, decisa_il__gt=dal
    ).exclude(pk=richiesta.pk)
    detti = {(a.concesso_il, a.importo) for a in richiesta.aiuti.all()}
    return [r for r in avute if (timezone.localdate(r.decisa_il), r.concesso) not in detti]
