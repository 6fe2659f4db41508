"""What people have to do about the papers, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from alleanze.permessi import PREPARANO, enti_di, incarichi
from conciliazione.messaggi.da_fare import Cosa

from ..models import DaFirmare, Partecipazione, Progetto
from .stati import Stato

FIRMA = {
    DaFirmare.Genere.LETTERA: "Firma la lettera di adesione",
    DaFirmare.Genere.IMPEGNO: "Firma l'impegno al cofinanziamento",
    DaFirmare.Genere.MANDATO: "Firma il mandato al capofila",
    DaFirmare.Genere.PRIVACY: "Firma l'informativa sulla privacy",
}


def _entro(progetto: Progetto):
    """The papers go with the scheda, which is filed before the avviso closes; once it is filed no day is set."""
    return progetto.avviso.chiude_il if progetto.modificabile else None


def _tardi(progetto: Progetto) -> bool:
    """The avviso has closed on a scheda that nobody filed: its papers are of no use."""
    entro = _entro(progetto)
    return entro is not None and entro <= timezone.now()


def da_firmare(utente) -> Iterator[Cosa]:
    """Yield the papers that were sent and have not come back; those sent back say so."""
    miei = Partecipazione.objects.di(utente, enti_di(utente)).values("pk")
    carte = DaFirmare.objects.filter(partecipazione__in=miei, stato=Stato.INVIATO)
    for carta in carte.select_related("partecipazione__progetto__avviso").defer("dati"):
        progetto = carta.partecipazione.progetto
        if _tardi(progetto):
            continue
        che_cosa = FIRMA[carta.genere] + (": è stato rimandato indietro" if carta.nota else "")
        url = reverse("progetti:carta_da_firmare", args=[progetto.pk, carta.pk])
        ente = carta.partecipazione.denominazione
        yield Cosa(f"carta:{carta.pk}", che_cosa, url, ente, f"«{progetto}»", _entro(progetto))


def da_controllare(utente) -> Iterator[Cosa]:
    """Signed papers that nobody has looked at, project by project."""
    enti = {i.ente_id: i.ente for i in incarichi(utente) if i.vale(PREPARANO)}
    if not enti:
        return
    firmate = Count("partecipazioni__da_firmare", filter=Q(partecipazioni__da_firmare__stato=Stato.FIRMATO))
    progetti = Progetto.objects.filter(capofila__in=enti).annotate(firmate=firmate).filter(firmate__gt=0)
    for progetto in progetti.select_related("avviso").order_by("pk"):
        if _tardi(progetto):
            continue
        che_cosa = (
            "Controlla il documento firmato" if progetto.firmate == 1 else f"Controlla {progetto.firmate} documenti firmati"
        )
        url = reverse("progetti:fascicolo", args=[progetto.pk])
        dove, entro = f"«{progetto}»", _entro(progetto)
        yield Cosa(f"fascicolo:{progetto.pk}", che_cosa, url, enti[progetto.capofila_id], dove, entro)
