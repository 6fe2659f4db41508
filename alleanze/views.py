from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from conciliazione.ordinamento import per_nome

from . import accesso
from .models import Alleanza


@login_required
def elenco(request):
    alleanze = Alleanza.objects.visibili_a(request.user).per_elenco()
    return render(request, "alleanze/elenco.html", {"alleanze": alleanze})


@login_required
def dettaglio(request, pk):
    alleanza = accesso.alleanza_visibile(request, pk)
    adesioni = alleanza.adesioni.select_related("ente").order_by(per_nome("ente__denominazione"))
    return render(request, "alleanze/dettaglio.html", {"alleanza": alleanza, "adesioni": adesioni})
