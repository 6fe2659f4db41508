"""The papers of «Tempo per tutti», some sent, one signed, one received; and what the alliance of Crema agreed in writing."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from alleanze.accordi import accordi
from alleanze.models import Accordo, Alleanza, Ente
from progetti.fascicolo import carte, transizioni
from progetti.fascicolo.stampa import di_una
from progetti.models import AttoDiImpegno, DaFirmare, Progetto

from .. import stampa
from ..models import Messaggio, Notifica, Passaggio, Utente
from ..schede import pdf

OPERATORE = "operatore@comune-crema.example.org"
ACCORDO = "Accordo di alleanza per la conciliazione vita-lavoro nel Distretto di Crema"
CONVENZIONE = "Convenzione con i nidi per i posti in orario prolungato"


def carica(alleanza: Alleanza) -> None:
    capofila = Utente.objects.get(email=OPERATORE)
    _carte(Progetto.objects.get(titolo="Tempo per tutti"), capofila)
    _accordi(alleanza, capofila)


def _carte(progetto: Progetto, capofila: Utente) -> None:
    csc, iride = (progetto.partecipazioni.get(denominazione__startswith=nome) for nome in ("Comunità", "Iride"))
    atto = {"genere": "delibera", "numero": "12", "data": "2026-03-12", "organo": "Consiglio di amministrazione"}
    AttoDiImpegno.objects.create(partecipazione=csc, importo="5000.00", **atto)
    carte.prepara(progetto, capofila)
    DaFirmare.objects.filter(partecipazione__progetto=progetto).update(preparato_il=timezone.now() - timedelta(days=4))
    _prima("prepara", timezone.now() - timedelta(days=4))
    for soggetto, chi in ((csc, "partner@csc.example.org"), (iride, "partner@iride.example.org")):
        for carta in soggetto.da_firmare.all():
            transizioni.segna_inviata(carta.pk, capofila, [chi], timezone.now() - timedelta(days=3))
    _prima("invia", timezone.now() - timedelta(days=3))
    partner = Utente.objects.get(email="partner@csc.example.org")
    for genere in ("lettera", "impegno"):
        _firma(csc.da_firmare.get(genere=genere), partner)
    transizioni.ricevi(csc.da_firmare.get(genere="lettera").pk, capofila)
    # What was told then was read then.
    Notifica.objects.filter(chiave__startswith="carta:").delete()
    Messaggio.objects.filter(testo__contains="ha consegnato firmato").delete()


def _prima(azione: str, quando: datetime) -> None:
    """It happened then, not while the demo was being loaded."""
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
