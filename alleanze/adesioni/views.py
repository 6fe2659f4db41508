"""Who asks to join: from the public page of the alleanza to the request that is sent."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from conciliazione.atti import esame
from conciliazione.http import limiti
from conciliazione.http.parcheggio import inviati
from conciliazione.inviti import collegamenti
from conciliazione.messaggi import posta
from conciliazione.models import Lettera
from conciliazione.passaggi import spiega_i_rifiuti
from conciliazione.schede import canonico
from conciliazione.templatetags.italiano import elenco_it

from ..models import RichiestaAdesione
from ..stati import DA_SCRIVERE, Richiesta
from . import carte, permessi, richieste, transizioni
from .forms import PASSI, Chiede, ChiedePer, Invio, Ripresenta

PER_INDIRIZZO = (20, timedelta(hours=1))
"""Requests that may come from one place: an office with one way out has several people."""
PER_CASELLA = (5, timedelta(hours=1))
"""Links that go to one mailbox: nobody's is to be filled by somebody else."""
CHIAVI_RICORDATE = 20


def con_collegamento(vista):
    """Let in who has logged in and for who has opened its personal link; everybody else is shown the way in."""

    @login_not_required
    @wraps(vista)
    @never_cache
    def avvolta(request, pk, **argomenti):
        aperte = permessi.chiavi(request)
        if request.user.is_authenticated or RichiestaAdesione.objects.filter(pk=pk, impronta__in=aperte).exists():
            return vista(request, pk, **argomenti)
        messages.info(request, "Per questa pagina accedi, oppure apri il collegamento personale che hai ricevuto per posta.")
        return redirect_to_login(request.get_full_path())

    return avvolta


@login_not_required
def aderisci(request, pk):
    """Ask to join. Who has no account gets a personal link by mail, and is told the same whoever it is."""
    alleanza = permessi.alleanza_che_accoglie(request, pk)
    entrato = request.user.is_authenticated
    dati = inviati(request)
    form = ChiedePer(dati, utente=request.user) if entrato else Chiede(dati)
    if request.method != "POST" or not form.is_valid():
        return _chiede(request, alleanza, form, 422 if form.errors else 200)
    if troppe := _troppe(request, form.cleaned_data.get("email", request.user.email if entrato else "")):
        form.add_error(None, troppe)
        return _chiede(request, alleanza, form, 429)
    return _apre_da(request, alleanza, form) if entrato else _manda(alleanza, form)


def _chiede(request, alleanza, form, status: int):
    return render(request, "alleanze/adesioni/aderisci.html", {"alleanza": alleanza, "form": form}, status=status)


def _troppe(request, email: str) -> str:
    """Why this one more is refused; "" when it is not."""
    if not limiti.passa(f"aderisci da {limiti.da_dove(request)}", *PER_INDIRIZZO):
        return "Da qui sono partite troppe richieste: riprova fra un'ora. Quello che hai scritto è ancora in questa pagina."
    if not limiti.passa(f"aderisci a {email.lower()}", *PER_CASELLA):
        return "A questo indirizzo sono già partiti più messaggi: cerca l'ultimo, anche nella posta indesiderata."
    return ""


def _manda(alleanza, form):
    richiesta, chiave = richieste.apri(alleanza, **form.cleaned_data)
    contesto = {"richiesta": richiesta, "portale": settings.INDIRIZZO_PUBBLICO, "giorni": richieste.DURATA.days}
    contesto["pagina"] = reverse("alleanze:adesione_chiave", args=[chiave])
    posta.invia("adesione_collegamento", [richiesta.email], contesto)
    return redirect("alleanze:aderisci_posta", alleanza.pk)


def _apre_da(request, alleanza, form):
    with spiega_i_rifiuti(request, form):
        richiesta = richieste.apri_da(request.user, alleanza, **form.cleaned_data)
        return redirect("alleanze:adesione_passo", richiesta.pk, 1)
    return _chiede(request, alleanza, form, 422)


@login_not_required
def aderisci_posta(request, pk):
    """Show «Look in your mail»: the same for whatever was written."""
    return render(request, "alleanze/adesioni/aderisci_posta.html", {"alleanza": permessi.alleanza_che_accoglie(request, pk)})


@login_not_required
@never_cache
def adesione_chiave(request, chiave):
    """Open a personal link: the request is open in this browser from here on, and the key leaves the address bar."""
    richiesta = RichiestaAdesione.objects.filter(impronta=collegamenti.impronta(chiave)).first()
    if richiesta is None or richieste.scaduta(richiesta):
        return render(request, "alleanze/adesioni/chiave.html", status=404)
    altre = [c for c in permessi.chiavi(request) if c != richiesta.impronta]
    request.session[permessi.CHIAVI] = [*altre, richiesta.impronta][-CHIAVI_RICORDATE:]
    if richiesta.stato == Richiesta.BOZZA:
        return redirect("alleanze:adesione_passo", richiesta.pk, 1)
    return redirect("alleanze:adesione", richiesta.pk)


@con_collegamento
def adesione_passo(request, pk, passo):
    """Show a step of the form: it is saved also incomplete, and on to the next."""
    if passo not in PASSI:
        raise Http404("passo inesistente")
    richiesta = permessi.richiesta_propria(request, pk, blocca=request.method == "POST")
    scritto = _scritto(richiesta, passo)
    form = PASSI[passo](inviati(request), initial=scritto)
    if richiesta.stato not in DA_SCRIVERE:
        return _gia_inviata(request, richiesta, form)
    if request.method != "POST":
        return _compila(request, richiesta, passo, form)
    if not form.is_valid():
        return _compila(request, richiesta, passo, form, 422)
    if conflitti := _conflitti(form, scritto, request.POST.get("impronta")):
        return _compila(request, richiesta, passo, form, 409, conflitti)
    _salva(richiesta, passo, form.cleaned_data)
    return redirect("alleanze:adesione_passo", pk, 2) if passo == 1 else redirect("alleanze:adesione_invia", pk)


def _compila(request, richiesta: RichiestaAdesione, passo: int, form, status: int = 200, conflitti=()):
    """A page sent back for its errors keeps the fingerprint that it was opened with."""
    impronta = request.POST.get("impronta", "") if status == 422 else canonico.impronta(_scritto(richiesta, passo))
    contesto = {"richiesta": richiesta, "form": form, "passo": passo, "registrato": _registrato(richiesta)}
    contesto |= {"impronta": impronta, "conflitti": conflitti, "chiesto": _chiesto(richiesta)}
    return render(request, "alleanze/adesioni/passo.html", contesto, status=status)


def _chiesto(richiesta: RichiestaAdesione) -> Lettera | None:
    """The letter that asked for what is missing, while it is to be answered."""
    return Lettera.objects.di(richiesta).last() if richiesta.stato == Richiesta.IN_INTEGRAZIONE else None


def _conflitti(form, scritto: dict, impronta: str | None) -> list[dict]:
    """What a colleague wrote since the page was opened, where it is not what the page says."""
    if impronta in (None, canonico.impronta(scritto)):
        return []
    diversi = [nome for nome in form.fields if form.cleaned_data[nome] != (scritto.get(nome) or "")]
    return [{"etichetta": form[n].label, "mio": form.cleaned_data[n], "loro": scritto.get(n) or ""} for n in diversi]


def _scritto(richiesta: RichiestaAdesione, passo: int) -> dict:
    return richiesta.dati | {"ruolo": richiesta.ruolo} if passo == 1 else richiesta.risposte


def _salva(richiesta: RichiestaAdesione, passo: int, puliti: dict) -> None:
    if passo == 1:
        richiesta.ruolo = puliti.pop("ruolo")
        richiesta.dati = puliti
    else:
        richiesta.risposte = puliti
    richiesta.save(update_fields=["ruolo", "dati", "risposte"])


def _registrato(richiesta: RichiestaAdesione) -> str:
    """The name under which the register has the ente, for who is not of it: no more than its name is told."""
    ente = None if richiesta.per_il_suo_ente else richieste.del_registro(richiesta)
    return str(ente) if ente else ""


def _gia_inviata(request, richiesta: RichiestaAdesione, form):
    """It is not to be written any more; what was written meanwhile is there to be read."""
    perche = f"La richiesta è «{richiesta.get_stato_display()}»: non si modifica più."
    scritto = esame.rilegge(form) if form.is_bound else []
    if not scritto or esame.appena_fatto(richiesta, request.user, "invia", "ripresenta"):
        messages.info(request, perche)
        return redirect("alleanze:adesione", richiesta.pk)
    contesto = {"richiesta": richiesta, "perche": perche, "scritto": scritto}
    return render(request, "alleanze/adesioni/gia_inviata.html", contesto, status=409)


@con_collegamento
def adesione_invia(request, pk):
    """Last step: read it again, print and sign the two papers, send."""
    richiesta = permessi.richiesta_propria(request, pk, blocca=request.method == "POST")
    if richiesta.stato not in DA_SCRIVERE:
        mandato = (request.POST, request.FILES) if request.method == "POST" else ()
        return _gia_inviata(request, richiesta, Ripresenta(*mandato))
    integra = richiesta.stato == Richiesta.IN_INTEGRAZIONE
    modulo = Ripresenta if integra else Invio
    if request.method != "POST":
        return _controlla(request, richiesta, modulo())
    form = modulo(request.POST, request.FILES)
    buono = form.is_valid()
    _tiene_i_firmati(richiesta, form.cleaned_data)
    if not buono:
        return _controlla(request, richiesta, form, 422)
    risposta = {"risposta": form.cleaned_data["risposta"]} if integra else {}
    with spiega_i_rifiuti(request, form):
        (transizioni.ripresenta if integra else transizioni.invia)(pk, request.user, permessi.chiavi(request), **risposta)
        fatto = "La risposta è inviata: l'esame riprende" if integra else "La richiesta è inviata all'ATS e al capofila"
        messages.success(request, f"{fatto}; la ricevuta è partita per {elenco_it(richieste.indirizzi(richiesta))}.")
        return redirect("alleanze:adesione", pk)
    return _controlla(request, richiesta, form, 422)


def _tiene_i_firmati(richiesta: RichiestaAdesione, puliti: dict) -> None:
    """Those that are good, also when the request cannot be sent yet: nobody has to look for a file twice."""
    mandati = {quale: campo for quale, campo in carte.FIRMATI.items() if puliti.get(campo)}
    for quale, campo in mandati.items():
        carte.firma(richiesta, quale, puliti[campo])
    richiesta.save(update_fields=["firmati", *mandati.values()])


def _controlla(request, richiesta: RichiestaAdesione, form: Invio, status: int = 200):
    contesto = {"richiesta": richiesta, "form": form, "mancano": richieste.mancano(richiesta), "carte": carte.CARTE}
    contesto |= {"voci": carte.voci(richiesta), "superate": carte.superate(richiesta), "registrato": _registrato(richiesta)}
    contesto |= {"integra": richiesta.stato == Richiesta.IN_INTEGRAZIONE, "chiesto": _chiesto(richiesta)}
    return render(request, "alleanze/adesioni/invia.html", contesto, status=status)


@con_collegamento
def adesione_ritira(request, pk):
    if request.method != "POST":
        return redirect("alleanze:adesione", pk)
    richiesta = permessi.richiesta_propria(request, pk, blocca=True)
    with spiega_i_rifiuti(request):
        transizioni.ritira(pk, request.user, permessi.chiavi(request))
        messages.success(request, "La richiesta è ritirata. Se cambi idea, puoi farne un'altra.")
    return redirect("alleanze:adesione", richiesta.pk)
