"""What a person is told, and what it has to do: the bell, how one wants to hear of it, «Cosa devo fare» and its calendar."""

import uuid
from datetime import datetime, time, timedelta
from itertools import groupby

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from ..http import pagine
from ..http.middleware import solo_post
from ..http.parcheggio import inviati
from ..models import Notifica, Utente
from . import calendario, da_fare
from .da_fare import Cosa

QUANDO = ("scadute", "entro oggi", "questa settimana", "più avanti", "senza una scadenza")


class Preferenze(forms.ModelForm):
    class Meta:
        model = Utente
        fields = ["notifiche_per_posta"]
        labels = {"notifiche_per_posta": "Quando vuoi riceverle per e-mail?"}
        widgets = {"notifiche_per_posta": forms.RadioSelect}


def elenco(request):
    pagina = pagine.pagina(request, request.user.notifiche.all())
    return render(request, "conciliazione/messaggi/notifiche.html", {"pagina": pagina, "adesso": timezone.now()})


@solo_post("notifiche:elenco", con=())
def apri(request, pk):
    """Read it and go where it leads."""
    notifica = get_object_or_404(request.user.notifiche, pk=pk)
    request.user.notifiche.da_leggere().filter(pk=pk).update(letta_il=timezone.now())
    return redirect(_nel_portale(notifica.url) or "notifiche:elenco")


def _nel_portale(url: str) -> str:
    """A path of ours; "" for anything else, whoever wrote it."""
    nostro = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if nostro else ""


@solo_post("notifiche:elenco", con=())
def tutte_lette(request):
    quante = request.user.notifiche.da_leggere().update(letta_il=timezone.now())
    messages.success(request, "Sono tutte segnate come lette." if quante else "Erano già tutte lette.")
    return redirect("notifiche:elenco")


def preferenze(request):
    """Mail at once, once a day or never; and the address of one's own calendar."""
    form = Preferenze(inviati(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        Utente.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
        messages.success(request, "La tua scelta è salvata.")
        return redirect("notifiche:preferenze")
    chiave = request.user.calendario
    calendario = settings.INDIRIZZO_PUBBLICO + reverse("calendario", args=[chiave]) if chiave else ""
    contesto = {"form": form, "calendario": calendario, "Posta": Notifica.Posta}
    return render(request, "conciliazione/messaggi/preferenze.html", contesto, status=422 if form.errors else 200)


@solo_post("notifiche:preferenze", con=())
def chiave_del_calendario(request):
    """Give the calendar an address nobody knows, or take it back: whoever has the old one finds nothing."""
    chiavi = {"nuovo": uuid.uuid4(), "togli": None}
    if request.POST.get("azione") not in chiavi:
        raise Http404("azione sconosciuta")
    chiave = chiavi[request.POST["azione"]]
    Utente.objects.filter(pk=request.user.pk).update(calendario=chiave)
    detto = (
        "Il calendario ha un nuovo indirizzo: copialo nel tuo programma." if chiave else "Il calendario non ha più indirizzo."
    )
    messages.success(request, detto)
    return redirect("notifiche:preferenze")


def cosa_devo_fare(request):
    """Show one dated page for all the enti of a person."""
    tutte = da_fare.di(request.user)
    enti = sorted({c.ente for c in tutte}, key=str.casefold)
    scelto = request.GET.get("ente", "")
    scelto = scelto if scelto in enti else ""
    cose = [c for c in tutte if scelto in ("", c.ente)]
    contesto = {"enti": enti, "scelto": scelto, "gruppi": per_ente(cose, timezone.localtime()), "quante": len(cose)}
    return render(request, "conciliazione/messaggi/da_fare.html", contesto)


def per_ente(cose: list[Cosa], adesso: datetime) -> list[tuple[str, list]]:
    """Return the things to do by ente, and of each by time."""
    in_ordine = sorted(cose, key=lambda c: c.ente.casefold())  # stable: of each ente the order of time is kept
    return [(ente, per_tempo(list(sue), adesso)) for ente, sue in groupby(in_ordine, key=lambda c: c.ente)]


def per_tempo(cose: list[Cosa], adesso: datetime) -> list[tuple[str, list[Cosa]]]:
    """Return what is late, of today, of this week (until Sunday night), of later, of no day."""
    posti: dict[str, list[Cosa]] = {quando: [] for quando in QUANDO}
    for cosa in cose:
        posti[quando_e(cosa, adesso)].append(cosa)
    return [(quando, sue) for quando, sue in posti.items() if sue]


def quando_e(cosa: Cosa, adesso: datetime) -> str:
    if cosa.entro is None:
        return QUANDO[4]
    if cosa.entro < adesso:
        return QUANDO[0]
    qui = timezone.localtime(cosa.entro)
    if qui.date() == adesso.date():
        return QUANDO[1]
    domenica = datetime.combine(adesso.date() + timedelta(days=6 - adesso.weekday()), time.max, adesso.tzinfo)
    return QUANDO[2] if qui <= domenica else QUANDO[3]


def scarica(request):
    """Send the calendar of today, to be opened once."""
    return _calendario(request.user, "attachment")


@login_not_required
def abbonamento(request, chiave):
    """Send the calendar that a program asks for by itself: who has its key reads it, and nobody else knows that it is there."""
    return _calendario(get_object_or_404(Utente, calendario=chiave, is_active=True), "inline")


def _calendario(utente: Utente, come: str) -> HttpResponse:
    risposta = HttpResponse(calendario.ics(da_fare.di(utente), timezone.now()), content_type=calendario.TIPO)
    risposta["Content-Disposition"] = f'{come}; filename="cosa-devo-fare.ics"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
