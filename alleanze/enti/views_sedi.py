"""The addresses of an ente."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from conciliazione.moduli.contesi import riepilogo

from .. import accesso
from ..models import Sede
from .forms import DatiSede
from .views import codice_di


@transaction.atomic
def nuova(request, pk):
    ente = accesso.ente_proprio(request, pk, blocca=request.method == "POST")
    return _pagina(request, Sede(ente=ente))


@transaction.atomic
def modifica(request, pk, sede):
    return _pagina(request, accesso.sede_propria(request, pk, sede))


@transaction.atomic
def elimina(request, pk, sede):
    """Take an address away; the projects that copied it keep their copy."""
    if request.method != "POST":
        return redirect("alleanze:ente", pk)
    accesso.sede_propria(request, pk, sede).delete()
    messages.success(request, "La sede è eliminata.")
    return redirect("alleanze:ente", pk)


def _pagina(request, sede: Sede):
    form = DatiSede(request.POST if request.method == "POST" else None, oggetto=sede)
    if request.method == "POST" and form.is_valid() and form.salva():
        messages.success(request, "La sede è salvata.")
        return redirect("alleanze:ente", sede.ente_id)
    contesto = {"ente": sede.ente, "sede": sede, "form": form, "errori": riepilogo(form)}
    return render(request, "alleanze/enti/sede.html", contesto, status=codice_di(form))
