"""What people have to do about filing, and about what was filed or lent (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse

from alleanze.permessi import incarichi
from conciliazione.messaggi.da_fare import Cosa
from conciliazione.models import Sguardo

from .. import permessi
from ..models import Prestito, Progetto
from ..scheda.da_fare import aperti, cosa_del_progetto, del_capofila, in_tempo
from ..stati import MODIFICABILI, Stato

DA_ESAMINARE = 20
"""How many filed projects are named one by one; of the others one is told how many they are."""


def da_presentare(utente) -> Iterator[Cosa]:
    """Yield, for the capofila, what is left before filing, and what to do with a scheda that nobody filed in time."""
    for pagina, ente in del_capofila(utente):
        errori = pagina.errori
        resta = f"restano {errori} cose da sistemare" if errori > 1 else "resta una cosa da sistemare" if errori else "è pronta"
        verifica = reverse("progetti:verifica", args=[pagina.progetto.pk])
        yield cosa_del_progetto(pagina.progetto, "presenta", f"Presenta la scheda: {resta}", verifica, ente)
    enti = {i.ente_id: i.ente for i in incarichi(utente)}
    for progetto in aperti(utente):
        if not in_tempo(progetto) and progetto.capofila_id in enti:
            che_cosa = "Registra la presentazione fatta altrove, o elimina la scheda: l'avviso si è chiuso"
            url = reverse("progetti:dettaglio", args=[progetto.pk])
            yield cosa_del_progetto(progetto, "presenta", che_cosa, url, enti[progetto.capofila_id])


def dell_ats(utente) -> Iterator[Cosa]:
    """Yield the domande that wait for the ATS, and the drafts that it may read and this person has not opened."""
    enti = {i.ente_id: i.ente for i in incarichi(utente) if i.genere == "ats" and i.vale(())}
    if enti:
        yield from _da_leggere(utente, enti)
        yield from _da_esaminare(enti)


def _da_esaminare(enti: dict[UUID, str]) -> Iterator[Cosa]:
    del_territorio = Q(avviso__ats__in=enti) | Q(alleanza__ats__in=enti)
    arrivati = Progetto.objects.filter(del_territorio, stato=Stato.PRESENTATO, origine=Progetto.Origine.PORTALE)
    arrivati = arrivati.select_related("avviso", "alleanza").order_by("modificato_il", "pk")
    primi = list(arrivati[:DA_ESAMINARE])
    for progetto in primi:
        url = reverse("progetti:dettaglio", args=[progetto.pk])
        ente = enti[_ats(progetto, enti)]
        yield Cosa(f"progetto:{progetto.pk}:esamina", "Esamina la domanda", url, ente, f"«{progetto}»")
    altri = arrivati.count() - len(primi)
    if altri > 0:
        ente = enti[_ats(primi[0], enti)]
        yield Cosa(
            "progetti:esamina", f"Esamina altre {altri} domande", reverse("progetti:elenco"), ente, "Progetti presentati"
        )


def _ats(progetto: Progetto, enti: Iterable) -> UUID:
    return next(ats for ats in permessi.ats_di(progetto) if ats in enti)


def _da_leggere(utente, enti: dict[UUID, str]) -> Iterator[Cosa]:
    prestati = Prestito.objects.filter(revocato_il=None, ats__in=enti, progetto__stato__in=MODIFICABILI)
    guardati = Sguardo.objects.filter(
        tipo=ContentType.objects.get_for_model(Prestito), utente=utente, oggetto_id=Cast(OuterRef("pk"), CharField())
    )
    for prestito in prestati.exclude(Exists(guardati)).select_related("progetto__avviso", "progetto__capofila"):
        progetto, url = prestito.progetto, reverse("progetti:dettaglio", args=[prestito.progetto_id])
        che_cosa = f"Leggi la bozza che {progetto.capofila} ti fa vedere"
        yield cosa_del_progetto(progetto, f"prestito:{prestito.pk}", che_cosa, url, enti[prestito.ats_id])
