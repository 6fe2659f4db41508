"""Agreements that are about to end: who keeps them is told two months before, and one month before."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from conciliazione.messaggi import notifiche
from conciliazione.models import Utente
from conciliazione.templatetags.italiano import data

from ..models import Accordo
from ..models.enti import PREPARANO
from ..permessi import di_tutti

GIORNI = (30, 60)
"""How long before; a day that nobody ran on is made up for on the next, and only the nearest of the two is told."""


def avvisa(adesso: datetime) -> int:
    """Tell of the agreements that end within those days; safe to run at any time. Returns how many people were told."""
    oggi = timezone.localdate(adesso)
    finiscono = Accordo.objects.filter(al__gte=oggi, al__lte=oggi + timedelta(days=max(GIORNI)))
    return sum(_avvisa(accordo, oggi) for accordo in finiscono.select_related("alleanza").order_by("al", "pk"))


def _avvisa(accordo: Accordo, oggi) -> int:
    mancano = (accordo.al - oggi).days
    soglia = min(giorni for giorni in GIORNI if mancano <= giorni)
    return len(
        notifiche.avvisa(
            _chi_lo_tiene(accordo),
            # A term that was moved is another fact.
            chiave=f"accordo:{accordo.pk}:{accordo.al.isoformat()}:{soglia}",
            testo=f"«{accordo.titolo[:300]}» ({accordo.get_genere_display()}) vale fino al {data(accordo.al)}.",
            url=reverse("alleanze:accordo", args=[accordo.pk]),
        )
    )


def _chi_lo_tiene(accordo: Accordo) -> list[Utente]:
    enti = {accordo.custode_id} | ({accordo.alleanza.capofila_id} if accordo.alleanza else set())
    return di_tutti(enti, *PREPARANO)
