"""Who else is in this page of the scheda now: told by the browsers of those who are there, forgotten after a minute."""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from conciliazione.schede.edizione import Edizione

from .. import accesso
from ..models import Presenza, Progetto
from .accesso import blocco_di, edizione_di, sezione_di
from .views_salvataggio import con_accesso

DURATA = timedelta(seconds=60)
"""A browser says that it is there every twenty seconds: of three that are missing, nobody is behind."""


def segna(progetto: Progetto, utente, pagina: str, blocco: str) -> None:
    """Note that this person has this page open now, and (`blocco` not "") writes in that block. Sweeps away who is gone, from
    whatever scheda: the table holds the people of this minute.
    """
    adesso = timezone.now()
    Presenza.objects.filter(vista_il__lt=adesso - DURATA).delete()
    Presenza.objects.bulk_create(
        [Presenza(progetto=progetto, utente=utente, pagina=pagina, blocco=blocco, vista_il=adesso)],
        update_conflicts=True,
        unique_fields=["progetto", "utente", "pagina"],
        update_fields=["blocco", "vista_il"],
    )


def altri(progetto: Progetto, utente, pagina: str, edizione: Edizione) -> list[dict]:
    """Return the others in that page, by name, and the block that each writes in."""
    presenti = Presenza.objects.filter(progetto=progetto, pagina=pagina, vista_il__gte=timezone.now() - DURATA)
    nomi = {b.chiave: (b.id, b.chiamato) for b in edizione.blocchi}
    trovati = presenti.exclude(utente=utente).select_related("utente").order_by("utente__cognome", "utente__nome", "utente")
    niente = "", ""
    return [
        {"nome": str(p.utente), "blocco": nomi.get(p.blocco, niente)[0], "dove": nomi.get(p.blocco, niente)[1]} for p in trovati
    ]


# Who else is in this page now, for the page's own script.


@require_POST
@con_accesso
def presenza(request, pk, pagina):
    """Let the browser say where its person is (a section, or «block/row»), and learns who else is there."""
    progetto = accesso.scheda_leggibile(request, pk)
    edizione = edizione_di(progetto)
    chiave, _, riga = pagina[:LUNGA].partition("/")
    blocco_di(edizione, chiave) if riga else sezione_di(edizione, chiave)
    blocco = request.POST.get("blocco", "")
    scrive_in = blocco if blocco in {b.chiave for b in edizione.blocchi} else ""
    segna(progetto, request.user, pagina[:LUNGA], scrive_in)
    return JsonResponse({"altri": altri(progetto, request.user, pagina[:LUNGA], edizione)})


LUNGA = 120
