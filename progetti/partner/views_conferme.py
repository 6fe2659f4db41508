"""The figures of a soggetto, and their confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from conciliazione.file import allegati
from conciliazione.http.parcheggio import inviati

from .. import contenuto
from ..contenuto import conferme
from ..fascicolo.permessi import puo_leggere_di
from ..models import Conferma
from ..permessi import mie_partecipazioni
from ..scheda.pagina import Pagina
from . import accesso, forms, permessi


def conferma(request, pk, riga):
    """Show the figures of one soggetto, to be confirmed by itself or, with its signed paper, by the capofila."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, blocca=request.method == "POST")
    propria = permessi.puo_confermare(request.user, soggetto)
    per_conto = not propria and permessi.puo_confermare_per_conto(request.user, soggetto)
    if request.method == "POST" and not (propria or per_conto):
        raise PermissionDenied
    modulo = forms.ConfermaPerConto if per_conto else forms.Conferma
    form = modulo(inviati(request), request.FILES or None) if propria or per_conto else None
    if request.method == "POST" and form.is_valid():
        return _conferma(request, soggetto, form, per_conto)
    pagina = Pagina(soggetto.progetto, request.user)
    righe = _righe(pagina, str(riga))
    contesto = {
        "progetto": soggetto.progetto,
        "soggetto": next(s for s in pagina.soggetti if s["id"] == str(riga)),
        "righe": righe,
        "di_nature": any(r["natura"] for r in righe),
        "di_azioni": any(r["azione"] for r in righe) or not any(r["natura"] for r in righe),
        "chiede_i_lavoratori": any("lavoratori" in b.campi() for b in pagina.edizione.blocchi),
        "dove_si_scrive": pagina.dove_si_scrive("cofinanziamenti"),
        "cifre": conferme.cifre(pagina.contenuto, str(riga)),
        "impronta": conferme.impronta(conferme.cifre(pagina.contenuto, str(riga))),
        "atti": soggetto.atti.all(),
        "precedenti": soggetto.conferme.select_related("da").order_by("-il"),
        "propria": propria,
        "legge_documenti": puo_leggere_di(request.user, soggetto),
        "form": form,
    }
    return render(request, "progetti/partner/conferma.html", contesto, status=422 if form and form.errors else 200)


def _conferma(request, soggetto, form, per_conto: bool):
    """Confirms what was on the page: if the figures changed meanwhile, they are shown again instead.

    With the confirmation comes, if it was given, the act that commits the cofinancing.
    """
    cifre = conferme.cifre(contenuto.contenuto(soggetto.progetto), str(soggetto.pk))
    if request.POST.get("impronta") != conferme.impronta(cifre):
        messages.warning(request, "Le cifre sono cambiate mentre le guardavi: ricontrollale e conferma di nuovo.")
        return redirect("progetti:conferma", soggetto.progetto_id, soggetto.pk)
    Conferma.objects.create(
        partecipazione=soggetto,
        impronta=conferme.impronta(cifre),
        cifre=cifre,
        da=request.user,
        per_conto=per_conto,
        documento=form.cleaned_data["documento"] or "",
    )
    if form.atto:
        soggetto.atti.get_or_create(**form.atto)
    messages.success(request, "Conferma registrata: resta valida finché le cifre non cambiano.")
    mia = str(soggetto.pk) in mie_partecipazioni(request.user, soggetto.progetto)
    dove = (
        ["progetti:tua_parte", soggetto.progetto_id, soggetto.pk]
        if mia and not per_conto
        else ["progetti:dettaglio", soggetto.progetto_id]
    )
    return redirect(*dove)


def _righe(pagina: Pagina, riga: str) -> list[dict]:
    azioni = {a["id"]: a["titolo"] or "(senza titolo)" for a in pagina.contenuto["azioni"]}
    righe = [c for c in pagina.contenuto["cofinanziamenti"] if c["partecipazione"] == riga]
    return [r | {"nome_azione": azioni.get(r["azione"], "")} for r in righe]


def documento(request, pk, riga, conferma):
    """Send the signed paper: for the capofila and the soggetto itself."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, puo_leggere_di)
    trovata = get_object_or_404(Conferma.objects.exclude(documento=""), pk=conferma, partecipazione=soggetto)
    return allegati.scarica(trovata.documento)
