"""What enti agreed in writing: who writes it, who reads it, where its signed file is, who hears that it ends."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from conciliazione.accesso import Puo, trova
from conciliazione.cartelle import documenti
from conciliazione.messaggi import notifiche
from conciliazione.models import Documento, Revisione, Utente
from conciliazione.templatetags.italiano import data

from .. import permessi
from ..models import Accordo, Alleanza, Ente
from ..models.enti import PREPARANO


def puo_scrivere(utente, accordo: Accordo) -> bool:
    """Whether the person keeps it: as one of its custode, or as who keeps the list of its alleanza."""
    if accordo.custode_id in _propri(utente):
        return True
    return accordo.alleanza is not None and permessi.puo_gestire(utente, accordo.alleanza)


def puo_aggiungere(utente) -> bool:
    return bool(_propri(utente))


def _propri(utente) -> set[UUID]:
    """The enti for which the person writes."""
    return {i.ente_id for i in permessi.incarichi(utente) if i.prepara}


def custodi(utente) -> QuerySet[Ente]:
    """Return the enti for which the person may keep an agreement."""
    return Ente.objects.filter(pk__in=_propri(utente)).per_elenco()


def visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Accordo:
    """Return an agreement that the person reads: a stranger gets 404, a reader who may not do this 403."""
    accordi = Accordo.objects.visibili_a(request.user).select_related("alleanza__capofila", "alleanza__ats", "custode")
    return trova(request, accordi, pk, puo, blocca=blocca)


def enti_nominabili(utente, accordo: Accordo | None) -> QuerySet[Ente]:
    """Return whom one may name as a party: one's own enti, those of the alleanze that one sees, those named already."""
    delle_alleanze = Q(adesioni__alleanza__in=Alleanza.objects.visibili_a(utente).values("pk"))
    propri = Q(pk__in=permessi.enti_di(utente))
    gia = Q(parti_di_accordi__accordo=accordo) if accordo else Q(pk__in=[])
    trovati = Ente.objects.filter(delle_alleanze | propri | gia)
    return Ente.objects.filter(pk__in=trovati.values("pk")).per_elenco()


# The signed file.


def documento(accordo: Accordo) -> Documento | None:
    return Documento.objects.di(accordo).filter(tolto_il=None).order_by("creato_il").first()


def revisioni(accordo: Accordo) -> list[Revisione]:
    """Return the signed file as it was put here each time, the last first."""
    suo = documento(accordo)
    return list(suo.revisioni.select_related("caricata_da").order_by("-numero")) if suo else []


def revisione(accordo: Accordo, numero: int) -> Revisione:
    trovata = next((r for r in revisioni(accordo) if r.numero == numero), None)
    if trovata is None:
        raise Http404("file inesistente")
    return trovata


def deposita(accordo: Accordo, file: UploadedFile, utente: Utente, nota: str = "") -> Revisione:
    """Put the signed file here, or a newer one of it, and return it: those before stay.

    The row of the agreement must be locked.
    """
    suo = documento(accordo)
    if suo is not None:
        return documenti.revisiona(suo, file, utente=utente, nota=nota)
    data = accordo.stipulato_il
    suo = documenti.aggiungi(accordo, file, titolo=accordo.titolo[:200], genere="accordo", utente=utente, data=data)
    return suo.revisioni.get()


# Agreements that are about to end: who keeps them is told two months before, and one month before.

GIORNI = (30, 60)
"""How long before; a day that nobody ran on is made up for on the next, and only the nearest of the two is told."""


def avvisa(adesso: datetime) -> int:
    """Tell of the agreements that end within those days; safe to run at any time. Returns how many people were told."""
    oggi = timezone.localdate(adesso)
    finiscono = Accordo.objects.filter(al__gte=oggi, al__lte=oggi + timedelta(days=max(GIORNI)))
    return sum(_avvisa(accordo, oggi) for accordo in finiscono.select_related("alleanza").order_by("al", "pk"))


def _avvisa(accordo: Accordo, oggi) -> int:
    lo_tengono = {accordo.custode_id} | ({accordo.alleanza.capofila_id} if accordo.alleanza else set())
    mancano = (accordo.al - oggi).days
    soglia = min(giorni for giorni in GIORNI if mancano <= giorni)
    return len(
        notifiche.avvisa(
            permessi.di_tutti(lo_tengono, *PREPARANO),
            # A term that was moved is another fact.
            chiave=f"accordo:{accordo.pk}:{accordo.al.isoformat()}:{soglia}",
            testo=f"«{accordo.titolo[:300]}» ({accordo.get_genere_display()}) vale fino al {data(accordo.al)}.",
            url=reverse("alleanze:accordo", args=[accordo.pk]),
        )
    )
