"""The list of the questions, and asking one."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Case, F, IntegerField, Value, When
from django.shortcuts import redirect, render
from django.utils import timezone

from conciliazione.http import limiti, pagine
from conciliazione.http.parcheggio import inviati
from conciliazione.italiano.parole import per_nome
from conciliazione.passaggi import spiega_i_rifiuti

from ..models import Alleanza, Quesito, Sportello
from ..permessi import puo_gestire
from ..stati import APERTI, TONI_QUESITO
from . import orologio, permessi, transizioni
from .forms import Domanda, Filtro, Seguito
from .ricerca import simili

ALL_ORA = 10
"""Questions of one person."""
TROPPE = f"Hai fatto {ALL_ORA} domande in un'ora: riprova più tardi. Quello che hai scritto è ancora qui."


def elenco(request):
    """Show what waits for an answer, by its clock, to who answers; to anybody else, one's own questions."""
    tiene = Sportello.objects.tenuti_da(request.user).exists()
    mie = not tiene or "mie" in request.GET
    form = Filtro(request.GET)
    pagina = pagine.pagina(request, _filtrati(request, form, mie))
    adesso = timezone.now()
    for quesito in pagina:
        quesito.orologio, quesito.tono = orologio.di(quesito, adesso), TONI_QUESITO[quesito.stato]
    contesto = {"pagina": pagina, "form": form, "filtrato": any(form.cleaned_data.values()), "mie": mie, "tiene": tiene}
    contesto |= {"base": _base(request), "sportelli": _gestiti(request.user)}
    return render(request, "alleanze/sportello/elenco.html", contesto)


def _filtrati(request, form: Filtro, mie: bool):
    quesiti = Quesito.objects.visibili_a(request.user).select_related(
        "sportello__alleanza", "chiesto_da", "esperto", "risposto_da"
    )
    tenuti = Sportello.objects.tenuti_da(request.user)
    quesiti = quesiti.filter(chiesto_da=request.user) if mie else quesiti.filter(sportello__in=tenuti)
    scelti = form.cleaned_data if form.is_valid() else {}
    if stato := scelti.get("stato"):
        quesiti = quesiti.aperti() if stato == "aperte" else quesiti.filter(stato=stato)
    if argomento := scelti.get("argomento"):
        quesiti = quesiti.filter(argomento=argomento)
    fermi = Case(When(stato__in=APERTI, then=Value(0)), default=Value(1), output_field=IntegerField())
    return quesiti.order_by(fermi, Case(When(stato__in=APERTI, then=F("entro"))), "-chiesto_il", "pk")


def _base(request) -> str:
    """The address of this list, up to the number of the page."""
    altro = request.GET.copy()
    altro.pop("pagina", None)
    return f"?{altro.urlencode()}&pagina=" if altro else "?pagina="


def _gestiti(utente) -> list[Alleanza]:
    """The alleanze whose sportello the person sets, or whose figures it reads."""
    alleanze = Alleanza.objects.visibili_a(utente).select_related("sportello").order_by(per_nome("nome"), "pk")
    for alleanza in alleanze:
        alleanza.si_imposta = puo_gestire(utente, alleanza)
        alleanza.si_contano = permessi.legge_statistiche(utente, alleanza)
        alleanza.aperto = hasattr(alleanza, "sportello") and alleanza.sportello.attivo
    return [a for a in alleanze if a.si_imposta or a.si_contano]


def nuova(request):
    sportelli = Sportello.objects.visibili_a(request.user).filter(attivo=True).select_related("alleanza")
    sportelli = sportelli.order_by(per_nome("alleanza__nome"), "pk")
    if request.method == "POST":
        return _manda(request, Domanda(request.POST, sportelli=sportelli))
    scelto = _scelto(sportelli, request.GET.get("alleanza"))
    return _chiede(request, Domanda(inviati(request), sportelli=sportelli, initial={"sportello": scelto}))


def _scelto(sportelli, alleanza: str | None) -> Sportello | None:
    """Return the sportello of the alleanza one comes from, or the only one there is."""
    dell_alleanza = [s for s in sportelli if str(s.alleanza_id) == alleanza]
    return dell_alleanza[0] if dell_alleanza else sportelli[0] if len(sportelli) == 1 else None


def seguito(request, pk):
    """Another question about an answer one had."""
    segue = permessi.quesito_visibile(request, pk, permessi.puo_seguire)
    if request.method == "POST":
        return _manda(request, Seguito(request.POST, segue=segue), segue)
    return _chiede(request, Seguito(inviati(request), segue=segue, initial={"pubblicabile": segue.pubblicabile}), segue)


def _chiede(request, form: Domanda, segue: Quesito | None = None, status: int = 200, **altro):
    nessuno_risponde = not segue.sportello.attivo if segue else not form.fields["sportello"].queryset
    contesto = {"form": form, "segue": segue, "simili": altro.get("simili", []), "chiuso": nessuno_risponde}
    return render(request, "alleanze/sportello/nuova.html", contesto, status=status)


def _manda(request, form: Domanda, segue: Quesito | None = None):
    if not form.is_valid():
        return _chiede(request, form, segue, status=422)
    if not form.cleaned_data["viste"] and (trovati := _gia_risposte(form)):
        form.data = form.data.copy()
        form.data["viste"] = "1"
        return _chiede(request, form, segue, simili=trovati)
    if not limiti.passa(f"quesito:{request.user.pk}", ALL_ORA, timedelta(hours=1)):
        form.add_error(None, TROPPE)
        return _chiede(request, form, segue, status=429)
    with spiega_i_rifiuti(request, form):
        quesito = transizioni.chiedi(form.cleaned_data["sportello"], request.user, form.dati(), segue=segue)
        messages.success(request, f"Domanda inviata: lo sportello risponde entro {orologio.momento(quesito.entro)}.")
        return redirect("sportello:quesito", quesito.pk)
    return _chiede(request, form, segue, status=422)


def _gia_risposte(form: Domanda) -> list[Quesito]:
    """The frequent questions that may have the answer already."""
    return list(simili(Quesito.objects.pubblicati(), f"{form.cleaned_data['titolo']} {form.cleaned_data['testo']}"))
