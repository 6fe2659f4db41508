"""The agreements: list, one of them, writing it, its signed file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from conciliazione.file import allegati
from conciliazione.http import pagine
from conciliazione.http.parcheggio import inviati

from ..models import Accordo
from . import accordi
from .forms import FileFirmato, Filtro, ModuloAccordo, parti


def elenco(request):
    """Show the agreements of one's own enti and alleanze; the ended ones stay, behind a filter."""
    filtro = Filtro(request.GET)
    filtro.is_valid()
    genere, stato = filtro.cleaned_data.get("genere", ""), filtro.cleaned_data.get("stato", "")
    trovati = Accordo.objects.visibili_a(request.user).select_related("alleanza", "custode")
    if genere:
        trovati = trovati.filter(genere=genere)
    if stato != "tutti":
        trovati = trovati.finiti() if stato == "finiti" else trovati.non_finiti()
    pagina = pagine.pagina(request, trovati)
    contesto = {
        "pagina": pagina,
        "filtro": filtro,
        "filtrato": bool(genere or stato),
        "base": f"?genere={genere}&stato={stato}&pagina=",
        "oggi": timezone.localdate(),
        "puo_aggiungere": accordi.puo_aggiungere(request.user),
    }
    return render(request, "alleanze/accordi/elenco.html", contesto)


def accordo(request, pk):
    """Show one agreement; a POST puts its signed file here."""
    puo = accordi.puo_scrivere if request.method == "POST" else None
    trovato = accordi.visibile(request, pk, puo, blocca=request.method == "POST")
    form = FileFirmato(request.POST, request.FILES) if request.method == "POST" else FileFirmato()
    if form.is_bound and form.is_valid():
        accordi.deposita(trovato, form.cleaned_data["file"], request.user, form.cleaned_data["nota"])
        messages.success(request, "Accordo firmato depositato.")
        return redirect("alleanze:accordo", pk)
    contesto = {
        "accordo": trovato,
        "finito": trovato.finito,
        "parti": trovato.parti.select_related("ente"),
        "revisioni": accordi.revisioni(trovato),
        "scrive": accordi.puo_scrivere(request.user, trovato),
        "form": form,
    }
    return render(request, "alleanze/accordi/accordo.html", contesto, status=422 if form.errors else 200)


def nuovo(request):
    if not accordi.puo_aggiungere(request.user):
        raise PermissionDenied
    return _scrivi(request, None)


def modifica(request, pk):
    return _scrivi(request, accordi.visibile(request, pk, accordi.puo_scrivere, blocca=request.method == "POST"))


def _scrivi(request, trovato: Accordo | None):
    dati = inviati(request)
    form = ModuloAccordo(dati, instance=trovato, utente=request.user)
    righe = parti(dati, trovato, request.user)
    # Both are asked, so that what is wrong is told at once.
    if all([form.is_valid(), righe.is_valid()]) and request.method == "POST":
        return _salva(request, form, righe)
    contesto = {"form": form, "parti": righe, "accordo": trovato, "errori": _errori(form, righe)}
    return render(request, "alleanze/accordi/modifica.html", contesto, status=422 if dati is not None else 200)


def _salva(request, form: ModuloAccordo, righe):
    with transaction.atomic():
        righe.instance = form.save()
        righe.save()
    messages.success(request, "Accordo salvato.")
    return redirect("alleanze:accordo", righe.instance.pk)


def _errori(form: ModuloAccordo, righe) -> list[tuple[str, str, str]]:
    """Return where, which field and what is wrong, for the summary."""
    moduli = [form, *righe.forms] if form.is_bound else []
    dei_campi = [(c.id_for_label, c.label, messaggio) for m in moduli for c in m for messaggio in c.errors]
    generali = [("", "", messaggio) for m in moduli for messaggio in m.non_field_errors()]
    return generali + [("", "", m) for m in (righe.non_form_errors() if moduli else ())] + dei_campi


def file(request, pk, numero):
    """Send one of the signed files to who reads the agreement."""
    return allegati.scarica(accordi.revisione(accordi.visibile(request, pk), numero).file)
