"""The bell: what one was told, what one has read of it, and how one wants to be told."""

import uuid

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from ..http import pagine
from ..http.middleware import solo_post
from ..models import Notifica, Utente


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
    form = Preferenze(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        Utente.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
        messages.success(request, "La tua scelta è salvata.")
        return redirect("notifiche:preferenze")
    contesto = {"form": form, "calendario": _indirizzo_del_calendario(request.user), "Posta": Notifica.Posta}
    return render(request, "conciliazione/messaggi/preferenze.html", contesto, status=422 if form.errors else 200)


def _indirizzo_del_calendario(utente: Utente) -> str:
    return settings.INDIRIZZO_PUBBLICO + reverse("calendario", args=[utente.calendario]) if utente.calendario else ""


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
