"""What people have to do here, for the one list of all (`conciliazione.da_fare`)."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from alleanze.da_fare import GIORNI_DI_ATTESA
from alleanze.permessi import enti_di, incarichi
from conciliazione.da_fare import Cosa, fonte
from conciliazione.models import Invito, Sguardo
from conciliazione.schede.stato import COMPLETA

from . import permessi
from .models import Partecipazione, Prestito, Progetto
from .pagina import Pagina
from .stati import MODIFICABILI, Stato

DA_ESAMINARE = 20
"""How many filed projects are named one by one; of the others one is told how many they are."""


def pagine_aperte(utente) -> list[Pagina]:
    """The schede that the person may still work at, what closes first is first; read once for each request."""
    if not hasattr(utente, "_pagine_aperte"):
        in_tempo = [p for p in _aperti(utente) if _in_tempo(p)]
        permessi.ricorda_partecipazioni(utente, in_tempo)
        utente._pagine_aperte = Pagina.di_tutti(in_tempo, utente) if in_tempo else []
    return utente._pagine_aperte


def _aperti(utente) -> list[Progetto]:
    if not hasattr(utente, "_aperti"):
        mie = Partecipazione.objects.di(utente, enti_di(utente)).values("progetto")
        propri = Progetto.objects.filter(Q(capofila__in=enti_di(utente)) | Q(pk__in=mie), stato__in=MODIFICABILI)
        collegati = propri.select_related("avviso__ats", "alleanza__ats", "capofila")
        utente._aperti = list(collegati.order_by("avviso__chiude_il", "pk"))
    return utente._aperti


def _in_tempo(progetto: Progetto) -> bool:
    chiude = progetto.avviso.chiude_il
    return chiude is None or chiude > timezone.now()


@fonte
def delle_schede(utente) -> Iterator[Cosa]:
    """Of the schede being filled: what the capofila owes, and what each partner does."""
    enti = {i.ente_id: i.ente for i in incarichi(utente)}
    for pagina in pagine_aperte(utente):
        if pagina.capofila:
            yield from _del_capofila(pagina, enti[pagina.progetto.capofila_id])
        yield from _dei_miei(pagina)
    for progetto in _aperti(utente):
        if not _in_tempo(progetto) and progetto.capofila_id in enti:
            che_cosa = "Registra la presentazione fatta altrove, o elimina la scheda: l'avviso si è chiuso"
            url = reverse("progetti:dettaglio", args=[progetto.pk])
            yield _cosa(progetto, "presenta", che_cosa, url, enti[progetto.capofila_id])


def _cosa(progetto: Progetto, chiave: str, che_cosa: str, url: str, ente: str) -> Cosa:
    return Cosa(f"progetto:{progetto.pk}:{chiave}", che_cosa, url, ente, f"«{progetto}»", progetto.avviso.chiude_il)


def _del_capofila(pagina: Pagina, ente: str) -> Iterator[Cosa]:
    progetto, errori = pagina.progetto, pagina.errori
    resta = f"restano {errori} cose da sistemare" if errori > 1 else "resta una cosa da sistemare" if errori else "è pronta"
    verifica = reverse("progetti:verifica", args=[progetto.pk])
    yield _cosa(progetto, "presenta", f"Presenta la scheda: {resta}", verifica, ente)
    tardi = [s["denominazione"] for s in pagina.soggetti if s["ruolo"] != "capofila" and s["in_ritardo"]]
    if tardi:
        tabellone = reverse("progetti:tabellone", args=[progetto.pk])
        yield _cosa(progetto, "ritardi", f"Sollecita chi è in ritardo: {_primi(tardi)}", tabellone, ente)
    if quanti := len(pagina.contenuto["da_rivedere"]):
        rivedi = "Rivedi il valore copiato" if quanti == 1 else f"Rivedi i {quanti} valori copiati"
        yield _cosa(progetto, "rivedi", rivedi, reverse("progetti:da_rivedere", args=[progetto.pk]), ente)


def _primi(nomi: list[str], quanti: int = 3) -> str:
    altri = len(nomi) - quanti
    return ", ".join(nomi[:quanti]) + (f" e altri {altri}" if altri > 1 else " e un altro" if altri == 1 else "")


def _dei_miei(pagina: Pagina) -> Iterator[Cosa]:
    progetto = pagina.progetto
    for soggetto in pagina.soggetti:
        if not soggetto["mio"] or soggetto["ruolo"] == "capofila":
            continue
        for parte in soggetto["parti"]:
            if parte["stato"] != COMPLETA:
                chiave = f"{soggetto['id']}:{parte['chiave']}"
                yield _cosa(progetto, chiave, f"Compila «{parte['titolo']}»", parte["url"], soggetto["denominazione"])
        if soggetto["conferma"] not in ("", "confermata"):
            di_nuovo = " di nuovo" if soggetto["conferma"] == "da riconfermare" else ""
            che_cosa = f"Conferma{di_nuovo} i dati e le cifre"
            chiave = f"{soggetto['id']}:conferma"
            yield _cosa(progetto, chiave, che_cosa, soggetto["url_conferma"], soggetto["denominazione"])


@fonte
def dell_ats(utente) -> Iterator[Cosa]:
    """The domande that wait for the ATS, and the drafts that it may read and this person has not opened."""
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
        yield _cosa(progetto, f"prestito:{prestito.pk}", che_cosa, url, enti[prestito.ats_id])


@fonte
def inviti_senza_risposta(utente) -> Iterator[Cosa]:
    """The invitations to fill the part of a soggetto that the person sent and nobody took."""
    for invito in Invito.objects.filter(mandato_da=utente).in_attesa_da(Partecipazione, GIORNI_DI_ATTESA):
        soggetto = invito.oggetto
        if soggetto is None:  # taken out of the scheda meanwhile
            continue
        url = reverse("progetti:invita", args=[soggetto.progetto_id, soggetto.pk])
        che_cosa = f"{invito.email} non ha ancora accettato l'invito: rimandalo o annullalo"
        yield Cosa(f"invito:{invito.pk}", che_cosa, url, str(soggetto), "inviti a compilare", invito.scade_il)
