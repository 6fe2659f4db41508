"""Who else is in this page now, for the page's own script."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from .. import accesso, presenze
from .salvataggio import con_accesso


@require_POST
@con_accesso
def presenza(request, pk, pagina):
    """The browser says where its person is (a section, or «block/row»), and learns who else is there."""
    progetto = accesso.scheda_leggibile(request, pk)
    edizione = accesso.edizione_di(progetto)
    chiave, _, riga = pagina[:LUNGA].partition("/")
    accesso.blocco_di(edizione, chiave) if riga else accesso.sezione_di(edizione, chiave)
    blocco = request.POST.get("blocco", "")
    scrive_in = blocco if blocco in {b.chiave for b in edizione.blocchi} else ""
    presenze.segna(progetto, request.user, pagina[:LUNGA], scrive_in)
    return JsonResponse({"altri": presenze.altri(progetto, request.user, pagina[:LUNGA], edizione)})


LUNGA = 120
