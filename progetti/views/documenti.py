"""The scheda as a Word document."""

from django.shortcuts import redirect

from conciliazione import sguardi
from conciliazione.metodi import solo_post

from .. import accesso, docx, permessi


@solo_post("progetti:versione")
def di_versione(request, pk):
    versione = accesso.versione_visibile(request, pk, permessi.puo_esportare)
    return redirect("progetti:file", docx.chiedi_di_versione(versione, request.user).pk)


@solo_post("progetti:dettaglio")
def di_scheda(request, pk):
    """The scheda as it is now: for who reads it, without the personal data that they do not see."""
    progetto = accesso.scheda_leggibile(request, pk)
    sguardi.scrivi(request)  # asked for by a POST: nobody else writes who looked
    return redirect("progetti:file", docx.chiedi_di_scheda(progetto, request.user).pk)
