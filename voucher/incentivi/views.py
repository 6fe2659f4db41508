"""The pages of the incentives to firms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum
from django.shortcuts import redirect, render

from alleanze.models import Ente
from alleanze.permessi import PREPARANO
from conciliazione.http import pagine
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.passaggi import racconta, spiega_i_rifiuti
from progetti.models import Progetto
from progetti.models.sintesi import APPROVATI

from ..models import MisuraIncentivo, RichiestaIncentivo
from . import denaro, permessi, transizioni
from .forms import Aiuti, ConcediForm, MisuraForm, NuovaRichiesta, RespingiForm, RichiestaForm
from .stati import TONI, Incentivo

CONCESSO = Sum("richieste__concesso", filter=Q(richieste__stato=Incentivo.CONCESSA))


def elenco(request):
    """Show the measures that one may ask for, one's own requests, and for a capofila the projects that may have a measure."""
    misure = MisuraIncentivo.objects.visibili_a(request.user).select_related("progetto__capofila")
    pagina = pagine.pagina(request, misure.order_by("-pubblicata", "titolo", "pk"))
    richieste = RichiestaIncentivo.objects.visibili_a(request.user).select_related("misura", "ente")[: pagine.PER_PAGINA]
    capofila = Progetto.objects.filter(capofila__in=Ente.objects.di(request.user, *PREPARANO), stato__in=APPROVATI)
    contesto = {"pagina": pagina, "richieste": [_con_tono(r) for r in richieste], "progetti": capofila.order_by("titolo")[:20]}
    return render(request, "voucher/incentivi/elenco.html", contesto)


def _con_tono(richiesta: RichiestaIncentivo) -> RichiestaIncentivo:
    richiesta.tono = TONI[Incentivo(richiesta.stato)]
    return richiesta


def misura(request, pk):
    """Show a measure: its conditions for a firm; for the capofila who asked; for who follows the project the totals."""
    trovata = permessi.misura_visibile(request, pk)
    richieste = trovata.richieste.filter(pk__in=RichiestaIncentivo.objects.visibili_a(request.user)).select_related("ente")
    segue = Progetto.objects.visibili_a(request.user).filter(pk=trovata.progetto_id).exists()
    contesto = {
        "misura": trovata,
        "gestisce": permessi.puo_cambiare(request.user, trovata),
        "richieste": [_con_tono(r) for r in richieste],
        "totali": trovata.richieste.aggregate(**TOTALI) if segue else None,
        "residuo": denaro.residuo(trovata) if segue else None,
        "chiusa": transizioni.chiusa(trovata),
        "enti": _che_possono_chiedere(request.user, trovata).exists(),
    }
    return render(request, "voucher/incentivi/misura.html", contesto)


TOTALI = {
    "quante": Count("pk", filter=~Q(stato__in=(Incentivo.BOZZA, Incentivo.RITIRATA))),
    "concesse": Count("pk", filter=Q(stato=Incentivo.CONCESSA)),
    "concesso": Sum("concesso", filter=Q(stato=Incentivo.CONCESSA)),
}


def misura_nuova(request, progetto):
    return _scrivi_misura(request, permessi.progetto_gestibile(request, progetto))


def misura_modifica(request, pk):
    trovata = permessi.misura_visibile(request, pk, permessi.puo_cambiare, blocca=request.method == "POST")
    return _scrivi_misura(request, trovata.progetto, trovata)


def _scrivi_misura(request, progetto: Progetto, trovata: MisuraIncentivo | None = None):
    form = MisuraForm(inviati(request), progetto=progetto, misura=trovata, utente=request.user)
    if request.method == "POST" and form.is_valid():
        salvata = form.salva()
        messages.success(request, f"«{salvata}» è salvata{' e pubblicata' if salvata.pubblicata else ''}.")
        return redirect("voucher:misura", salvata.pk)
    contesto = {"form": form, "progetto": progetto, "misura": trovata}
    return render(request, "voucher/incentivi/misura_modifica.html", contesto, status=422 if form.errors else 200)


def _che_possono_chiedere(utente, misura: MisuraIncentivo):
    """The private enti that the person prepares for, without one open request for this measure; not who gives."""
    enti = Ente.objects.di(utente, *PREPARANO).filter(settore=Ente.Settore.PRIVATO).exclude(pk=misura.progetto.capofila_id)
    vive = misura.richieste.exclude(stato__in=(Incentivo.RESPINTA, Incentivo.RITIRATA))
    return enti.exclude(pk__in=vive.values("ente")).per_elenco()


def chiedi(request, pk):
    """Open the request of a firm for a measure."""
    trovata = permessi.misura_visibile(request, pk)
    enti = _che_possono_chiedere(request.user, trovata)
    if not trovata.pubblicata or not enti:
        raise PermissionDenied
    form = NuovaRichiesta(inviati(request), enti=enti)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                aperta = RichiestaIncentivo.objects.create(misura=trovata, aperta_da=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("ente", "Una richiesta di questa impresa per questa misura c'è già: aprila dall'elenco.")
        else:
            messages.success(request, "La richiesta è aperta: completala quando vuoi, e avvia la sperimentazione.")
            return redirect("voucher:richiesta", aperta.pk)
    return render(
        request, "voucher/incentivi/chiedi.html", {"misura": trovata, "form": form}, status=422 if form.errors else 200
    )


def richiesta(request, pk):
    """Show the request, as each of the two sides reads it."""
    return _mostra(request, permessi.richiesta_visibile(request, pk))


def _mostra(request, trovata: RichiestaIncentivo, concede=None, respinge=None, status: int = 200):
    decide = permessi.puo_decidere(request.user, trovata) and trovata.stato == Incentivo.PRESENTATA
    contesto = {
        "richiesta": _con_tono(trovata),
        "misura": trovata.misura,
        "aiuti": trovata.aiuti.all(),
        "limiti": denaro.limiti(trovata) if decide else [],
        "compila": permessi.puo_compilare(request.user, trovata) and trovata.stato in (Incentivo.BOZZA, Incentivo.AVVIATA),
        "ritira": permessi.puo_compilare(request.user, trovata) and trovata.stato in (*MODIFICABILI, Incentivo.PRESENTATA),
        "dichiara": permessi.puo_dichiarare(request.user, trovata) and trovata.stato == Incentivo.AVVIATA,
        "mancano": transizioni.che_cosa_manca(trovata),
        "concede": (concede or ConcediForm(richiesta=trovata)) if decide else None,
        "respinge": (respinge or RespingiForm()) if decide else None,
        "passaggi": racconta(trovata),
    }
    return render(request, "voucher/incentivi/richiesta.html", contesto, status=status)


MODIFICABILI = (Incentivo.BOZZA, Incentivo.AVVIATA)


def modifica(request, pk):
    """Show what the firm writes, with the aids that it declares."""
    trovata = permessi.richiesta_visibile(request, pk, permessi.puo_compilare, blocca=request.method == "POST")
    if trovata.stato not in MODIFICABILI:
        messages.info(request, f"La richiesta è «{trovata.get_stato_display()}»: non si modifica più.")
        return redirect("voucher:richiesta", pk)
    form = RichiestaForm(inviati(request), richiesta=trovata, utente=request.user)
    aiuti = _aiuti(request, trovata) if trovata.misura.de_minimis else None
    if request.method == "POST" and form.is_valid() and (aiuti is None or aiuti.is_valid()):
        form.salva()
        if aiuti is not None:
            aiuti.salva(trovata)
        messages.success(request, "La richiesta è salvata.")
        return redirect("voucher:richiesta", pk)
    errori = bool(form.errors or (aiuti is not None and aiuti.is_bound and not aiuti.is_valid()))
    contesto = {"richiesta": trovata, "form": form, "aiuti": aiuti, "errori": _errori(form, aiuti) if errori else []}
    return render(request, "voucher/incentivi/modifica.html", contesto, status=422 if errori else 200)


def _aiuti(request, trovata: RichiestaIncentivo):
    iniziali = list(trovata.aiuti.values("concesso_il", "da", "norma", "importo"))
    return Aiuti(inviati(request), initial=iniziali, prefix="aiuti")


def _errori(form, aiuti) -> list[tuple[str, str, str]]:
    """For the summary: id, label, message; of the aids also which row."""
    trovati = [("", "", m) for m in form.non_field_errors()]
    trovati += [(campo.auto_id, campo.label, m) for campo in form for m in campo.errors]
    for posto, riga in enumerate(aiuti.forms if aiuti is not None else (), 1):
        trovati += [(campo.auto_id, f"Aiuto {posto}: {campo.label}", m) for campo in riga for m in campo.errors]
    return trovati


@solo_post("voucher:richiesta")
def avvia(request, pk):
    return _compi(request, pk, transizioni.avvia, "La sperimentazione è avviata. Alla fine torna qui e chiedi l'incentivo.")


@solo_post("voucher:richiesta")
def presenta(request, pk):
    permessi.richiesta_visibile(request, pk, permessi.puo_dichiarare)
    dichiara = "dichiara" in request.POST
    return _compi(request, pk, transizioni.presenta, "La richiesta è presentata.", dichiara=dichiara)


@solo_post("voucher:richiesta")
def ritira(request, pk):
    return _compi(request, pk, transizioni.ritira, "La richiesta è ritirata.")


def _compi(request, pk, azione, fatto: str, **altro):
    trovata = permessi.richiesta_visibile(request, pk, permessi.puo_compilare)
    with spiega_i_rifiuti(request):
        azione(trovata.pk, request.user, **altro)
        messages.success(request, fatto)
    return redirect("voucher:richiesta", pk)


@solo_post("voucher:richiesta")
def concedi(request, pk):
    trovata = permessi.richiesta_visibile(request, pk, permessi.puo_decidere)
    form = ConcediForm(request.POST, richiesta=trovata)
    return _decide(request, trovata, form, transizioni.concedi, "L'incentivo è concesso.", concede=form)


@solo_post("voucher:richiesta")
def respingi(request, pk):
    trovata = permessi.richiesta_visibile(request, pk, permessi.puo_decidere)
    form = RespingiForm(request.POST)
    return _decide(request, trovata, form, transizioni.respingi, "La richiesta è respinta.", respinge=form)


def _decide(request, trovata: RichiestaIncentivo, form, azione, fatto: str, **forms):
    if form.is_valid():
        with spiega_i_rifiuti(request, form):
            azione(trovata.pk, request.user, **form.cleaned_data)
            messages.success(request, fatto)
            return redirect("voucher:richiesta", trovata.pk)
    trovata.refresh_from_db(fields=["stato"])
    if trovata.stato != Incentivo.PRESENTATA:
        messages.error(request, f"La richiesta è «{trovata.get_stato_display()}»: è già stata decisa, o ritirata.")
        return redirect("voucher:richiesta", trovata.pk)
    return _mostra(request, trovata, **forms, status=422)
