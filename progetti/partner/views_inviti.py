"""Letting people in to fill the part of a soggetto: inviting, the page of the link, the small page where they begin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alleanze.persone import agisci_per
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.inviti import accoglienza, collegamenti
from conciliazione.models import Invito
from conciliazione.passaggi import spiega_i_rifiuti

from .. import permessi
from ..accesso import progetto_visibile
from ..fascicolo.permessi import puo_leggere_di
from ..models import Incaricato, Partecipazione, Progetto
from ..scheda.blocchi import suo_foglio
from ..scheda.pagina import Pagina
from . import accesso, inviti
from .forms import InvitaAnche, InvitaIncaricato


def invita(request, pk, riga):
    """Show who fills the part of one soggetto, the invitations that wait, and a new one."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, _invita_qui)
    progetto = soggetto.progetto
    if request.method == "POST" and not progetto.modificabile:
        return _chiusa(request, progetto)
    proposte = inviti.proposte([soggetto], Pagina(progetto, request.user).contenuto)[str(soggetto.pk)]
    form = InvitaIncaricato(inviati(request), initial=proposte[0].__dict__ if proposte else {})
    if request.method == "POST" and form.is_valid() and _manda(request, soggetto, form):
        return redirect("progetti:invita", pk, riga)
    contesto = {
        "progetto": progetto,
        "soggetto": soggetto,
        "incaricati": soggetto.incaricati.filter(Incaricato.in_corso()).select_related("utente"),
        "aperti": inviti.aperti([soggetto]).select_related("mandato_da"),
        "proposte": proposte[1:],
        "form": form,
    }
    return render(request, "progetti/partner/invita.html", contesto, status=422 if form.errors else 200)


def _invita_qui(utente, soggetto: Partecipazione) -> bool:
    """Reading who was let in is for who prepares, in any state of the project: they can still be put out."""
    return permessi.prepara(utente, soggetto.progetto)


def _manda(request, soggetto: Partecipazione, form: InvitaIncaricato) -> bool:
    with spiega_i_rifiuti(request, form):
        invito = inviti.invita(soggetto, request.user, **form.cleaned_data)
        messages.success(request, f"Invito per {soggetto} mandato a {invito.email}: vale una volta sola, per 14 giorni.")
        if form.nome_altrui:
            messages.info(request, f"«{form.nome_altrui}» era il nome dell'altro indirizzo: nell'invito non c'è.")
    return form.is_valid()


def _chiusa(request, progetto: Progetto):
    messages.error(request, "La scheda è stata presentata: non c'è più niente da compilare, e non si invita nessuno.")
    return redirect("progetti:dettaglio", progetto.pk)


def invita_tutti(request, pk):
    """Show all those that nobody fills in, with the addresses that are known: one page, one button."""
    progetto = progetto_visibile(request, pk, permessi.prepara, blocca=request.method == "POST")
    if request.method == "POST" and not progetto.modificabile:
        return _chiusa(request, progetto)
    soggetti = inviti.senza_nessuno(progetto)
    proposte = inviti.proposte(soggetti, Pagina(progetto, request.user).contenuto)
    righe = [_riga(request, soggetto, proposte[str(soggetto.pk)]) for soggetto in soggetti]
    if request.method == "POST" and all(r.is_valid() for r in righe):
        return _manda_a_tutti(request, progetto, [r for r in righe if r.cleaned_data["manda"]])
    errori = [(r["email"].id_for_label, str(r.soggetto), testo) for r in righe for testo in r["email"].errors]
    contesto = {"progetto": progetto, "righe": righe, "errori": errori}
    return render(request, "progetti/partner/invita_tutti.html", contesto, status=422 if errori else 200)


def _riga(request, soggetto: Partecipazione, proposte: list) -> InvitaAnche:
    email = proposte[0].email if proposte else ""
    return InvitaAnche(inviati(request), soggetto=soggetto, initial={"manda": bool(email), "email": email})


def _manda_a_tutti(request, progetto: Progetto, righe: list[InvitaAnche]):
    mandati = 0
    for riga in righe:
        riga.soggetto.progetto = progetto
        with spiega_i_rifiuti(request):
            inviti.invita(riga.soggetto, request.user, email=riga.cleaned_data["email"])
            mandati += 1
    detto = "Mandato un invito." if mandati == 1 else f"Mandati {mandati} inviti."
    messages.success(request, detto if mandati else "Non è stato mandato nessun invito.")
    return redirect("progetti:soggetti", progetto.pk)


@solo_post("progetti:soggetti")
def revoca(request, pk, riga, invito):
    soggetto = accesso.partecipazione_visibile(request, pk, riga, _invita_qui)
    trovato = get_object_or_404(Invito.objects.su(soggetto), pk=invito)
    if collegamenti.revoca(trovato):
        messages.success(request, f"L'invito a {trovato.email} è annullato: il suo collegamento non vale più.")
    else:
        messages.info(request, f"L'invito a {trovato.email} era già stato usato o annullato.")
    return redirect("progetti:invita", pk, riga)


@solo_post("progetti:soggetti")
def rimanda(request, pk, riga, invito):
    soggetto = accesso.partecipazione_visibile(request, pk, riga, _invita_qui)
    if not soggetto.progetto.modificabile:
        return _chiusa(request, soggetto.progetto)
    trovato = get_object_or_404(Invito.objects.su(soggetto), pk=invito)
    with spiega_i_rifiuti(request):
        inviti.invita(soggetto, request.user, email=trovato.email, nome=trovato.nome, cognome=trovato.cognome)
        messages.success(request, f"Mandato un nuovo collegamento a {trovato.email}: quello di prima non vale più.")
    return redirect("progetti:invita", pk, riga)


@solo_post("progetti:soggetti")
def togli(request, pk, riga, incaricato):
    """Let in no more who was let in, at once; what it wrote stays."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga, _invita_qui)
    trovato = get_object_or_404(soggetto.incaricati.select_related("utente"), pk=incaricato)
    trovato.partecipazione = soggetto
    inviti.togli(trovato, request.user)
    messages.success(request, f"{trovato.utente} non vede più il progetto. Quello che ha scritto resta, col suo nome.")
    return redirect("progetti:invita", pk, riga)


def tua_parte(request, pk, riga):
    """Show where who was invited begins: its parts, its cofinancing, its confirmation, one after the other."""
    soggetto = accesso.partecipazione_visibile(request, pk, riga)
    if not puo_leggere_di(request.user, soggetto):
        raise PermissionDenied
    pagina = Pagina(soggetto.progetto, request.user)
    suo = next(s for s in pagina.soggetti if s["id"] == str(riga))
    passi = [_passo(p["titolo"], p["stato"], p["tono"], p["url"]) for p in suo["parti"]]
    denaro = suo_foglio(pagina) if suo["mio"] and suo["chiesto"] else None
    if suo["chiesto"] and suo["cofinanziamento"]["url"]:
        passi.append(_passo_del_denaro(suo["cofinanziamento"], denaro))
    if suo["conferma"]:
        url = reverse("progetti:conferma", args=[pk, riga])
        passi.append(_passo("Conferma", suo["conferma"], suo["tono_conferma"], url))
    da_fare = next((p for p in passi if p["manca"]), None)
    contesto = {"progetto": soggetto.progetto, "soggetto": suo, "passi": passi, "da_fare": da_fare, "denaro": denaro}
    return render(request, "progetti/partner/tua_parte.html", contesto)


def _passo(titolo: str, stato: str, tono: str, url: str) -> dict:
    return {"titolo": titolo, "stato": stato, "tono": tono, "url": url, "manca": tono != "positivo"}


def _passo_del_denaro(cofinanziamento: dict, denaro: dict | None) -> dict:
    """To bring no money is allowed: once it is confirmed nothing is missing. With `denaro` it is written on this very page."""
    tono, importo = cofinanziamento["tono"], cofinanziamento["importo"]
    detto = cofinanziamento["detto"] if importo is None else "indicato"
    url = "#il-tuo-cofinanziamento" if denaro else cofinanziamento["url"]
    return _passo("Il tuo cofinanziamento", detto, tono, url) | {"manca": tono == "attenzione"}


# The link.


def _racconta(invito: Invito) -> dict:
    soggetto = invito.oggetto
    cosa = f"compilare e confermare la parte di {soggetto} nella scheda del progetto «{soggetto.progetto}»"
    return {"per": f"{soggetto}, progetto «{soggetto.progetto}»", "cosa": cosa, "capofila": soggetto.progetto.capofila}


def _entra(request, invito: Invito) -> str:
    soggetto = invito.oggetto
    inviti.entra(invito, request.user)
    request.session.pop(agisci_per.CHIAVE, None)  # who acts for one ente only would not see what was just given
    return reverse("progetti:tua_parte", args=[soggetto.progetto_id, soggetto.pk])


def _rimanda(invito: Invito) -> None:
    altro = {"email": invito.email, "nome": invito.nome, "cognome": invito.cognome}
    inviti.manda(invito.oggetto, invito.mandato_da, **altro)


ACCOGLIENZA = accoglienza.Accoglienza(
    Partecipazione, "progetti:invito", _racconta, _entra, inviti.agisce_ancora, inviti.regge, _rimanda
)


@login_not_required
def invito(request, chiave):
    return accoglienza.pagina(request, chiave, ACCOGLIENZA)


@login_not_required
@require_POST
def nuovo(request, chiave):
    return accoglienza.chiedi_nuovo(request, chiave, ACCOGLIENZA)
