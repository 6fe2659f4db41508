"""The draft lent to the ATS, and taken back. What it reads meanwhile is the live scheda; each look is kept."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Ente
from alleanze.permessi import di_ente
from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Sguardo, Utente
from conciliazione.passaggi import Rifiuto, passa, prendi

from ..models import Prestito, Progetto
from ..permessi import ats_di
from . import permessi

PROGETTI = Progetto.objects.select_related("avviso", "alleanza", "capofila")


@transaction.atomic
def presta(pk, utente: Utente, ats: Ente, messaggio: str = "") -> Prestito:
    """Let the people of an ATS read the draft. Lent already: the loan that is there. Raises Rifiuto, PermissionDenied."""
    progetto = prendi(PROGETTI, pk, "presta", utente, permessi.puo_prestare)
    if ats.pk not in ats_di(progetto):
        raise PermissionDenied
    prestito, nuovo = Prestito.objects.get_or_create(
        progetto=progetto, ats=ats, revocato_il=None, defaults={"prestato_da": utente, "messaggio": messaggio}
    )
    if nuovo:
        passa(progetto, "presta", utente, str(ats))
        aggiunta = f" «{messaggio}»" if messaggio else ""
        avvisa(
            di_ente(ats.pk),
            chiave=f"prestito:{prestito.pk}",
            testo=f"{progetto.capofila} vi fa leggere la bozza «{progetto}».{aggiunta}",
            url=reverse("progetti:dettaglio", args=[pk]),
            scade_il=progetto.avviso.chiude_il,
        )
    return prestito


@transaction.atomic
def riprendi(pk, utente: Utente, prestito) -> Prestito:
    """Take the draft back: from the next page on the ATS finds nothing. Raises Rifiuto, PermissionDenied."""
    progetto = prendi(PROGETTI, pk, "riprendi", utente, permessi.puo_prestare)
    trovato = progetto.prestiti.select_related("ats").filter(pk=prestito, revocato_il=None).first()
    if trovato is None:
        raise Rifiuto("La bozza era già stata ripresa.")
    trovato.revocato_il, trovato.revocato_da = timezone.now(), utente
    trovato.save(update_fields=["revocato_il", "revocato_da"])
    passa(progetto, "riprendi", utente, str(trovato.ats))
    avvisa(
        di_ente(trovato.ats_id),
        chiave=f"prestito:{trovato.pk}:ripreso",
        testo=f"{progetto.capofila} ha ripreso la bozza «{progetto}»: non si legge più.",
    )
    return trovato


def sguardi(progetto: Progetto):
    """Return who looked at the draft, day by day: how many pages, and when last."""
    prestiti = [str(pk) for pk in progetto.prestiti.values_list("pk", flat=True)]
    guardati = Sguardo.objects.filter(tipo=ContentType.objects.get_for_model(Prestito), oggetto_id__in=prestiti)
    per_giorno = guardati.order_by().values("utente__nome", "utente__cognome", giorno=TruncDate("il"))
    return per_giorno.annotate(pagine=Count("pk"), ultima=Max("il")).order_by("-ultima")
