"""The only writers of a Carica from the pages: who comes in closes who was there, and nothing is written over.

Each leaves a Passaggio on the ente and, for the legal representative, tells the apps that listen (`agganci`).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conciliazione.italiano.date import scrivi_data
from conciliazione.models import Passaggio
from conciliazione.passaggi import Rifiuto, prendi

from .. import agganci, permessi
from ..models import Appartenenza, Carica, Ente, Persona
from ..models.persone import RAPPRESENTANO
from ..permessi import agisce_per

LR = Carica.Tipo.LEGALE_RAPPRESENTANTE
UN_GIORNO = timedelta(days=1)


@transaction.atomic
def nomina(ente_pk, utente, carica: Carica) -> Carica:
    """Let a person into a carica; a legal representative closes the one in office, the day before.

    Raises Rifiuto when two legal representatives would be in office on the same day, or the same person is there
    already, or it would take away powers that the person cannot give; PermissionDenied for who may not do it.
    """
    carica.ente = _ente_di(ente_pk, utente)
    if carica.tipo in RAPPRESENTANO and not puo_dare_poteri(utente, carica.ente, carica.persona):
        raise PermissionDenied
    prima = _fa_posto(carica, utente) if carica.tipo == LR else None
    _non_due_volte(carica)
    if carica.persona.pk is None:
        carica.persona.save()
        carica.persona = carica.persona  # its key is known only now
    carica.save()
    _ricorda(carica, "nomina", utente, f"{_frase(carica)}{f' ({carica.atto})' if carica.atto else ''}")
    if carica.tipo == LR:
        _racconta(agganci.CambioDiCarica(carica.ente, carica, prima), utente)
    return carica


@transaction.atomic
def cessa(carica_pk, utente, al: date, atto: str) -> Carica:
    """Write the last day of a carica that has none yet, or has one still to come.

    Raises Rifiuto when it is over already, or would end before it begins, or is of somebody with an account and
    who writes could not give it powers.
    """
    ente = _ente_di(Carica.objects.values_list("ente", flat=True).get(pk=carica_pk), utente)
    carica = Carica.objects.select_related("persona").get(pk=carica_pk)
    carica.ente = ente
    if carica.al and carica.al < timezone.localdate():
        raise Rifiuto(f"È già cessata il {scrivi_data(carica.al)}.", campo="al")
    _puo_togliere(carica, utente, "al")
    if carica.dal and al < carica.dal:
        raise Rifiuto(f"È in carica dal {scrivi_data(carica.dal)}: non può cessare prima.", campo="al")
    carica.al = al
    if carica.tipo == LR:
        _uno_alla_volta(carica, "al", ente.cariche.filter(tipo=LR).exclude(pk=carica.pk).select_related("persona"))
    carica.save(update_fields=["al"])
    _ricorda(carica, "cessa", utente, f"{_frase(carica)}, fino al {scrivi_data(al)}{f' ({atto})' if atto else ''}")
    if carica.tipo == LR:
        _racconta(agganci.CambioDiCarica(ente, None, carica), utente)
    return carica


def _ente_di(ente_pk, utente) -> Ente:
    """One change at a time for each ente: two who name a legal representative together are one after the other."""
    return prendi(Ente.objects, ente_pk, utente=utente, puo=permessi.puo_scrivere_ente)


def _puo_togliere(carica: Carica, utente, campo: str) -> None:
    """Raise Rifiuto when who may not give powers takes them: an operatore does not put out who represents the ente."""
    if carica.tipo in RAPPRESENTANO and not puo_dare_poteri(utente, carica.ente, carica.persona):
        chi = f"{carica.persona}, che è in carica, accede al portale e risponde per {carica.ente}"
        raise Rifiuto(f"{chi}: il cambio lo registra una persona responsabile dell'ente.", campo=campo)


def _fa_posto(nuova: Carica, utente) -> Carica | None:
    """Close the legal representative that had no last day; returns who was there the day before, if anybody."""
    altre = list(nuova.ente.cariche.filter(tipo=LR).select_related("persona").order_by("pk"))
    for altra in altre:
        if altra.al is None and (altra.dal is None or altra.dal < nuova.dal):
            altra.ente = nuova.ente
            _puo_togliere(altra, utente, "dal")
            altra.al = nuova.dal - UN_GIORNO
            altra.save(update_fields=["al"])
    _uno_alla_volta(nuova, "dal", altre)
    return next((altra for altra in altre if altra.al == nuova.dal - UN_GIORNO), None)


def _uno_alla_volta(carica: Carica, campo: str, altre: Iterable[Carica]) -> None:
    for altra in altre:
        if _si_toccano(altra, carica):
            motivo = (
                f"{altra.persona} è in carica{_quando(altra)}: due legali rappresentanti non possono esserlo lo stesso giorno."
            )
            raise Rifiuto(motivo, campo=campo)


def _quando(carica: Carica) -> str:
    dal = f" dal {scrivi_data(carica.dal)}" if carica.dal else ""
    return f"{dal} al {scrivi_data(carica.al)}" if carica.al else dal


def _si_toccano(una: Carica, altra: Carica) -> bool:
    return (una.al is None or altra.dal is None or altra.dal <= una.al) and (
        altra.al is None or una.dal is None or una.dal <= altra.al
    )


def _non_due_volte(nuova: Carica) -> None:
    if nuova.persona.pk is None:
        return
    finita = Q(al__lt=nuova.dal)
    if nuova.ente.cariche.filter(persona=nuova.persona, tipo=nuova.tipo).exclude(finita).exists():
        raise Rifiuto(f"{nuova.persona} ha già questa carica.", campo="persona")


def _frase(carica: Carica) -> str:
    return f"{carica.get_tipo_display()} {carica.persona}"


def _ricorda(carica: Carica, azione: str, utente, motivo: str) -> None:
    a = "in carica" if azione == "nomina" else "cessata"
    Passaggio.objects.annota(carica.ente, azione, utente, da="", a=a, motivo=motivo)


def _racconta(cambio: agganci.CambioDiCarica, utente) -> None:
    for ascolta in agganci.ASCOLTANO:
        ascolta(cambio, utente)


def persone_note(ente: Ente):
    """Return the people that this ente has, or had, in some carica."""
    return Persona.objects.filter(pk__in=ente.cariche.values("persona"))


def puo_dare_poteri(utente, ente: Ente, persona: Persona) -> bool:
    """Whether the person may name that one, whose account would have the powers of a responsabile: no operatore gives them."""
    senza_account = persona.utente_id is None
    return senza_account or utente.is_superuser or agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)
