"""A version as a page; a version, and the scheda as it is now, as PDF and Word documents."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from conciliazione.http import sola_lettura
from conciliazione.http.middleware import solo_post

from .. import permessi, regole
from ..accesso import progetto_visibile, scheda_leggibile
from ..edizioni import EDIZIONI
from ..scheda.pagina import TONI_GRAVITA
from . import accesso, versioni
from .permessi import oscura, puo_esportare, tace


def versione(request, pk):
    """Show a frozen version as a page, as it was labelled on the day it was filed."""
    versione = accesso.versione_visibile(request, pk)
    nascondi = permessi.nasconde(request.user, versione.progetto)
    nascosti = oscura(versione.lettura, nascondi)
    contesto = {
        "progetto": versione.progetto,
        "versione": versione,
        "presentazione": versione.domanda,
        "lettura": versione.lettura,
        "segnalazioni": [s | {"tono": TONI_GRAVITA[s["gravita"]]} for s in tace(versione.segnalazioni, nascosti)],
        "verifiche": _limiti(versione),
        "puo_esportare": puo_esportare(request.user, versione.progetto),
    }
    return render(request, "progetti/presentazione/versione.html", contesto)


def _limiti(versione) -> list[tuple]:
    """The limits of the avviso on the frozen figures, each with the place of the page where those are."""
    edizione = EDIZIONI.get(versione.edizione)
    trovate = regole.verifiche(edizione, versione.contenuto) if edizione else []
    return [(v, f"#{edizione.blocco(v.luogo.blocco).id}") for v in trovate]


@require_POST
def chiedi_pdf(request, pk):
    versione = accesso.versione_visibile(request, pk, puo_esportare)
    return redirect("progetti:file", versioni.chiedi_pdf(versione, request.user).pk)


@require_POST
def chiedi_anteprima(request, pk):
    """Ask for the PDF of the draft as it is now, at any time and however incomplete."""
    progetto = progetto_visibile(request, pk, permessi.e_capofila)
    return redirect("progetti:file", versioni.chiedi_anteprima(progetto, request.user).pk)


@solo_post("progetti:versione")
def chiedi_word(request, pk):
    versione = accesso.versione_visibile(request, pk, puo_esportare)
    return redirect("progetti:file", versioni.chiedi_word(versione, request.user).pk)


@solo_post("progetti:dettaglio")
def chiedi_word_di_scheda(request, pk):
    """Ask for the Word of the scheda as it is now: for who reads it, without the personal data that they do not see."""
    progetto = scheda_leggibile(request, pk)
    sola_lettura.scrivi(request)  # asked for by a POST: nobody else writes who looked
    return redirect("progetti:file", versioni.chiedi_word_di_scheda(progetto, request.user).pk)
