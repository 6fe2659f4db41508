"""The page of a personal link: who invites, where, until when; and the two ways of taking it, with an account or without.

Looking at it changes nothing: mail scanners open links too. Each app tells what is particular of its own invitations.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ..http.parcheggio import inviati
from ..messaggi import notifiche, posta
from ..models import Invito, Utente
from ..moduli.campi import Vestito
from ..passaggi import Rifiuto
from . import collegamenti

ALMENO = timedelta(hours=2)
"""Who comes in just before midnight is not put out while writing."""


@dataclass(frozen=True)
class Accoglienza:
    """Invitations of one kind: about what, what the page tells of them, what taking one gives (and where it leads)."""

    tipo: type[models.Model]
    indirizzo: str
    """Name of the page of the link; with «_nuovo» that of asking for another."""
    racconta: Callable[[Invito], dict]
    """`per` (an ente, a soggetto of a project), `cosa` (what one will be able to do there)."""
    fai_entrare: Callable[[HttpRequest, Invito], str]
    ancora: Callable[[Invito], bool]
    """Whether who used it may still be where it let them in."""
    regge: Callable[[Invito], bool]
    """Whether who sent it may still let people in there: who was put out does not come back by a link of its own."""
    rimanda: Callable[[Invito], None]


class SenzaAccount(Vestito):
    """Who comes in with the link alone says who they are."""

    nome = forms.CharField(label="Nome", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    cognome = forms.CharField(label="Cognome", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    privacy = forms.BooleanField(
        label="Ho letto l'informativa sulla privacy",
        error_messages={"required": "Per continuare, leggi l'informativa sulla privacy e spunta la casella."},
    )

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["privacy"].help_text = format_html('<a href="{}">Leggi l\'informativa</a>', reverse("privacy"))


def pagina(request, chiave: str, accoglienza: Accoglienza) -> HttpResponse:
    """GET tells, POST takes; whose link it is no more gets a page that says why and what to do."""
    try:
        invito = collegamenti.trova(chiave, accoglienza.tipo, blocca=request.method == "POST")
        _controlla_chi_manda(invito, accoglienza)
    except collegamenti.InvitoNonValido as errore:
        return _non_valido(request, chiave, accoglienza, errore)
    if request.user.is_authenticated:
        return _con_account(request, chiave, accoglienza, invito)
    return _senza_account(request, chiave, accoglienza, invito)


def _controlla_chi_manda(invito: Invito, accoglienza: Accoglienza) -> None:
    if not (invito.mandato_da.is_active and accoglienza.regge(invito)):
        motivo = "Chi ti ha mandato questo invito non può più farlo: chiedi a chi ne ha preso il posto di mandartene uno nuovo."
        raise collegamenti.InvitoNonValido(motivo)


def _con_account(request, chiave: str, accoglienza: Accoglienza, invito: Invito) -> HttpResponse:
    puo = collegamenti.puo_usarlo(invito, request.user)
    if request.method == "POST" and puo:
        return _usa(request, accoglienza, invito, request.user)
    return _mostra(request, chiave, accoglienza, invito, None, puo=puo, status=422 if request.method == "POST" else 200)


def _senza_account(request, chiave: str, accoglienza: Accoglienza, invito: Invito) -> HttpResponse:
    basta = collegamenti.entra_col_solo_collegamento(collegamenti.conto(invito))
    form = SenzaAccount(inviati(request), initial={"nome": invito.nome, "cognome": invito.cognome}) if basta else None
    if request.method == "POST" and form is not None and form.is_valid():
        utente = collegamenti.senza_account(invito, form.cleaned_data["nome"], form.cleaned_data["cognome"])
        login(request, utente, backend="django.contrib.auth.backends.ModelBackend")
        request.session.set_expiry(_fine_giornata())
        return _usa(request, accoglienza, invito, utente)
    return _mostra(request, chiave, accoglienza, invito, form, puo=basta, status=422 if request.method == "POST" else 200)


def _usa(request, accoglienza: Accoglienza, invito: Invito, utente: Utente) -> HttpResponse:
    collegamenti.usa(invito, utente)
    dove = accoglienza.fai_entrare(request, invito)
    _racconta_l_uso(invito, utente, accoglienza.racconta(invito)["per"])
    messages.success(request, f"Benvenuto, {utente.get_short_name()}: l'invito è accettato.")
    return redirect(dove)


def _racconta_l_uso(invito: Invito, utente: Utente, per: str) -> None:
    """Who invited and who was invited are told at once: a stolen link is noticed, and what it gave can be taken back."""
    testo = f"L'invito a {invito.email} per {per} è stato usato da {utente} ({utente.email})."
    notifiche.avvisa([invito.mandato_da], chiave=f"invito:{invito.pk}:usato", testo=testo)
    posta.invia("invito_usato", [invito.email], {"invito": invito, "utente": utente, "per": per})


def _fine_giornata() -> datetime:
    domani = timezone.localdate() + timedelta(days=1)
    return max(timezone.make_aware(datetime.combine(domani, time())), timezone.now() + ALMENO)


def _mostra(request, chiave, accoglienza: Accoglienza, invito: Invito, form, *, puo: bool, status: int) -> HttpResponse:
    contesto = {
        "invito": invito,
        "chi": invito.mandato_da,
        "form": form,
        "puo": puo,
        "accedi": f"{reverse('account_login')}?next={_indirizzo(accoglienza, chiave)}",
        "qui": _indirizzo(accoglienza, chiave),
        **accoglienza.racconta(invito),
    }
    return _riservata(render(request, "conciliazione/inviti/invito.html", contesto, status=status))


def _non_valido(request, chiave, accoglienza: Accoglienza, errore: collegamenti.InvitoNonValido) -> HttpResponse:
    contesto = {"motivo": errore.motivo, "nuovo": reverse(f"{accoglienza.indirizzo}_nuovo", args=[chiave])}
    return _riservata(render(request, "conciliazione/inviti/non_valido.html", contesto, status=410 if errore.noto else 404))


def _indirizzo(accoglienza: Accoglienza, chiave: str) -> str:
    return reverse(accoglienza.indirizzo, args=[chiave])


def _riservata(risposta: HttpResponse) -> HttpResponse:
    """Links out of this page do not tell the key. (With «no-referrer» browsers hide the origin too, and no form works.)"""
    risposta["Referrer-Policy"] = "strict-origin"
    risposta["Cache-Control"] = "private, no-store"
    return risposta


def chiedi_nuovo(request, chiave: str, accoglienza: Accoglienza) -> HttpResponse:
    """Another link for who spent theirs and has to come back: by mail, to the invited address only.

    The answer is the same whatever happens, so that nobody learns from it whether a link was ever good.
    """
    invito = collegamenti.usato(chiave, accoglienza.tipo)
    if invito and collegamenti.conto(invito) == invito.usato_da and accoglienza.ancora(invito) and accoglienza.regge(invito):
        with suppress(Rifiuto):
            collegamenti.non_troppi(invito.oggetto, invito.email, invito.usato_da)
            accoglienza.rimanda(invito)
    messages.info(
        request,
        "Se questo collegamento era tuo e puoi ancora entrare, fra poco ne ricevi uno nuovo all'indirizzo a cui era stato "
        "mandato il primo. Se non arriva, chiedilo a chi ti ha invitato.",
    )
    return redirect(_indirizzo(accoglienza, chiave))
