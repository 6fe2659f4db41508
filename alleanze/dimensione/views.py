"""How large a firm says it is: a new declaration stands beside the old ones and changes none of them."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from conciliazione.http.parcheggio import inviati
from conciliazione.moduli.contesi import riepilogo

from .. import accesso, permessi
from . import forms as moduli


@transaction.atomic
def dichiara(request, pk):
    ente = accesso.ente_visibile(request, pk, permessi.puo_dichiarare_dimensione)
    dati = inviati(request)
    form, righe = moduli.Dichiarazione(dati), moduli.righe(dati)
    chiede_righe = dati is not None and "aggiungi" in dati
    if request.method == "POST" and not chiede_righe and _valide(form, righe):
        _salva(*moduli.dichiarazione(form, righe), ente, request.user)
        messages.success(request, "La dichiarazione è registrata.")
        return redirect("alleanze:ente", ente.pk)
    errori = [] if chiede_righe or dati is None else riepilogo(form, *righe) + [("", "", e) for e in righe.non_form_errors()]
    if chiede_righe:
        moduli.senza_errori(form, righe)
    contesto = {"ente": ente, "form": form, "righe": righe, "errori": errori, "chiede_righe": chiede_righe}
    return render(request, "alleanze/dimensione/dichiara.html", contesto, status=422 if errori else 200)


def _valide(form, righe) -> bool:
    """Each tells its own errors; then whether all of them together make a sum."""
    return all([form.is_valid(), righe.is_valid()]) and moduli.si_sommano(form, righe)


def _salva(fatta, legate, ente, utente) -> None:
    fatta.ente, fatta.dichiarata_da = ente, utente
    fatta.full_clean()
    fatta.save()
    for legata in legate:
        legata.dichiarazione = fatta
        legata.full_clean()
        legata.save()
