"""Clocks of days (art. 2, L. 241/1990). The day on which one begins does not count, and the last one does, also on a holiday.

A clock stops once, for at most thirty days, while somebody is asked for what is missing; then it goes on by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateField, F, Func, IntegerField, Model, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Least
from django.utils import timezone

from ..models import Termine
from ..templatetags.italiano import data

FERMO_MASSIMO = 30
"""Days that a clock may stand still (art. 2, par. 7)."""
ESAME, INTEGRAZIONE = "esame", "integrazione"
"""The clock of who examines, and that of who was asked for something."""
NOMI = {ESAME: "Esame", INTEGRAZIONE: "Risposta alle integrazioni"}


# How it counts: pure, told what day it is.


def giorni_fermi(termine: Termine, oggi: date) -> int:
    """Return for how many days it stood still, up to today."""
    if termine.sospeso_dal is None:
        return 0
    return min(((termine.sospeso_al or max(oggi, termine.sospeso_dal)) - termine.sospeso_dal).days, FERMO_MASSIMO)


def fine(termine: Termine, oggi: date) -> date:
    """Return its last day, as it is known today: while it stands still, that goes on by a day each day."""
    return termine.dal + timedelta(days=termine.giorni + giorni_fermi(termine, oggi))


def restano(termine: Termine, oggi: date) -> int:
    """Return the days that are left; 0 is the last one, fewer than 0 is how late it is.

    Of a closed one, on the day it was closed.
    """
    giorno = termine.chiuso_il or oggi
    return (fine(termine, giorno) - giorno).days


def fermo(termine: Termine, oggi: date) -> bool:
    if termine.chiuso_il or termine.sospeso_dal is None or termine.sospeso_al is not None:
        return False
    return (oggi - termine.sospeso_dal).days < FERMO_MASSIMO


@dataclass(frozen=True)
class Orologio:
    """A clock in words, the same for who asks and for who answers. `entro` is its last day, or its last moment where it counts
    hours; it may be unknown while the clock stands still."""

    detto: str
    tono: str
    entro: date | datetime | None = None
    nome: str = ""
    corre: bool = False
    scaduto: bool = False

    @property
    def scade_il(self) -> datetime | None:
        """The moment by which: of a day its last minute, in Italy."""
        if self.entro is None or isinstance(self.entro, datetime):
            return self.entro
        return timezone.make_aware(datetime.combine(self.entro, time(23, 59)))


def orologio(termine: Termine, oggi: date) -> Orologio:
    nome, giorni = NOMI.get(termine.nome, termine.nome), restano(termine, oggi)
    if termine.chiuso_il:
        come = "nei termini" if giorni >= 0 else f"{_giorni(-giorni)} oltre il termine"
        return Orologio(f"chiuso il {data(termine.chiuso_il)}, {come}", "positivo" if giorni >= 0 else "critico", nome=nome)
    if fermo(termine, oggi):
        poi = "resterà un giorno" if giorni == 1 else f"resteranno {giorni} giorni"
        return Orologio(f"fermo dal {data(termine.sospeso_dal)}: alla ripresa {poi}", "neutro", nome=nome)
    entro = fine(termine, oggi)
    if giorni < 0:
        return Orologio(f"scaduto il {data(entro)}, da {_giorni(-giorni)}", "critico", entro, nome, corre=True, scaduto=True)
    quanto = "scade oggi" if giorni == 0 else f"entro il {data(entro)}: {_resta(giorni)}"
    return Orologio(quanto, "attenzione" if giorni <= 5 else "informativo", entro, nome, corre=True)


def _giorni(quanti: int) -> str:
    return "un giorno" if quanti == 1 else f"{quanti} giorni"


def _resta(quanti: int) -> str:
    return "resta un giorno" if quanti == 1 else f"restano {quanti} giorni"


# The clocks of a thing. Written within the transition that makes them run: the row of the thing is locked.


def avvia(oggetto: Model, nome: str, dal: date, giorni: int) -> Termine:
    return Termine.objects.per(oggetto, nome=nome, dal=dal, giorni=giorni)


def aperto(oggetto: Model, nome: str) -> Termine | None:
    return Termine.objects.di(oggetto).filter(nome=nome, chiuso_il=None).first()


def ferma(oggetto: Model, nome: str, il: date) -> bool:
    """Whether it stops: not a second time, nor when it has run out."""
    termine = aperto(oggetto, nome)
    if termine is None or termine.sospeso_dal or restano(termine, il) < 0:
        return False
    termine.sospeso_dal = il
    termine.save(update_fields=["sospeso_dal"])
    return True


def riparti(oggetto: Model, nome: str, il: date) -> None:
    """Let it go on, if it stood still; one that had gone on by itself keeps its thirty days."""
    fermi = Termine.objects.di(oggetto).filter(nome=nome, chiuso_il=None, sospeso_dal__isnull=False, sospeso_al=None)
    fermi.update(sospeso_al=il)


def chiudi(oggetto: Model, il: date, *nomi: str) -> None:
    """Close those of these names, or all: what they were to measure is done."""
    aperti = Termine.objects.di(oggetto).filter(chiuso_il=None)
    (aperti.filter(nome__in=nomi) if nomi else aperti).update(chiuso_il=il)


# Many at once.


def orologi(oggetti: Iterable[Model], oggi: date) -> dict[str, dict[str, Orologio]]:
    """Return of each thing, by the text of its key, the clocks by name: of each name the last that began."""
    oggetti = list(oggetti)
    trovati: dict[str, dict[str, Orologio]] = {str(oggetto.pk): {} for oggetto in oggetti}
    for termine in Termine.objects.di(*oggetti) if oggetti else ():
        trovati[termine.oggetto_id][termine.nome] = orologio(termine, oggi)
    return trovati


def fine_del_piu_vicino(modello: type[Model], oggi: date) -> Subquery:
    """Return, to sort things in the database: the last day of the open clock that ends first (`fine`, in SQL)."""
    # Between days PostgreSQL counts in whole numbers; Django would make them intervals.
    fermi = Func(Coalesce("sospeso_al", Value(oggi, DateField())), F("sospeso_dal"), **_con(" - "), output_field=IntegerField())
    fermi = Least(Coalesce(fermi, 0), FERMO_MASSIMO)
    ultimo = Func(F("dal"), F("giorni"), fermi, **_con(" + "), output_field=DateField())
    tipo = ContentType.objects.get_for_model(modello)
    suoi = Termine.objects.filter(tipo=tipo, oggetto_id=Cast(OuterRef("pk"), CharField()), chiuso_il=None)
    return Subquery(suoi.annotate(ultimo=ultimo).order_by("ultimo").values("ultimo")[:1])


def _con(segno: str) -> dict[str, str]:
    return {"template": "(%(expressions)s)", "arg_joiner": segno}
