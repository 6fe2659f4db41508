"""What goes on around «Tempo per tutti»: its papers, some sent, one signed, one received; what the alliance of Crema agreed in
writing; a soggetto that was reminded, a draft that the ATS reads, and what the bell says of them."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from alleanze.accordi import accordi
from alleanze.models import Accordo, Alleanza, Ente
from progetti.fascicolo import carte, transizioni
from progetti.fascicolo.stampa import di_una
from progetti.models import AttoDiImpegno, Avviso, DaFirmare, Prestito, Progetto, Sollecito
from progetti.nuovo import apri

from .. import stampa
from ..models import Messaggio, Notifica, Passaggio, Utente
from ..schede import pdf

OPERATORE, ATS = "operatore@comune-crema.example.org", "istruttore@ats-valpadana.example.org"
CSC, IRIDE = "partner@csc.example.org", "partner@iride.example.org"
ACCORDO = "Accordo di alleanza per la conciliazione vita-lavoro nel Distretto di Crema"
IN_PRESTITO = "Nidi in rete"
MESSAGGIO = "Ci dite se le azioni che abbiamo scelto sono ammissibili?"
CONVENZIONE = "Convenzione con i nidi per i posti in orario prolungato"


def carica(alleanza: Alleanza, avviso: Avviso) -> None:
    capofila, progetto = Utente.objects.get(email=OPERATORE), Progetto.objects.get(titolo="Tempo per tutti")
    _carte(progetto, capofila)
    _accordi(alleanza, capofila)
    _sollecitato(progetto, capofila)
    _in_prestito(alleanza, avviso, capofila)


def _carte(progetto: Progetto, capofila: Utente) -> None:
    csc, iride = (progetto.partecipazioni.get(denominazione__startswith=nome) for nome in ("Comunità", "Iride"))
    atto = {"genere": "delibera", "numero": "12", "data": "2026-03-12", "organo": "Consiglio di amministrazione"}
    AttoDiImpegno.objects.create(partecipazione=csc, importo="5000.00", **atto)
    carte.prepara(progetto, capofila)
    DaFirmare.objects.filter(partecipazione__progetto=progetto).update(preparato_il=timezone.now() - timedelta(days=4))
    _prima("prepara", timezone.now() - timedelta(days=4))
    for soggetto, chi in ((csc, CSC), (iride, IRIDE)):
        for carta in soggetto.da_firmare.all():
            transizioni.segna_inviata(carta.pk, capofila, [chi], timezone.now() - timedelta(days=3))
    _prima("invia", timezone.now() - timedelta(days=3))
    partner = Utente.objects.get(email=CSC)
    for genere in ("lettera", "impegno"):
        _firma(csc.da_firmare.get(genere=genere), partner)
    transizioni.ricevi(csc.da_firmare.get(genere="lettera").pk, capofila)
    # What was told then was read then.
    Notifica.objects.filter(chiave__startswith="carta:").delete()
    Messaggio.objects.filter(testo__contains="ha consegnato firmato").delete()


def _prima(azione: str, quando: datetime) -> None:
    """Date what happened to that moment, not to the loading of the demo."""
    Passaggio.objects.filter(tipo=ContentType.objects.get_for_model(DaFirmare), azione=azione).update(il=quando)


def _firma(carta: DaFirmare, chi: Utente) -> None:
    transizioni.consegna(carta.pk, ContentFile(di_una(carta), name=f"{carta.genere}-firmata.pdf"), chi)


def _accordi(alleanza: Alleanza, capofila: Utente) -> None:
    oggi = timezone.localdate()
    accordo = _stipula("alleanza", ACCORDO, alleanza, oggi - timedelta(days=300), oggi + timedelta(days=430))
    membri = Ente.objects.filter(adesioni__alleanza=alleanza).exclude(pk=alleanza.capofila_id).per_elenco()
    for ente in [alleanza.capofila, *membri]:
        qualita = "capofila" if ente == alleanza.capofila else ""
        accordo.parti.create(ente=ente, qualita=qualita, firmato_il=accordo.stipulato_il)
    html = (
        f'<html lang="it"><head><title>{ACCORDO}</title></head><body><h1>{ACCORDO}</h1><p>Testo dimostrativo.</p></body></html>'
    )
    accordi.deposita(
        accordo, ContentFile(pdf.impagina(html, stampa.foglio("carta.css")), name="accordo-di-alleanza.pdf"), capofila
    )
    finita = _stipula("convenzione", CONVENZIONE, alleanza, oggi - timedelta(days=760), oggi - timedelta(days=30))
    finita.parti.create(ente=alleanza.capofila, qualita="committente")
    finita.parti.create(denominazione="Nido Il Girasole", qualita="fornitore")


def _stipula(genere: str, titolo: str, alleanza: Alleanza, dal, al) -> Accordo:
    date = {"stipulato_il": dal, "dal": dal, "al": al}
    return Accordo.objects.create(genere=genere, titolo=titolo, alleanza=alleanza, custode=alleanza.capofila, **date)


# Rows, and no mail.


def _sollecitato(progetto: Progetto, da: Utente) -> None:
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    ieri = timezone.now() - timedelta(days=1)
    a = Utente.objects.get(email=IRIDE)
    Sollecito.objects.create(
        partecipazione=iride, mandato_da=da, mandato_il=ieri, a=[a.email], testo="Ci manca la vostra parte."
    )
    testo = f"{progetto.capofila} ricorda che cosa manca di {iride} nella scheda «{progetto}»."
    _notifica(a, f"demo:sollecito:{progetto.pk}", testo, progetto, ieri)


def _in_prestito(alleanza: Alleanza, avviso: Avviso, capofila: Utente) -> None:
    progetto = apri.apri(avviso, alleanza.capofila, alleanza, capofila)
    # Older than the others: on the desk it comes after them.
    Progetto.objects.filter(pk=progetto.pk).update(titolo=IN_PRESTITO, modificato_il=timezone.now() - timedelta(days=30))
    Prestito.objects.create(progetto=progetto, ats=alleanza.ats, prestato_da=capofila, messaggio=MESSAGGIO)
    testo = f"{alleanza.capofila} vi fa leggere la bozza «{IN_PRESTITO}». «{MESSAGGIO}»"
    _notifica(Utente.objects.get(email=ATS), f"demo:prestito:{progetto.pk}", testo, progetto, timezone.now())


def _notifica(utente: Utente, chiave: str, testo: str, progetto: Progetto, il) -> None:
    url, chiude = reverse("progetti:dettaglio", args=[progetto.pk]), progetto.avviso.chiude_il
    Notifica.objects.create(utente=utente, chiave=chiave, testo=testo, url=url, scade_il=chiude, creata_il=il, spedita_il=il)
