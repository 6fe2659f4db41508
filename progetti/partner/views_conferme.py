"""The figures of a soggetto, and their confirmation."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from conciliazione.accesso import esigi
from conciliazione.file import allegati
from conciliazione.http.parcheggio import inviati
from conciliazione.templatetags.italiano import data_ora

from .. import contenuto
from ..contenuto import conferme
from ..fascicolo.permessi import puo_leggere_di
from ..models import Conferma, Partecipazione
from ..permessi import mie_partecipazioni
from ..scheda.pagina import Pagina
from . import accesso, forms, permessi
from . import conferme as registro
from .riepilogo import riepilogo

DOPO_IL_RITIRO = {
    "da confermare": "Conferma ritirata: i dati e le cifre sono di nuovo da confermare.",
    "da riconfermare": "Conferma ritirata. Resta quella di prima, ma le cifre sono cambiate: vanno confermate di nuovo.",
    "confermata": "Conferma ritirata. Resta quella di prima, delle stesse cifre: se è sbagliata anche quella, ritirala.",
}


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
    suo = next(s for s in pagina.soggetti if s["id"] == str(riga))
    precedenti = list(soggetto.conferme.select_related("da", "ritirata_da").order_by("-il", "-pk"))
    contesto = {
        "progetto": soggetto.progetto,
        "soggetto": suo,
        "parti": riepilogo(pagina, suo),
        "righe": righe,
        "di_nature": any(r["natura"] for r in righe),
        "di_azioni": any(r["azione"] for r in righe) or not any(r["natura"] for r in righe),
        "chiede_i_lavoratori": any("lavoratori" in b.campi() for b in pagina.edizione.blocchi),
        "dove_si_scrive": pagina.dove_si_scrive("cofinanziamenti"),
        "cifre": conferme.cifre(pagina.contenuto, str(riga)),
        "impronta": conferme.impronta(conferme.cifre(pagina.contenuto, str(riga))),
        "atti": soggetto.atti.all(),
        "precedenti": precedenti,
        "ritirabile": _ritirabile(request.user, soggetto, precedenti),
        "propria": propria,
        "legge_documenti": puo_leggere_di(request.user, soggetto),
        "da_correggere": pagina.da_correggere_di(str(riga)) if form else [],
        "form": form,
    }
    return render(request, "progetti/partner/conferma.html", contesto, status=422 if form and form.errors else 200)


def _conferma(request, soggetto, form, per_conto: bool):
    """Confirms what was on the page: if the figures changed meanwhile, they are shown again instead."""
    cifre = conferme.cifre(contenuto.contenuto(soggetto.progetto), str(soggetto.pk))
    if request.POST.get("impronta") != conferme.impronta(cifre):
        messages.warning(request, "Le cifre sono cambiate mentre le guardavi: ricontrollale e conferma di nuovo.")
        return redirect("progetti:conferma", soggetto.progetto_id, soggetto.pk)
    documento = form.cleaned_data["documento"]
    esito = registro.registra(soggetto, request.user, cifre, per_conto=per_conto, documento=documento, atto=form.atto)
    if esito.nuova:
        messages.success(request, "Conferma registrata: resta valida finché le cifre non cambiano.")
    elif esito.atto_nuovo:
        messages.success(request, "Atto aggiunto: le cifre erano già confermate, e lo restano.")
    else:
        quando = data_ora(esito.conferma.il)
        messages.info(request, f"Era già tutto confermato ({quando}, {esito.conferma.da}): non serve fare altro.")
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


def _ritirabile(utente, soggetto: Partecipazione, dalla_piu_recente: list[Conferma]) -> Conferma | None:
    """The one that counts, if the person may take it back."""
    vale = next((c for c in dalla_piu_recente if c.ritirata_il is None), None)
    if vale is None:
        return None
    vale.partecipazione = soggetto
    return vale if permessi.puo_ritirare(utente, vale) else None


def ritira(request, pk, riga, conferma):
    """Take back a confirmation that was given by mistake, and say why."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, blocca=request.method == "POST")
    trovata = get_object_or_404(soggetto.conferme.select_related("da", "ritirata_da"), pk=conferma)
    trovata.partecipazione = soggetto
    esigi(permessi.puo_ritirare, request.user, trovata)
    torna = partial(redirect, "progetti:conferma", pk, riga)
    if registro.vale(soggetto) != trovata:
        messages.info(request, _perche_non_vale(trovata))
        return torna()
    form = forms.RitiraConferma(inviati(request))
    if request.method == "POST" and form.is_valid():
        registro.ritira(trovata, request.user, form.cleaned_data["motivo"])
        stato = conferme.stato(contenuto.contenuto(soggetto.progetto), str(soggetto.pk))
        messages.success(request, DOPO_IL_RITIRO[stato])
        return torna()
    contesto = {"progetto": soggetto.progetto, "soggetto": soggetto, "conferma": trovata, "form": form}
    return render(request, "progetti/partner/conferma_ritira.html", contesto, status=422 if request.method == "POST" else 200)


def _perche_non_vale(conferma: Conferma) -> str:
    if conferma.ritirata_il:
        return f"Questa conferma è già stata ritirata ({data_ora(conferma.ritirata_il)}, {conferma.ritirata_da})."
    return "Questa conferma non è l'ultima: vale quella data dopo, che puoi ritirare da qui."


def documento(request, pk, riga, conferma):
    """Send the signed paper: for the capofila and the soggetto itself."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, puo_leggere_di)
    trovata = get_object_or_404(Conferma.objects.exclude(documento=""), pk=conferma, partecipazione=soggetto)
    return allegati.scarica(trovata.documento)
