"""The alleanze: the list, one of them, its tables in and out, and what the public reads of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from conciliazione.fogli import FoglioIllegibile
from conciliazione.fogli import pagina as foglio
from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.scrivi import TIPO, scrivi_xlsx
from conciliazione.http.parcheggio import inviati
from conciliazione.italiano.parole import per_nome
from conciliazione.schede.canonico import impronta

from .. import accesso, permessi
from ..adesioni import transizioni
from ..adesioni.permessi import puo_far_uscire
from ..enti.elenco import da_prendere
from ..models import Alleanza
from .elenco import TABELLE, Genere
from .forms import CAMPI, Vetrina, detta, diverse


def elenco(request):
    alleanze = Alleanza.objects.visibili_a(request.user).per_elenco()
    return render(request, "alleanze/alleanza/elenco.html", {"alleanze": alleanze})


def dettaglio(request, pk):
    alleanza = accesso.alleanza_visibile(request, pk)
    adesioni = alleanza.adesioni.select_related("ente").order_by(per_nome("ente__denominazione"))
    contesto = {"alleanza": alleanza, "adesioni": adesioni, "gestisce": permessi.puo_gestire(request.user, alleanza)}
    contesto["ha_cartella"] = not permessi.della_regione(request.user)
    contesto |= _adesioni_di(request.user, alleanza, adesioni)
    return render(request, "alleanze/alleanza/dettaglio.html", contesto)


def _adesioni_di(utente, alleanza: Alleanza, adesioni) -> dict:
    """What the person may do about who joins and who leaves."""
    tiene = permessi.tiene(utente, alleanza)
    return {
        "tiene": tiene,
        "motivi": [a.pk for a in adesioni if a.recesso_motivo and puo_far_uscire(utente, a)],
        "da_esaminare": alleanza.richieste.da_decidere().count() if tiene else 0,
        "escono": [a.pk for a in adesioni if not transizioni.perche_non_esce(a) and puo_far_uscire(utente, a)],
    }


@require_safe
def scarica(request, pk, quale):
    """Send the table of the enti, or whom to call, for who sees the alleanza."""
    genere = _genere(quale)
    alleanza = accesso.alleanza_visibile(request, pk)
    tavola = genere.tavola(alleanza, request.user)
    file = scrivi_xlsx(tavola.celle(), tavola.etichette(), genere.titolo)
    return FileResponse(file, as_attachment=True, filename=f"{slugify(tavola.titolo)[:80]}.xlsx", content_type=TIPO)


def tabella(request, pk, quale):
    """Ask for a table, and show what was understood of it; nothing is written here."""
    genere, alleanza = _genere(quale), accesso.alleanza_gestibile(request, pk)
    dati = inviati(request)
    if dati is None:
        return _chiede(request, alleanza, quale, foglio.Carica(tavola=genere.tavola(alleanza, request.user)))
    try:
        form, matrice, scelte = foglio.mandato(dati, request.FILES, genere.tavola(alleanza, request.user))
    except FoglioIllegibile as errore:
        return _da_capo(request, alleanza, quale, errore)
    if matrice is None:
        return _chiede(request, alleanza, quale, form, status=422)
    anteprima = Anteprima(genere.tavola(alleanza, request.user, matrice.con(scelte.corrette)), matrice, scelte)
    genere.prova(alleanza, anteprima)
    return _mostra(request, alleanza, quale, anteprima)


def conferma(request, pk, quale):
    """Write what the preview showed."""
    genere, alleanza = _genere(quale), accesso.alleanza_gestibile(request, pk, blocca=request.method == "POST")
    if request.method != "POST":
        return tabella(request, pk, quale) if inviati(request) else redirect("alleanze:tabella", pk, quale)
    try:
        anteprima = _riletta(request, alleanza, genere)
    except FoglioIllegibile as errore:
        return _da_capo(request, alleanza, quale, errore)
    genere.prova(alleanza, anteprima)
    anteprima.scelte.rivista = anteprima.da_rivedere or anteprima.cambiata
    if anteprima.errori or anteprima.scelte.rivista:
        return _mostra(request, alleanza, quale, anteprima, status=422)
    return _scrive(request, alleanza, quale, genere, anteprima)


def _scrive(request, alleanza: Alleanza, quale: str, genere: Genere, anteprima: Anteprima):
    try:
        quante = genere.scrivi(alleanza, anteprima)
    except ValidationError as errore:
        # Two sheets confirmed at once, or a code that an ente out of sight has: the register has the last word.
        return _da_capo(request, alleanza, quale, FoglioIllegibile(" ".join(errore.messages) + " Non è stato scritto niente."))
    righe = "una riga" if quante == 1 else f"{quante} righe"
    messages.success(request, f"Scritto dalla tabella: {righe}." if quante else "Non c'era nulla di nuovo da scrivere.")
    # The administrator keeps lists of alleanze that it has no page of.
    vede = Alleanza.objects.visibili_a(request.user).filter(pk=alleanza.pk).exists()
    return redirect("alleanze:dettaglio", alleanza.pk) if vede else redirect("alleanze:tabella", alleanza.pk, quale)


def _genere(quale: str) -> Genere:
    if quale not in TABELLE:
        raise Http404("tabella inesistente")
    return TABELLE[quale]


def _riletta(request, alleanza: Alleanza, genere: Genere) -> Anteprima:
    _, matrice, scelte = foglio.mandato(request.POST, request.FILES, genere.tavola(alleanza, request.user), conferma=True)
    return Anteprima(genere.tavola(alleanza, request.user, matrice.con(scelte.corrette)), matrice, scelte)


def _da_capo(request, alleanza: Alleanza, quale: str, errore: FoglioIllegibile):
    form = foglio.da_capo(errore, TABELLE[quale].tavola(alleanza, request.user))
    return _chiede(request, alleanza, quale, form, status=422)


def _chiede(request, alleanza: Alleanza, quale: str, form: foglio.Carica, status: int = 200):
    return render(request, "alleanze/alleanza/tabella_carica.html", _contesto(alleanza, quale) | {"form": form}, status=status)


def _mostra(request, alleanza: Alleanza, quale: str, anteprima: Anteprima, status: int = 200):
    contesto = foglio.contesto(anteprima) | {"da_scrivere": len(da_prendere(anteprima))}
    return render(
        request, "alleanze/alleanza/tabella_anteprima.html", _contesto(alleanza, quale) | {"anteprima": contesto}, status=status
    )


def _contesto(alleanza: Alleanza, quale: str) -> dict:
    dove = [alleanza.pk, quale]
    return {
        "alleanza": alleanza,
        "titolo": TABELLE[quale].titolo,
        "torna": reverse("alleanze:dettaglio", args=[alleanza.pk]),
        "url_tabella": reverse("alleanze:tabella", args=dove),
        "url_conferma": reverse("alleanze:tabella_conferma", args=dove),
        "url_scarica": reverse("alleanze:tabella_scarica", args=dove),
    }


# What the public reads of an alleanza, written by who keeps it.


def modifica(request, pk):
    """Change the page: what a colleague saved meanwhile is shown before it is written over."""
    alleanza = accesso.alleanza_gestibile(request, pk, blocca=request.method == "POST")
    adesso = impronta(detta(alleanza))
    dati = inviati(request)
    form, letta = Vetrina(dati, alleanza=alleanza), dati.get("impronta", "") if dati else adesso
    if request.method != "POST":
        return _pagina(request, alleanza, form, letta)
    if not form.is_valid():
        return _pagina(request, alleanza, form, letta, status=422)
    altrui = diverse(form.cleaned_data, detta(alleanza)) if letta != adesso else []
    if altrui:
        return _pagina(request, alleanza, form, adesso, altrui, status=409)
    return _salva(request, alleanza, form.cleaned_data)


def _salva(request, alleanza: Alleanza, scritta: dict):
    for campo in CAMPI:
        setattr(alleanza, campo, scritta[campo])
    alleanza.save(update_fields=CAMPI)
    dove = (
        "Chi non ha un accesso la vede entro pochi minuti." if alleanza.pubblica else "La vedono solo gli enti dell'alleanza."
    )
    messages.success(request, f"La pagina dell'alleanza è salvata. {dove}")
    # The administrator keeps alleanze that it has no page of.
    vede = Alleanza.objects.visibili_a(request.user).filter(pk=alleanza.pk).exists()
    return redirect("alleanze:dettaglio" if vede else "alleanze:modifica", alleanza.pk)


def _pagina(request, alleanza: Alleanza, form: Vetrina, impronta: str, altrui: list[dict] = (), status: int = 200):
    errori = [(campo.auto_id, campo.label, errore) for campo in form for errore in campo.errors]
    contesto = {"alleanza": alleanza, "form": form, "impronta": impronta, "altrui": altrui, "errori": errori}
    return render(request, "alleanze/alleanza/modifica.html", contesto, status=status)
