"""The public face: alleanze, approved projects, frequent questions. Who is private, unknown or a draft is the same 404."""

from django.shortcuts import get_object_or_404, render

from alleanze.models import Adesione, Alleanza, Quesito, Sportello
from alleanze.sportello.ricerca import cerca
from conciliazione.http import pagine
from conciliazione.http.pubbliche import pubblica
from conciliazione.italiano.parole import per_nome

from ..models import Avviso, Progetto, SchedaSintetica
from .elenchi import AlleanzePubbliche, ProgettiPubblici, base_di
from .progetti import composta, persona_fisica, pubblicate

IN_VETRINA = 5
RUOLI = {
    Adesione.Ruolo.CAPOFILA: "Capofila",
    Adesione.Ruolo.EFFETTIVO: "Partner effettivi",
    Adesione.Ruolo.ADERENTE: "Aderenti con lettera",
    Adesione.Ruolo.SOSTENITORE: "Sostenitori",
}
"""How those of each role are called together."""


@pubblica
def benvenuto(request):
    """Show the first page of who is not logged in."""
    contesto = {
        "avvisi": Avviso.objects.aperti().per_elenco()[:IN_VETRINA],
        "alleanze": Alleanza.objects.pubbliche().per_elenco()[: IN_VETRINA + 1],
        "progetti": pubblicate(Progetto.objects.pubblici().order_by("-modificato_il", "pk")[:IN_VETRINA]),
    }
    return render(request, "progetti/pubblico/benvenuto.html", contesto)


@pubblica
def alleanze(request):
    elenco = AlleanzePubbliche(request.GET)
    pagina = pagine.pagina(request, elenco.trovate)
    return render(request, "progetti/pubblico/alleanze.html", {"elenco": elenco, "pagina": pagina})


@pubblica
def alleanza(request, pk):
    alleanza = get_object_or_404(Alleanza.objects.pubbliche().select_related("capofila", "ats"), pk=pk)
    membri = alleanza.adesioni.filter(Adesione.in_corso()).select_related("ente")
    nominati = membri.exclude(persona_fisica("ente__codice_fiscale")).order_by(per_nome("ente__denominazione"), "pk")
    suoi = Progetto.objects.pubblici().filter(alleanza=alleanza).order_by("-modificato_il", "pk")
    contesto = {
        "alleanza": alleanza,
        "membri": _per_ruolo(nominati),
        "non_nominati": membri.filter(persona_fisica("ente__codice_fiscale")).count(),
        "progetti": pubblicate(suoi[: IN_VETRINA * 2]),
        "sportello": Sportello.objects.filter(alleanza=alleanza, attivo=True).first(),
    }
    return render(request, "progetti/pubblico/alleanza.html", contesto)


def _per_ruolo(adesioni) -> list[dict]:
    """The members by role, in the order of the roles; roles that nobody has are not there."""
    lette = list(adesioni)
    gruppi = [(nome, [a.ente for a in lette if a.ruolo == ruolo]) for ruolo, nome in RUOLI.items()]
    return [{"ruolo": nome, "enti": enti} for nome, enti in gruppi if enti]


@pubblica
def progetti(request):
    elenco = ProgettiPubblici(request.GET)
    pagina = pagine.pagina(request, elenco.trovati)
    contesto = {"elenco": elenco, "pagina": pagina, "progetti": pubblicate(pagina.object_list)}
    return render(request, "progetti/pubblico/progetti.html", contesto)


@pubblica
def progetto(request, pk):
    """Show what was approved: its figures, its enti and, where it was made public, its scheda sintetica."""
    (progetto,) = pubblicate([get_object_or_404(Progetto.objects.pubblici(), pk=pk)])
    sintesi = SchedaSintetica.objects.pubbliche().filter(progetto=pk).first()
    contesto = {"progetto": progetto, "scheda": composta(sintesi) if sintesi else None}
    return render(request, "progetti/pubblico/progetto.html", contesto)


@pubblica
def schede(request):
    """Projects that other bodies fund, of which somebody here tells everyone."""
    di_altri = SchedaSintetica.objects.pubbliche().filter(progetto=None).select_related("ente").order_by(per_nome("nome"), "pk")
    pagina = pagine.pagina(request, di_altri)
    return render(request, "progetti/pubblico/schede.html", {"pagina": pagina})


@pubblica
def scheda(request, pk):
    di_altri = SchedaSintetica.objects.pubbliche().filter(progetto=None).select_related("ente")
    scheda = get_object_or_404(di_altri, pk=pk)
    return render(request, "progetti/pubblico/scheda.html", {"scheda": scheda, "composta": composta(scheda)})


@pubblica
def faq(request):
    """Show the answers of the sportello that were published, searched by their words."""
    parole, argomento = (request.GET.get(nome, "").replace("\x00", "").strip() for nome in ("q", "argomento"))
    pubblicati = Quesito.objects.pubblicati().select_related("sportello__alleanza")
    scelti = pubblicati.filter(argomento=argomento) if argomento else pubblicati
    contesto = {
        "pagina": pagine.pagina(request, cerca(scelti, parole)),
        "parole": parole,
        "argomento": argomento,
        "argomenti": Quesito.Argomento.choices,
        "base": base_di({"q": parole, "argomento": argomento}),
    }
    return render(request, "progetti/pubblico/faq.html", contesto)
