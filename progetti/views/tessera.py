"""The missing tile while the budget is being typed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_POST

from .. import accesso, tessera
from ..bilancio_scritto import con_gli_importi_scritti
from ..pagina import Pagina
from ..pezzi import blocchi_di_sezione, pezzo


@require_POST
def viva(request, pk, chiave):
    """What the page holds, not saved yet, as the line that says what closes it; writes nothing."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    sezione = accesso.sezione_di(pagina.edizione, chiave)
    if not pagina.compila:
        raise PermissionDenied
    pezzi = [pezzo(pagina, b, r, dati=request.POST) for b, r in blocchi_di_sezione(pagina.edizione, sezione)]
    scritto = con_gli_importi_scritti(pagina.contenuto, [p["modulo"] for p in pezzi if p["modulo"]])
    contesto = {
        "tessera": tessera.tessera(pagina.edizione, scritto, progetto.contributo_obiettivo),
        "progetto": progetto,
        "ancora_da_salvare": True,
    }
    return render(request, "progetti/_manca.html", contesto)
