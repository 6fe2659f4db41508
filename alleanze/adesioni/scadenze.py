"""Requests to join that nobody completed within the term: who examines them is told, and goes on or waits."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from conciliazione.atti import termini
from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Termine

from ..models import RichiestaAdesione
from ..stati import Richiesta
from .transizioni import riceve


def segnala(adesso: datetime) -> int:
    """Tell of them; safe to run at any time. Returns how many people were told."""
    oggi = timezone.localdate(adesso)
    in_attesa = RichiestaAdesione.objects.filter(stato=Richiesta.IN_INTEGRAZIONE)
    in_attesa = list(in_attesa.select_related("alleanza__capofila", "alleanza__ats", "ente"))
    aperti = Termine.objects.di(*in_attesa).filter(nome=termini.INTEGRAZIONE, chiuso_il=None) if in_attesa else []
    scaduti = {t.oggetto_id: t for t in aperti if termini.restano(t, oggi) < 0}
    return sum(_segnala(r, scaduti[str(r.pk)]) for r in in_attesa if str(r.pk) in scaduti)


def _segnala(richiesta: RichiestaAdesione, termine: Termine) -> int:
    testo = f"È passato il termine per le integrazioni di {richiesta.denominazione}: riprendi l'esame o aspetta ancora."
    url = reverse("alleanze:adesione", args=[richiesta.pk])
    chiave = f"richiesta_adesione:{richiesta.pk}:scaduta:{termine.pk}"
    return len(avvisa(riceve(richiesta), chiave=chiave, testo=testo, url=url))
