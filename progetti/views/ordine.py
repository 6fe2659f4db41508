"""The soggetti all together: those of the alleanza let in at once, and the order in which they are printed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from conciliazione.metodi import solo_post

from .. import accesso, ordine, permessi
from .soggetti import _chiusa


@solo_post("progetti:soggetti")
def aggiungi_tutti(request, pk):
    """All the members of the alleanza that are not in the scheda yet."""
    progetto = accesso.progetto_visibile(request, pk, permessi.prepara, blocca=True)
    if not progetto.modificabile:
        return _chiusa(request, progetto)
    aggiunti = ordine.aggiungi_tutti(progetto, request.user)
    if aggiunti:
        messages.success(request, f"Aggiunti dall'alleanza: {'; '.join(str(s) for s in aggiunti)}.")
    else:
        messages.info(request, "I membri dell'alleanza sono già tutti tra i soggetti del progetto.")
    return redirect("progetti:soggetti", pk)


@solo_post("progetti:soggetti")
def su(request, pk, riga):
    return _sposta(request, pk, riga, ordine.SU)


@solo_post("progetti:soggetti")
def giu(request, pk, riga):
    return _sposta(request, pk, riga, ordine.GIU)


def _sposta(request, pk, riga, verso: int):
    """The page comes back to where that soggetto is now."""
    progetto = accesso.progetto_visibile(request, pk, permessi.prepara, blocca=True)
    if not progetto.modificabile:
        return _chiusa(request, progetto)
    soggetto = get_object_or_404(progetto.partecipazioni.exclude(ruolo="capofila"), pk=riga)
    posto = ordine.sposta(progetto, soggetto, verso)
    messages.success(request, f"{soggetto} è ora il soggetto n. {posto}.")
    return redirect(reverse("progetti:soggetti", args=[pk]) + f"#soggetto-{riga}")
