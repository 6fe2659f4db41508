"""What the bell says in the demo, a soggetto that was reminded, and a draft that the ATS reads. Rows, and no mail."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from alleanze.models import Alleanza
from progetti.models import Avviso, Prestito, Progetto, Sollecito
from progetti.nuovo import apri

from ..models import Notifica, Utente

CAPOFILA, ATS, IRIDE = "operatore@comune-crema.example.org", "istruttore@ats-valpadana.example.org", "partner@iride.example.org"
IN_PRESTITO = "Nidi in rete"
MESSAGGIO = "Ci dite se le azioni che abbiamo scelto sono ammissibili?"


def carica(alleanza: Alleanza, avviso: Avviso) -> None:
    in_compilazione = Progetto.objects.get(titolo="Tempo per tutti")
    _sollecitato(in_compilazione)
    _in_prestito(alleanza, avviso)


def _sollecitato(progetto: Progetto) -> None:
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    ieri = timezone.now() - timedelta(days=1)
    da, a = Utente.objects.get(email=CAPOFILA), Utente.objects.get(email=IRIDE)
    Sollecito.objects.create(
        partecipazione=iride, mandato_da=da, mandato_il=ieri, a=[a.email], testo="Ci manca la vostra parte."
    )
    testo = f"{progetto.capofila} ricorda che cosa manca di {iride} nella scheda «{progetto}»."
    _notifica(a, f"demo:sollecito:{progetto.pk}", testo, progetto, ieri)


def _in_prestito(alleanza: Alleanza, avviso: Avviso) -> None:
    capofila = Utente.objects.get(email=CAPOFILA)
    progetto = apri.apri(avviso, alleanza.capofila, alleanza, capofila)
    # Older than the others: on the desk it comes after them.
    Progetto.objects.filter(pk=progetto.pk).update(titolo=IN_PRESTITO, modificato_il=timezone.now() - timedelta(days=30))
    Prestito.objects.create(progetto=progetto, ats=alleanza.ats, prestato_da=capofila, messaggio=MESSAGGIO)
    testo = f"{alleanza.capofila} vi fa leggere la bozza «{IN_PRESTITO}». «{MESSAGGIO}»"
    _notifica(Utente.objects.get(email=ATS), f"demo:prestito:{progetto.pk}", testo, progetto, timezone.now())


def _notifica(utente: Utente, chiave: str, testo: str, progetto: Progetto, il) -> None:
    url, chiude = reverse("progetti:dettaglio", args=[progetto.pk]), progetto.avviso.chiude_il
    Notifica.objects.create(utente=utente, chiave=chiave, testo=testo, url=url, scade_il=chiude, creata_il=il, spedita_il=il)
