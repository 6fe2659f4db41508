"""The papers of a project: the board, and what is done for all the soggetti at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conciliazione.metodi import solo_post
from conciliazione.templatetags.italiano import elenco_it

from ..fascicolo import accesso, carte, invii, permessi, stampa
from ..fascicolo.quadro import Quadro
from ..models import DaFirmare


def fascicolo(request, pk):
    """Who has signed what: all the soggetti for the capofila, one's own papers for a soggetto."""
    progetto = accesso.fascicolo_visibile(request, pk)
    contesto = {
        "progetto": progetto,
        "quadro": Quadro(progetto, request.user),
        "generi": DaFirmare.Genere.choices,
        "prepara": permessi.puo_preparare(request.user, progetto),
    }
    return render(request, "progetti/fascicolo.html", contesto)


@solo_post("progetti:fascicolo")
def prepara(request, pk):
    """Make the papers of all the soggetti, and again those that say something else and nobody has signed."""
    progetto = accesso.fascicolo_visibile(request, pk, permessi.puo_preparare, blocca=True)
    fatte = carte.prepara(progetto, request.user)
    if fatte.niente:
        messages.info(request, "Non c'era nulla da preparare: i documenti dicono già quello che dice la scheda.")
    else:
        messages.success(request, _conta(fatte))
    if fatte.firmate_da_rifare:
        quanti = len(fatte.firmate_da_rifare)
        messages.warning(
            request, f"Documenti firmati che non dicono più quello che dice la scheda: {quanti}. Non sono toccati."
        )
    return redirect("progetti:fascicolo", pk)


def _conta(fatte: carte.Preparate) -> str:
    conti = (("preparati", fatte.nuove), ("rifatti", fatte.rifatte), ("annullati", fatte.annullate))
    return f"Documenti {elenco_it([f'{parola}: {len(quali)}' for parola, quali in conti if quali])}."


@solo_post("progetti:fascicolo")
def invia(request, pk):
    """Send to each soggetto what it has to sign; with `soggetto`, once more to that one."""
    progetto = accesso.fascicolo_visibile(request, pk, permessi.puo_preparare, blocca=True)
    a_chi = None
    if "soggetto" in request.POST:
        a_chi = next((s for s in progetto.partecipazioni.all() if str(s.pk) == request.POST["soggetto"]), None)
        if a_chi is None:
            raise Http404("soggetto inesistente")
    _di(request, invii.invia(progetto, request.user, di_nuovo_a=a_chi))
    return redirect("progetti:fascicolo", pk)


def _di(request, fatto: invii.Inviate) -> None:
    if fatto.mandate:
        messages.success(request, f"Documenti inviati a: {elenco_it(fatto.mandate)}.")
    for nome in fatto.senza_indirizzo:
        messages.warning(
            request, f"{nome} non ha un indirizzo: aggiungi nella scheda un referente con la sua e-mail, o invita una persona."
        )
    for nome, quando in fatto.troppo_presto:
        messages.warning(request, f"A {nome} è già stato scritto meno di un'ora fa: potrai mandare di nuovo dopo il {quando}.")
    if not (fatto.mandate or fatto.senza_indirizzo or fatto.troppo_presto):
        messages.info(request, "Non c'era nulla da inviare.")


@solo_post("progetti:fascicolo")
def intero(request, pk):
    """All that is still to be signed, in one PDF to print."""
    progetto = accesso.fascicolo_visibile(request, pk, permessi.puo_preparare)
    file = stampa.chiedi_intero(progetto, request.user)
    if file is None:
        messages.info(request, "Non ci sono documenti da stampare: prima preparali.")
        return redirect(reverse("progetti:fascicolo", args=[pk]))
    return redirect("progetti:file", file.pk)
