"""Who else is in this page now, for the page's own script."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from .. import accesso, presenze
from .salvataggio import con_accesso


@require_POST
@con_accesso
def presenza(request, pk):
    """The browser says where its person is, and learns who else is there."""
    progetto = accesso.scheda_leggibile(request, pk)
    edizione = accesso.edizione_di(progetto)
    pagina = request.POST.get("pagina", "")
    chiave, _, riga = pagina.partition("/")
    accesso.blocco_di(edizione, chiave) if riga else accesso.sezione_di(edizione, chiave)
    blocco = request.POST.get("blocco", "")
    if blocco not in {b.chiave for b in edizione.blocchi}:
        blocco = ""
    presenze.segna(progetto, request.user, pagina[:LUNGA], blocco)
    return JsonResponse({"altri": presenze.altri(progetto, request.user, pagina[:LUNGA], edizione)})


LUNGA = 120
