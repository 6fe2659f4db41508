"""How a sportello goes: figures in which there is no question and no person."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.utils import timezone

from ..models import Alleanza, Quesito
from ..stati import APERTI, Domande
from .orologio import durata


class Mediana(Aggregate):
    """The value in the middle (PostgreSQL, `percentile_cont`)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Riga:
    """The figures of a topic, or of all of them. `mediana` is solar time from question to answer, None without answers."""

    argomento: str
    totale: int
    risposti: int
    nei_termini: int
    mediana: timedelta | None
    aperti: int
    scaduti: int
    ritirati: int
    quota: int = 0
    """How long its bar is, in hundredths of that of the topic with most questions."""

    @property
    def percento(self) -> int | None:
        """Return how many percent of the answers came in time; None without answers. 99,6 is not 100."""
        return self.nei_termini * 100 // self.risposti if self.risposti else None

    @property
    def mediana_detta(self) -> str:
        return durata(self.mediana) if self.mediana is not None else ""


@dataclass(frozen=True)
class Statistiche:
    righe: list[Riga]
    totale: Riga


def di(alleanza: Alleanza, dal: date | None, al: date | None, adesso: datetime) -> Statistiche:
    """Return the figures of the questions that came to an alleanza between two days, both included; none means no limit."""
    quesiti = _del_periodo(Quesito.objects.filter(sportello__alleanza=alleanza), dal, al)
    cifre = _cifre(adesso)
    nomi = dict(Quesito.Argomento.choices)
    per_argomento = quesiti.order_by().values("argomento").annotate(**cifre)
    massimo = max((riga["totale"] for riga in per_argomento), default=1)
    altro = [{"argomento": nomi[riga["argomento"]], "quota": riga["totale"] * 100 // massimo} for riga in per_argomento]
    righe = [Riga(**riga | suo) for riga, suo in zip(per_argomento, altro, strict=True)]
    totale = Riga(argomento="in tutto", **quesiti.aggregate(**cifre))
    return Statistiche(sorted(righe, key=lambda r: (-r.totale, r.argomento)), totale)


def _del_periodo(quesiti: QuerySet, dal: date | None, al: date | None) -> QuerySet:
    """Days as they are in Italy."""
    qui = timezone.get_current_timezone()
    if dal:
        quesiti = quesiti.filter(chiesto_il__gte=datetime.combine(dal, time.min, qui))
    if al:
        quesiti = quesiti.filter(chiesto_il__lt=datetime.combine(al + timedelta(days=1), time.min, qui))
    return quesiti


def _cifre(adesso: datetime) -> dict:
    risposti, aperti = Q(stato=Domande.RISPOSTO), Q(stato__in=APERTI)
    return {
        "totale": Count("pk"),
        "risposti": Count("pk", filter=risposti),
        "nei_termini": Count("pk", filter=risposti & Q(risposto_il__lte=F("entro"))),
        "mediana": Mediana(F("risposto_il") - F("chiesto_il"), filter=risposti),
        "aperti": Count("pk", filter=aperti),
        "scaduti": Count("pk", filter=aperti & Q(entro__lt=adesso)),
        "ritirati": Count("pk", filter=Q(stato=Domande.RITIRATO)),
    }
