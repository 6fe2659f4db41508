"""Who is let in to fill the part of one soggetto of one project, and sees nothing else of its ente."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Carica
from alleanze.permessi import di_enti
from conciliazione.accesso import esigi
from conciliazione.inviti import collegamenti
from conciliazione.messaggi import notifiche, posta
from conciliazione.models import Invito, Utente
from conciliazione.passaggi import Rifiuto
from conciliazione.schede.contenuto import Contenuto

from .. import permessi
from ..models import Incaricato, Partecipazione, Progetto

UN_ANNO = timedelta(days=365)
RUOLO = Appartenenza.Ruolo.OPERATORE


@transaction.atomic
def invita(soggetto: Partecipazione, da: Utente, *, email: str, nome: str = "", cognome: str = "") -> Invito:
    """Mail somebody a link to fill that part. Raises PermissionDenied, Rifiuto."""
    esigi(permessi.puo_compilare, da, soggetto.progetto)
    if soggetto.incaricati.filter(Incaricato.in_corso(), utente__email__iexact=email.strip()).exists():
        raise Rifiuto(f"{email} compila già la parte di {soggetto}.", campo="email")
    collegamenti.non_troppi(soggetto, email, da)
    return manda(soggetto, da, email=email, nome=nome, cognome=cognome)


def manda(soggetto: Partecipazione, da: Utente, *, email: str, nome: str = "", cognome: str = "") -> Invito:
    """Mail the same, without asking whether it may."""
    invito, chiave = collegamenti.crea(soggetto, email=email, ruolo=RUOLO, mandato_da=da, nome=nome, cognome=cognome)
    contesto = {
        "invito": invito,
        "soggetto": soggetto,
        "progetto": soggetto.progetto,
        "collegamento": settings.INDIRIZZO_PUBBLICO + reverse("progetti:invito", args=[chiave]),
    }
    posta.invia("invito_progetto", [invito.email], contesto)
    return invito


@transaction.atomic
def entra(invito: Invito, utente: Utente) -> Incaricato:
    """Let the person in from today, for a year or until it is taken back."""
    oggi = timezone.localdate()
    date = {"dal": oggi, "al": oggi + UN_ANNO}
    return Incaricato.objects.update_or_create(partecipazione=invito.oggetto, utente=utente, defaults=date)[0]


def agisce_ancora(invito: Invito) -> bool:
    """Whether who used an invitation may still be where it let them in."""
    in_corso = Incaricato.objects.filter(Incaricato.in_corso(), utente=invito.usato_da, partecipazione=invito.oggetto)
    return invito.usato_da.is_active and in_corso.exists()


def regge(invito: Invito) -> bool:
    """Whether who sent it still prepares the scheda."""
    return permessi.prepara(invito.mandato_da, invito.oggetto.progetto)


@transaction.atomic
def togli(incaricato: Incaricato, da: Utente) -> None:
    """Let the person see the project no more, at once; what it wrote stays. Raises PermissionDenied."""
    soggetto, oggi = incaricato.partecipazione, timezone.localdate()
    if not permessi.prepara(da, soggetto.progetto):
        raise PermissionDenied
    testo = f"Non compili più la parte di {soggetto} nel progetto «{soggetto.progetto}». Quello che hai scritto resta."
    notifiche.avvisa([incaricato.utente], chiave=f"incaricato:{incaricato.pk}:tolto:{oggi}", testo=testo)
    if incaricato.dal >= oggi:  # `al` is the last day in force, and it had none
        incaricato.delete()
    else:
        incaricato.al = oggi - timedelta(days=1)
        incaricato.save(update_fields=["al"])


# Whom to invite.


@dataclass(frozen=True)
class Proposta:
    """An address known from the register or from the scheda, and whose it is when that is said."""

    email: str
    nome: str = ""
    cognome: str = ""


def proposte(soggetti: list[Partecipazione], contenuto: Contenuto) -> dict[str, list[Proposta]]:
    """Return for each soggetto the addresses known: of its referenti in the register, of the scheda, of the ente."""
    trovate: dict[str, dict[str, Proposta]] = {str(s.pk): {} for s in soggetti}
    cariche = Carica.objects.filter(ente__in=[s.ente_id for s in soggetti], tipo=Carica.Tipo.REFERENTE)
    referenti = cariche.exclude(persona__email="").select_related("persona")
    for soggetto in soggetti:
        persone = [c.persona for c in referenti if c.ente_id == soggetto.ente_id and c.in_corso]
        note = [Proposta(p.email.lower(), p.nome, p.cognome) for p in persone]
        note += [Proposta(e) for e in (*_nella_scheda(contenuto, str(soggetto.pk)), soggetto.ente.email.lower()) if e]
        for proposta in note:
            trovate[str(soggetto.pk)].setdefault(proposta.email, proposta)
    return {chi: list(sue.values()) for chi, sue in trovate.items()}


def _nella_scheda(contenuto: Contenuto, soggetto: str) -> list[str]:
    """The addresses written in its part, those of a referente first; certified mail is not a person's."""
    scritti = [
        (campo, str(valore).strip().lower())
        for risposte in contenuto["risposte"].values()
        for campo, valore in (risposte.get(soggetto) or {}).items()
        if campo.endswith("email") and "@" in str(valore)
    ]
    return [valore for _, valore in sorted(scritti, key=lambda s: "referente" not in s[0])]


def senza_nessuno(progetto: Progetto) -> list[Partecipazione]:
    """Return the soggetti, the capofila apart, that are asked for something and that nobody fills in: nobody acts for the ente,
    was let in or was invited.
    """
    incaricati = Incaricato.objects.filter(Incaricato.in_corso(), partecipazione__progetto=progetto).values("partecipazione")
    altri = progetto.partecipazioni.filter(ruolo=Partecipazione.Ruolo.PARTNER).select_related("ente").order_by("ordine")
    senza_incaricati = list(altri.exclude(pk__in=incaricati))
    con_persone = di_enti(s.ente_id for s in senza_incaricati)
    liberi = [s for s in senza_incaricati if s.ente_id not in con_persone]
    invitati = set(aperti(liberi).values_list("oggetto_id", flat=True))
    return [s for s in liberi if str(s.pk) not in invitati]


def aperti(soggetti: list[Partecipazione]):
    """Return the invitations that nobody took yet."""
    tipo = ContentType.objects.get_for_model(Partecipazione)
    return Invito.objects.validi().filter(tipo=tipo, oggetto_id__in=[str(s.pk) for s in soggetti])
