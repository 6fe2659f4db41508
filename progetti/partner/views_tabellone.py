"""Who owes what, and asking for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from conciliazione.http.parcheggio import inviati
from conciliazione.templatetags.italiano import elenco_it

from .. import accesso, permessi
from ..models import Progetto, Sollecito
from ..scheda.pagina import Pagina
from . import solleciti, tabellone
from .forms import Sollecita, parole


def chi_deve_cosa(request, pk):
    """Show the board of a scheda, for who reads it; the names of the others' people only for capofila and ATS."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    righe = tabellone.righe(pagina)
    colonne = tabellone.colonne(pagina, righe)
    tabellone.in_colonna(righe, colonne)
    contesto = {
        "progetto": progetto,
        "scheda": pagina,
        "righe": righe,
        "colonne": colonne,
        "vede_i_nomi": permessi.puo_leggere_i_dati_personali(request.user, progetto),
        "sollecita": permessi.puo_compilare(request.user, progetto),
        "in_ritardo": sum(bool(r["manca"]) for r in righe if r["ruolo"] != "capofila"),
        "con_carte": any(r["carte"] for r in righe),
    }
    return render(request, "progetti/partner/tabellone.html", contesto)


def sollecita(request, pk):
    """Ask whom to remind, and in which words; what each owes is shown, and goes with the mail."""
    progetto = accesso.progetto_visibile(request, pk, permessi.prepara)
    if not progetto.modificabile:
        messages.error(request, "La scheda è stata presentata: non c'è più niente da sollecitare.")
        return redirect("progetti:dettaglio", pk)
    righe = solleciti.in_ritardo(progetto)
    dati = inviati(request)
    if dati is None:
        scelti = [r["id"] for r in righe if request.GET.get("soggetto", r["id"]) == r["id"] and solleciti.recapiti(r)]
        form = Sollecita(righe=righe, initial={"soggetti": scelti, "testo": parole(progetto)})
        return _mostra(request, progetto, righe, form)
    # Who has meanwhile done its part is told apart from who was never asked: see `Esito`.
    tutti = solleciti.in_ritardo(progetto, tutti=True)
    form = Sollecita(dati, righe=tutti)
    if not form.is_valid() or request.method != "POST":
        return _mostra(request, progetto, righe, form)
    try:
        esito = solleciti.sollecita(pk, request.user, **form.cleaned_data)
    except PermissionDenied:
        messages.error(request, "La scheda è stata presentata in questo momento: non c'è più niente da sollecitare.")
        return redirect("progetti:dettaglio", pk)
    _racconta(request, esito)
    return redirect("progetti:tabellone", pk)


def _mostra(request, progetto: Progetto, righe: list[dict], form: Sollecita):
    contesto = {"progetto": progetto, "righe": [r | {"recapiti": solleciti.recapiti(r)} for r in righe], "form": form}
    contesto["scelti"] = form["soggetti"].value() or []
    return render(request, "progetti/partner/sollecita.html", contesto, status=422 if form.errors else 200)


def _racconta(request, esito: solleciti.Esito) -> None:
    if esito.mandati:
        messages.success(request, f"Sollecito mandato a {elenco_it(esito.mandati)}.")
    for ultimo in esito.gia:
        messages.warning(request, _gia(ultimo))
    if esito.senza_recapito:
        rimedio = "invita una persona, o indica l'e-mail del referente"
        messages.warning(request, f"Di {elenco_it(esito.senza_recapito)} non c'è nessuno a cui scrivere: {rimedio}.")
    if esito.in_ordine:
        messages.info(request, f"{elenco_it(esito.in_ordine)}: intanto non manca più niente, e non abbiamo scritto.")


def _gia(ultimo: Sollecito) -> str:
    chi = f"da {ultimo.mandato_da}" if ultimo.mandato_da else "dal portale"
    alle = f"{timezone.localtime(ultimo.mandato_il):%H:%M}"
    return f"{ultimo.partecipazione}: già sollecitato alle {alle} {chi}. Si può di nuovo dopo un'ora."
