"""The tables of a scheda, out to Excel and back: upload or paste, look at what was understood, confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
from conciliazione.italiano.parole import quanti
from conciliazione.schede.edizione import Blocco

from .. import accesso
from . import blocchi, tabelle
from .accesso import blocco_di
from .pagina import Pagina
from .salva import Salvataggio, in_conflitto, salva

AIUTO = "Puoi riempire questa tabella da un file di Excel o incollando le celle copiate da Excel o da Word."


@require_safe
def scarica(request, pk, blocco):
    """Send the table as it is now, for who reads the scheda."""
    pagina, definizione = _apri(request, pk, blocco)
    tavola = tabelle.tavola(pagina, definizione)
    file = scrivi_xlsx(tavola.celle(), tavola.etichette(), tavola.titolo)
    nome = f"{slugify(f'{pagina.progetto}-{tavola.titolo}')[:80] or 'tabella'}.xlsx"
    return FileResponse(file, as_attachment=True, filename=nome, content_type=TIPO)


def tabella(request, pk, blocco):
    """Ask for a table; then show what was understood of it, again at every choice. Nothing is written here."""
    pagina, definizione = _apri(request, pk, blocco)
    _solo_chi_scrive(pagina, definizione)
    tavola = tabelle.tavola(pagina, definizione)
    dati = inviati(request)
    if dati is None:
        return _chiede(request, pagina, definizione, foglio.Carica(tavola=tavola))
    try:
        form, matrice, scelte = foglio.mandato(dati, request.FILES, tavola)
    except FoglioIllegibile as errore:
        return _chiede(request, pagina, definizione, foglio.da_capo(errore, tavola), status=422)
    if matrice is None:
        return _chiede(request, pagina, definizione, form, status=422)
    return _mostra(request, pagina, definizione, Anteprima(tavola, matrice, scelte))


def conferma(request, pk, blocco):
    """Write what the preview showed; what somebody changed meanwhile is for the person to choose."""
    pagina, definizione = _apri(request, pk, blocco, blocca=request.method == "POST")
    _solo_chi_scrive(pagina, definizione)
    if request.method != "POST":
        # What was about to be confirmed when the log-in expired is looked at again.
        return tabella(request, pk, blocco) if inviati(request) else redirect("progetti:tabella", pk, blocco)
    if "foglio" not in request.POST:
        return _sceglie(request, pagina, definizione)
    tavola = tabelle.tavola(pagina, definizione)
    try:
        _, matrice, scelte = foglio.mandato(request.POST, request.FILES, tavola, conferma=True)
    except FoglioIllegibile as errore:
        return _chiede(request, pagina, definizione, foglio.da_capo(errore, tavola), status=422)
    anteprima = Anteprima(tavola, matrice, scelte)
    modulo = tabelle.prova(pagina, definizione, anteprima, viste=True)
    anteprima.scelte.rivista = anteprima.da_rivedere
    if anteprima.errori or anteprima.da_rivedere:
        return _mostra(request, pagina, definizione, anteprima, status=422)
    return _esito(request, pagina, definizione, salva(pagina.progetto, [modulo] if modulo else [], request.user), anteprima)


def _apri(request, pk, blocco: str, *, blocca: bool = False) -> tuple[Pagina, Blocco]:
    progetto = accesso.scheda_leggibile(request, pk, blocca=blocca)
    pagina = Pagina(progetto, request.user)
    definizione = blocco_di(pagina.edizione, blocco)
    if not tabelle.e_una_tabella(definizione):
        raise Http404("questo blocco non è una tabella")
    return pagina, definizione


def _solo_chi_scrive(pagina: Pagina, blocco: Blocco) -> None:
    if blocchi.modulo_di(pagina, blocco, blocco.righe(pagina.contenuto), None, nuove=0) is None:
        raise PermissionDenied


def _chiede(request, pagina: Pagina, blocco: Blocco, form: foglio.Carica, status: int = 200):
    return render(request, "progetti/scheda/tabella_carica.html", _contesto(pagina, blocco) | {"form": form}, status=status)


def _mostra(request, pagina: Pagina, blocco: Blocco, anteprima: Anteprima, status: int = 200):
    if status == 200:
        tabelle.prova(pagina, blocco, anteprima, viste=False)
    contesto = _contesto(pagina, blocco) | {"anteprima": foglio.contesto(anteprima)}
    return render(request, "progetti/scheda/tabella_anteprima.html", contesto, status=status)


def _contesto(pagina: Pagina, blocco: Blocco) -> dict:
    argomenti = [pagina.progetto.pk, blocco.chiave]
    sezione = pagina.edizione.sezione_di(blocco.chiave)
    return {
        "progetto": pagina.progetto,
        "blocco": blocco,
        "sezione": sezione,
        "aiuto": AIUTO,
        "torna": reverse("progetti:sezione", args=[pagina.progetto.pk, sezione.chiave]) + f"#{blocco.id}",
        "url_scarica": reverse("progetti:tabella_scarica", args=argomenti),
        "url_tabella": reverse("progetti:tabella", args=argomenti),
        "url_conferma": reverse("progetti:tabella_conferma", args=argomenti),
    }


def _sceglie(request, pagina: Pagina, blocco: Blocco):
    """Back from the page of conflicts, which speaks as the form of the block does."""
    modulo = blocchi.modulo_di(pagina, blocco, blocco.righe(pagina.contenuto), None, dati=request.POST)
    return _esito(request, pagina, blocco, salva(pagina.progetto, [modulo], request.user), None)


def _esito(request, pagina: Pagina, blocco: Blocco, esito: Salvataggio, anteprima: Anteprima | None):
    contesto = _contesto(pagina, blocco)
    if esito.conflitti:
        contesto |= in_conflitto(pagina, esito) | {"url": contesto["url_conferma"], "riga": None}
        return render(request, "progetti/scheda/conflitto.html", contesto, status=409)
    for _, dove, messaggio in esito.errori:
        messages.error(request, f"{dove}: {messaggio}")
    if esito.scritti:
        messages.success(request, _detto(anteprima))
    elif not esito.errori:
        messages.success(request, "Non c'era nulla di nuovo da scrivere.")
    return redirect(contesto["torna"])


def _detto(anteprima: Anteprima | None) -> str:
    if anteprima is None:
        return "Salvato."
    nuove = sum(r.nota is None for r in anteprima.prese)
    cambiate = len(anteprima.prese) - nuove
    parti = [quanti(nuove, "riga nuova", "righe nuove")] if nuove else []
    parti += [quanti(cambiate, "riga cambiata", "righe cambiate")] if cambiate else []
    return f"Scritto dalla tabella: {' e '.join(parti)}."
