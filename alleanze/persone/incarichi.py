"""Who comes to act for an ente and who leaves it: invitations, roles, mandates. The only writers of an Appartenenza here.

Who leaves is removed from today on; what they wrote stays, with their name.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione.accesso import esigi
from conciliazione.inviti import collegamenti
from conciliazione.messaggi import notifiche, posta
from conciliazione.models import Invito, Utente
from conciliazione.passaggi import Rifiuto, prendi

from ..models import Appartenenza, Ente, Mandato, RichiestaAdesione
from ..permessi import di_ente, tiene
from ..stati import Richiesta
from . import permessi

Ruolo = Appartenenza.Ruolo


def ruoli_di(ente: Ente) -> list[tuple[str, str]]:
    """Return the roles there are in an ente: only ATS and Regione examine."""
    esamina = ente.genere in (Ente.Genere.ATS, Ente.Genere.REGIONE)
    return [(r, nome) for r, nome in Ruolo.choices if esamina or r != Ruolo.ISTRUTTORE]


@transaction.atomic
def invita(ente: Ente, da: Utente, *, email: str, ruolo: str, nome: str = "", cognome: str = "") -> Invito:
    """Mail somebody a link to act for an ente. Raises PermissionDenied, Rifiuto."""
    esigi(permessi.puo_gestire_le_persone, da, ente)
    if _agisce_gia(ente, email, ruolo):
        raise Rifiuto(f"{email} agisce già per {ente} come {Ruolo(ruolo).label}.", campo="email")
    collegamenti.non_troppi(ente, email, da)
    return manda(ente, da, email=email, ruolo=ruolo, nome=nome, cognome=cognome)


def _agisce_gia(ente: Ente, email: str, ruolo: str) -> bool:
    in_corso = ente.appartenenze.filter(Appartenenza.in_corso(), ruolo=ruolo)
    return in_corso.filter(utente__email__iexact=email.strip()).exists()


def manda(ente: Ente, da: Utente, *, email: str, ruolo: str, nome: str = "", cognome: str = "") -> Invito:
    """Mail the same to who was given the right otherwise (an adesione that is accepted): whether it may is for who calls."""
    invito, chiave = collegamenti.crea(ente, email=email, ruolo=ruolo, mandato_da=da, nome=nome, cognome=cognome)
    contesto = {
        "invito": invito,
        "ente": ente,
        "ruolo": Ruolo(ruolo).label,
        "collegamento": settings.INDIRIZZO_PUBBLICO + reverse("alleanze:invito", args=[chiave]),
    }
    posta.invia("invito_ente", [invito.email], contesto)
    return invito


@transaction.atomic
def rimanda(invito: Invito, da: Utente) -> Invito:
    """Send the same invitation with a new link; the one before is good no more. Raises PermissionDenied, Rifiuto."""
    ente = invito.oggetto
    esigi(permessi.puo_gestire_le_persone, da, ente)
    collegamenti.non_troppi(ente, invito.email, da)
    return manda(ente, da, email=invito.email, ruolo=invito.ruolo, nome=invito.nome, cognome=invito.cognome)


@transaction.atomic
def entra(invito: Invito, utente: Utente) -> Appartenenza:
    """Let the person act, from today, for the ente of the invitation."""
    return _agisce(utente, invito.oggetto, invito.ruolo)


def _agisce(utente: Utente, ente: Ente, ruolo: str) -> Appartenenza:
    """Give the role: there is one row for each, and who had it in the past takes it up again."""
    oggi, righe = timezone.localdate(), Appartenenza.objects.select_for_update()
    riga, _ = righe.get_or_create(utente=utente, ente=ente, ruolo=ruolo, defaults={"dal": oggi})
    finita = riga.al is not None and riga.al < oggi
    if riga.al or riga.dal > oggi:
        riga.dal, riga.al = oggi if finita else min(riga.dal, oggi), None
        riga.save(update_fields=["dal", "al"])
    return riga


def agisce_ancora(invito: Invito) -> bool:
    """Whether who used an invitation still acts for its ente in that role: an old link gives back none that was taken."""
    suoi = Appartenenza.objects.filter(utente=invito.usato_da, ente=invito.oggetto, ruolo=invito.ruolo)
    in_corso = suoi.filter(Appartenenza.in_corso())
    return invito.usato_da.is_active and in_corso.exists()


def regge(invito: Invito) -> bool:
    """Whether who sent it still manages the people of the ente, or keeps the alleanza that accepted its request."""
    chi, ente = invito.mandato_da, invito.oggetto
    if permessi.puo_gestire_le_persone(chi, ente):
        return True
    accolte = RichiestaAdesione.objects.filter(ente=ente, email__iexact=invito.email, stato=Richiesta.ACCOLTA)
    return any(tiene(chi, richiesta.alleanza) for richiesta in accolte.select_related("alleanza"))


@transaction.atomic
def termina(appartenenza: Appartenenza, da: Utente, dal: date | None = None) -> None:
    """End the role from that day (today). Raises PermissionDenied, Rifiuto."""
    ente, dal = _ente_di(appartenenza, da), dal or timezone.localdate()
    if appartenenza.ruolo == Ruolo.RESPONSABILE and not _resta_un_responsabile(ente, appartenenza):
        raise Rifiuto(
            f"{appartenenza.utente} è l'unica persona responsabile di {ente}: prima invitane un'altra, "
            "altrimenti nessuno potrebbe più presentare le schede né invitare colleghi."
        )
    _chiudi(appartenenza, dal)
    testo = f"Dal {dal:%d/%m/%Y} non agisci più per {ente} come {appartenenza.get_ruolo_display()}."
    if appartenenza.utente != da:
        notifiche.avvisa([appartenenza.utente], chiave=f"appartenenza:{appartenenza.pk}:fine:{dal}", testo=testo)


def _ente_di(appartenenza: Appartenenza, da: Utente) -> Ente:
    """The ente, locked: two responsabili who put each other out wait for one another."""
    return prendi(Ente.objects, appartenenza.ente_id, utente=da, puo=permessi.puo_gestire_le_persone)


def _resta_un_responsabile(ente: Ente, uscente: Appartenenza) -> bool:
    altri = ente.appartenenze.filter(Appartenenza.in_corso(), ruolo=Ruolo.RESPONSABILE, utente__is_active=True)
    return altri.exclude(pk=uscente.pk).exists() or ente.cariche.che_rappresentano().exclude(persona__utente=None).exists()


def _chiudi(appartenenza: Appartenenza, dal: date) -> None:
    """`al` is the last day in force: who began that very day has none, and stays in the history only."""
    if dal <= appartenenza.dal:
        appartenenza.delete()
        return
    appartenenza.al = dal - timedelta(days=1)
    appartenenza.save(update_fields=["al"])


@transaction.atomic
def cambia_ruolo(appartenenza: Appartenenza, ruolo: str, da: Utente) -> None:
    """Close one role and open another, both told by the history. Raises PermissionDenied, Rifiuto."""
    _ente_di(appartenenza, da)
    if ruolo == appartenenza.ruolo:
        return
    _agisce(appartenenza.utente, appartenenza.ente, ruolo)
    termina(appartenenza, da)


# Mandates.


@transaction.atomic
def da_mandato(mandante: Ente, da: Utente, *, mandatario: Ente, atto: str, dal: date, al: date | None = None) -> Mandato:
    """Let an ente have the people of another prepare for it. Raises PermissionDenied, Rifiuto."""
    prendi(Ente.objects, mandante.pk, utente=da, puo=permessi.puo_dare_mandato)
    if mandante == mandatario:
        raise Rifiuto(f"{mandante} non può dare mandato a sé stesso: scegli un altro ente.", campo="ente")
    if mandante.mandati_dati.filter(Mandato.in_corso(), mandatario=mandatario).exists():
        raise Rifiuto(f"{mandatario} ha già un mandato in corso: ritiralo, se vuoi darne uno nuovo.", campo="ente")
    mandato = Mandato.objects.create(mandante=mandante, mandatario=mandatario, atto=atto, dal=dal, al=al)
    testo = f"{mandante} vi ha dato mandato di preparare per suo conto, dal {dal:%d/%m/%Y} ({atto})."
    _avvisa_del_mandato(mandato, "dato", testo)
    return mandato


@transaction.atomic
def ritira_mandato(mandato: Mandato, da: Utente) -> None:
    """End the mandate today; what was prepared stays. Raises PermissionDenied."""
    mandato = prendi(Mandato.objects.select_related("mandante", "mandatario"), mandato.pk, utente=da)
    esigi(permessi.puo_dare_mandato, da, mandato.mandante)
    oggi = timezone.localdate()
    _avvisa_del_mandato(mandato, f"ritirato:{oggi}", f"{mandato.mandante} ha ritirato il mandato che vi aveva dato.")
    if oggi <= mandato.dal:
        mandato.delete()
    elif mandato.al is None or mandato.al >= oggi:
        mandato.al = oggi - timedelta(days=1)
        mandato.save(update_fields=["al"])


def _avvisa_del_mandato(mandato: Mandato, fatto: str, testo: str) -> None:
    url = reverse("alleanze:mandati", args=[mandato.mandatario_id])
    notifiche.avvisa(
        di_ente(mandato.mandatario_id, Ruolo.RESPONSABILE),
        chiave=f"mandato:{mandato.pk}:{fatto}",
        testo=testo,
        url=url,
    )
