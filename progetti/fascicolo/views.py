"""The papers of a project: the board, what is done for all the soggetti at once, and the acts that go with them."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.templatetags.italiano import elenco_it

from ..models import AttoDiImpegno, DaFirmare
from . import accesso, carte, invii, permessi, stampa
from .dati import Fonte
from .forms import Atto
from .quadro import Quadro, nota_atti


def fascicolo(request, pk):
    """Show who has signed what: all the soggetti for the capofila, one's own papers for a soggetto."""
    progetto = accesso.fascicolo_visibile(request, pk)
    contesto = {
        "progetto": progetto,
        "quadro": Quadro(progetto, request.user),
        "generi": DaFirmare.Genere.choices,
        "prepara": permessi.puo_preparare(request.user, progetto),
    }
    return render(request, "progetti/fascicolo/fascicolo.html", contesto)


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
    """Ask for all that is still to be signed, in one PDF to print."""
    progetto = accesso.fascicolo_visibile(request, pk, permessi.puo_preparare)
    file = stampa.chiedi_intero(progetto, request.user)
    if file is None:
        messages.info(request, "Non ci sono documenti da stampare: prima preparali.")
        return redirect(reverse("progetti:fascicolo", args=[pk]))
    return redirect("progetti:file", file.pk)


# The acts by which a soggetto commits its cofinancing: written by itself or, for it, by the capofila.


def atti(request, pk, riga):
    """Show the acts of a soggetto, with a new one to add."""
    return _atti(request, pk, riga, None)


def modifica_atto(request, pk, riga, atto):
    return _atti(request, pk, riga, atto)


def _atti(request, pk, riga, atto):
    leggendo = request.method != "POST" and atto is None
    soggetto = accesso.soggetto_visibile(request, pk, riga, permessi.puo_leggere_di if leggendo else permessi.puo_scrivere_di)
    suo = get_object_or_404(AttoDiImpegno, pk=atto, partecipazione=soggetto) if atto else None
    form = Atto(inviati(request), initial={campo: getattr(suo, campo) for campo in Atto.base_fields} if suo else None)
    if request.method == "POST" and form.is_valid():
        AttoDiImpegno.objects.update_or_create(pk=atto, defaults=form.cleaned_data | {"partecipazione": soggetto})
        messages.success(request, "Atto registrato. Se l'impegno è già preparato, il capofila può rifarlo con questo atto.")
        return redirect("progetti:atti", pk, riga)
    contesto = _contesto_atti(request, soggetto, form, suo)
    return render(request, "progetti/fascicolo/atti.html", contesto, status=422 if form.errors else 200)


def _contesto_atti(request, soggetto, form: Atto, suo: AttoDiImpegno | None) -> dict:
    atti = list(soggetto.atti.order_by("data", "pk"))
    importi = [atto.importo for atto in atti if atto.importo is not None]
    dichiarato = Decimal(Fonte(soggetto.progetto).cofinanziamento(soggetto)["totale"])
    return {
        "progetto": soggetto.progetto,
        "soggetto": soggetto,
        "atti": atti,
        "dichiarato": dichiarato,
        "nota": nota_atti(sum(importi) if importi else None, dichiarato),
        "form": form if permessi.puo_scrivere_di(request.user, soggetto) else None,
        "atto": suo,
    }


def togli_atto(request, pk, riga, atto):
    """Take an act away; it stays in the history."""
    if request.method != "POST":
        return redirect("progetti:atti", pk, riga)
    soggetto = accesso.soggetto_visibile(request, pk, riga, permessi.puo_scrivere_di)
    tolti, _ = soggetto.atti.filter(pk=atto).delete()
    messages.success(request, "Atto tolto." if tolti else "L'atto era già stato tolto.")
    return redirect("progetti:atti", pk, riga)
