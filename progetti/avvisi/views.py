"""The calls: which are open, what each one states, and who makes them says it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from conciliazione.http.parcheggio import inviati

from ..edizioni import nome_edizione
from ..models import Avviso
from ..permessi import capofila_di
from ..stati import MODIFICABILI
from . import forms, parametri, permessi, righe


def elenco(request):
    """Show the calls that take schede now, with what one may start from here; and, of who makes them, all of its own."""
    miei = permessi.miei_avvisi(request.user)
    contesto = {
        "avvisi": list(Avviso.objects.aperti().per_elenco()),
        "puo_aprire": bool(capofila_di(request.user)),
        "puo_emanare": permessi.puo_emanare(request.user),
        "miei": [] if miei is None else list(miei.per_elenco()),
    }
    return render(request, "progetti/avvisi/elenco.html", contesto)


def avviso(request, pk):
    """Show every parameter, with the act that states it."""
    avviso = get_object_or_404(Avviso.objects.select_related("ats").prefetch_related("moduli"), pk=pk)
    contesto = {
        "avviso": avviso,
        "gruppi": parametri.gruppi_di(avviso),
        "moduli": [nome_edizione(codice) for codice in avviso.edizioni],
        "puo_modificare": permessi.puo_modificare_l_avviso(request.user, avviso),
        "puo_aprire": avviso.aperto and bool(capofila_di(request.user)),
    }
    return render(request, "progetti/avvisi/avviso.html", contesto)


def nuovo(request):
    emananti = permessi.emananti(request.user)
    if not emananti:
        raise PermissionDenied
    return _modifica(request, Avviso(), emananti)


def modifica(request, pk):
    with transaction.atomic():
        avvisi = Avviso.objects.prefetch_related("moduli")
        avvisi = avvisi.select_for_update() if request.method == "POST" else avvisi
        avviso = get_object_or_404(avvisi, pk=pk)
        if not permessi.puo_modificare_l_avviso(request.user, avviso):
            raise PermissionDenied
        return _modifica(request, avviso, [avviso.ats])


def _modifica(request, avviso: Avviso, emananti: list):
    dati = inviati(request)
    schede = avviso.progetti.count() if avviso.pk else 0
    # The form writes on its instance as it reads: what the page says of the avviso is asked before.
    titolo, letto = str(avviso), Avviso.objects.get(pk=avviso.pk) if avviso.pk else Avviso()
    form = forms.AvvisoForm(dati, instance=avviso, emananti=emananti, schede=schede, utente=request.user)
    ammesse = [
        c for c, _ in form.fields["edizioni"].choices if c in (dati.getlist("edizioni") if dati else form["edizioni"].value())
    ]
    insiemi = righe.elenchi(avviso, ammesse, dati)
    chiede_righe = dati is not None and "aggiungi" in dati
    if chiede_righe:
        forms.senza_errori(form, insiemi)
    elif request.method == "POST" and _validi(form, insiemi):
        salvato = _salva(form, insiemi)
        messages.success(request, "L'avviso è salvato.")
        return redirect("progetti:avviso", salvato.pk)
    errori = forms.errori(form, insiemi) if dati is not None and not chiede_righe else []
    contesto = {
        "avviso": letto,
        "titolo": titolo,
        "form": form,
        "gruppi": form.gruppi(),
        "insiemi": insiemi,
        "errori": errori,
        "chiede_righe": chiede_righe,
        "schede": schede,
        "bozze": avviso.progetti.filter(stato__in=MODIFICABILI).count() if schede else 0,
    }
    return render(request, "progetti/avvisi/modifica.html", contesto, status=422 if errori else 200)


def _validi(form: forms.AvvisoForm, insiemi: dict) -> bool:
    """Whether all can be saved; each is asked, since each tells its own."""
    return all([form.is_valid(), *(i.is_valid() for i in insiemi.values() if i.is_bound)])


def _salva(form: forms.AvvisoForm, insiemi: dict) -> Avviso:
    avviso = form.save(commit=False)
    avviso.ats = form.ats()
    avviso.fonti = form.fonti()
    avviso.griglia = insiemi["griglia"].valore()
    avviso.save()
    avviso.moduli.exclude(edizione__in=form.cleaned_data["edizioni"]).delete()
    for edizione in form.cleaned_data["edizioni"]:
        suoi = {i.nome: i.valore() for i in insiemi.values() if i.edizione == edizione and i.is_bound}
        avviso.moduli.update_or_create(edizione=edizione, defaults=suoi)
    return avviso
