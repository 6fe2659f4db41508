"""Who acts for an ente: its people, the invitations and their links, the mandates; and for whom one chooses to act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from conciliazione.accesso import ricordi
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.inviti import accoglienza, collegamenti
from conciliazione.models import Invito
from conciliazione.passaggi import spiega_i_rifiuti

from ..models import Appartenenza, Ente, Mandato
from . import agisci_per, incarichi, permessi
from .forms import CambiaRuolo, DaiMandato, FineIncarico, InvitaPersona


def persone(request, pk):
    """Show who acts for the ente, in which role, since when; a responsabile invites others."""
    puo = permessi.puo_gestire_le_persone if request.method == "POST" else None
    ente = permessi.ente_delle_persone(request, pk, puo)
    form = InvitaPersona(inviati(request), ente=ente)
    if request.method == "POST" and form.is_valid() and _invita(request, ente, form):
        return redirect("alleanze:persone", pk)
    return render(request, "alleanze/persone/persone.html", _contesto(request, ente, form), status=422 if form.errors else 200)


def _invita(request, ente: Ente, form: InvitaPersona) -> bool:
    with spiega_i_rifiuti(request, form):
        invito = incarichi.invita(ente, request.user, **form.cleaned_data)
        messages.success(request, f"Invito mandato a {invito.email}: vale una volta sola, per 14 giorni.")
    return form.is_valid()


def _contesto(request, ente: Ente, form: InvitaPersona) -> dict:
    righe = ente.appartenenze.select_related("utente").order_by("utente__cognome", "utente__nome", "pk")
    oggi = timezone.localdate()
    return {
        "ente": ente,
        "in_corso": [a for a in righe if a.al is None or a.al >= oggi],
        "finite": [a for a in righe if a.al and a.al < oggi],
        "rappresentanti": ente.cariche.che_rappresentano().exclude(persona__utente=None).select_related("persona__utente"),
        "mandati": ente.mandati_dati.filter(Mandato.in_corso()).select_related("mandatario"),
        "aperti": Invito.objects.su(ente).validi().select_related("mandato_da"),
        "ruoli": incarichi.ruoli_di(ente),
        "gestisce": permessi.puo_gestire_le_persone(request.user, ente),
        "form": form,
    }


@solo_post("alleanze:persone")
def revoca(request, pk, invito):
    """Take back an invitation that must not be used any more."""
    ente = permessi.ente_delle_persone(request, pk, permessi.puo_gestire_le_persone)
    trovato = _invito_di(ente, invito)
    if collegamenti.revoca(trovato):
        messages.success(request, f"L'invito a {trovato.email} è annullato: il suo collegamento non vale più.")
    else:
        messages.info(request, f"L'invito a {trovato.email} era già stato usato o annullato.")
    return redirect("alleanze:persone", pk)


@solo_post("alleanze:persone")
def rimanda(request, pk, invito):
    """Send the same invitation, with a new link."""
    ente = permessi.ente_delle_persone(request, pk, permessi.puo_gestire_le_persone)
    trovato = _invito_di(ente, invito)
    with spiega_i_rifiuti(request):
        incarichi.rimanda(trovato, request.user)
        messages.success(request, f"Mandato un nuovo collegamento a {trovato.email}: quello di prima non vale più.")
    return redirect("alleanze:persone", pk)


def _invito_di(ente: Ente, pk) -> Invito:
    tipo = ContentType.objects.get_for_model(Ente)
    return get_object_or_404(Invito.objects.select_related("tipo"), pk=pk, tipo=tipo, oggetto_id=str(ente.pk))


@solo_post("alleanze:persone")
def termina(request, pk, appartenenza):
    """End what somebody does for the ente; what they wrote stays."""
    riga = _riga(request, pk, appartenenza)
    form = FineIncarico(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["dal"][0])
        return redirect("alleanze:persone", pk)
    return _fai(
        request,
        pk,
        lambda: incarichi.termina(riga, request.user, form.cleaned_data["dal"]),
        f"{riga.utente} non agirà più per {riga.ente} come {riga.get_ruolo_display()}. Quello che ha scritto resta.",
    )


@solo_post("alleanze:persone")
def cambia_ruolo(request, pk, appartenenza):
    riga = _riga(request, pk, appartenenza)
    form = CambiaRuolo(request.POST, ente=riga.ente)
    if not form.is_valid():
        messages.error(request, "Scegli uno dei ruoli dell'elenco.")
        return redirect("alleanze:persone", pk)
    ruolo = form.cleaned_data["ruolo"]
    detto = f"Da oggi {riga.utente} agisce per {riga.ente} come {Appartenenza.Ruolo(ruolo).label}."
    return _fai(request, pk, lambda: incarichi.cambia_ruolo(riga, ruolo, request.user), detto)


def _riga(request, pk, appartenenza) -> Appartenenza:
    ente = permessi.ente_delle_persone(request, pk, permessi.puo_gestire_le_persone)
    return get_object_or_404(ente.appartenenze.select_related("utente", "ente"), pk=appartenenza)


def _fai(request, pk, azione, detto: str):
    with spiega_i_rifiuti(request):
        azione()
        messages.success(request, detto)
    # Who put itself out does not see the page any more.
    ricordi(request.user).clear()
    resta = permessi.vede_le_persone(request.user, Ente(pk=pk))
    return redirect("alleanze:persone", pk) if resta else redirect("scrivania")


@require_POST
def agisci(request):
    """Choose the one ente to act for, or all of them again."""
    scelto = request.POST.get("ente", "")
    if not scelto:
        request.session.pop(agisci_per.CHIAVE, None)
        messages.info(request, "Ora agisci per tutti i tuoi enti.")
        return redirect("scrivania")
    ente = next((s for s in agisci_per.scelte(request.user) if str(s.ente_id) == scelto), None)
    if ente is None:
        raise Http404("ente per cui non si agisce")
    request.session[agisci_per.CHIAVE] = scelto
    messages.info(request, f"Ora agisci per {ente.ente}: vedi solo ciò che lo riguarda.")
    return redirect("scrivania")


# The mandates of an ente: those it gave to others, who prepare for it, and those that it was given.


def mandati(request, pk):
    puo = permessi.puo_dare_mandato if request.method == "POST" else None
    ente = permessi.ente_delle_persone(request, pk, puo)
    form = DaiMandato(inviati(request), mandante=ente)
    if request.method == "POST" and form.is_valid() and _da(request, ente, form):
        return redirect("alleanze:mandati", pk)
    oggi = timezone.localdate()
    contesto = {
        "ente": ente,
        "dati": [(m, m.al is None or m.al >= oggi) for m in ente.mandati_dati.select_related("mandatario")],
        "avuti": [(m, m.al is None or m.al >= oggi) for m in ente.mandati_avuti.select_related("mandante")],
        "gestisce": permessi.puo_dare_mandato(request.user, ente),
        "form": form,
    }
    return render(request, "alleanze/persone/mandati.html", contesto, status=422 if form.errors else 200)


def _da(request, ente: Ente, form: DaiMandato) -> bool:
    puliti = form.cleaned_data
    mandatario, altro = puliti["ente"], {nome: puliti[nome] for nome in ("atto", "dal", "al")}
    with spiega_i_rifiuti(request, form):
        incarichi.da_mandato(ente, request.user, mandatario=mandatario, **altro)
        messages.success(request, f"Mandato dato: chi prepara per {mandatario} può ora preparare anche per {ente}.")
    return form.is_valid()


@solo_post("alleanze:mandati")
def ritira(request, pk, mandato):
    ente = permessi.ente_delle_persone(request, pk, permessi.puo_dare_mandato)
    trovato = get_object_or_404(ente.mandati_dati.select_related("mandatario"), pk=mandato)
    incarichi.ritira_mandato(trovato, request.user)
    messages.success(
        request, f"Mandato ritirato: {trovato.mandatario} non prepara più per {ente}. Quello che ha scritto resta."
    )
    return redirect("alleanze:mandati", pk)


# The link of an invitation to act for an ente.


def _racconta(invito: Invito) -> dict:
    ruolo = Appartenenza.Ruolo(invito.ruolo).label
    return {"per": str(invito.oggetto), "cosa": f"agire per {invito.oggetto} come {ruolo}"}


def _entra(request, invito: Invito) -> str:
    incarichi.entra(invito, request.user)
    request.session.pop(agisci_per.CHIAVE, None)  # who acts for one ente only would not see what was just given
    return reverse("scrivania")


def _rimanda(invito: Invito) -> None:
    altro = {"email": invito.email, "ruolo": invito.ruolo, "nome": invito.nome, "cognome": invito.cognome}
    incarichi.manda(invito.oggetto, invito.mandato_da, **altro)


ACCOGLIENZA = accoglienza.Accoglienza(
    Ente, "alleanze:invito", _racconta, _entra, incarichi.agisce_ancora, incarichi.regge, _rimanda
)


@login_not_required
def invito(request, chiave):
    return accoglienza.pagina(request, chiave, ACCOGLIENZA)


@login_not_required
@require_POST
def nuovo(request, chiave):
    return accoglienza.chiedi_nuovo(request, chiave, ACCOGLIENZA)
