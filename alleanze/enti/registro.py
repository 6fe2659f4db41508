"""Who enters an ente in the register, and entering it once; letting into an alleanza one that is there already."""

from django.db import transaction

from conciliazione.models import Passaggio

from ..models import Adesione, Alleanza, Carica, Ente, Persona, Sede
from ..models.enti import REGISTRA
from ..permessi import incarichi, puo_gestire


def puo_registrare_enti(utente) -> bool:
    """Whether the person prepares for an ente, whose projects need partners, or keeps an alleanza."""
    return utente.is_superuser or any(i.prepara for i in incarichi(utente))


def alleanze_gestite(utente) -> list[Alleanza]:
    """Return the alleanze whose list the person keeps (`puo_gestire`)."""
    alleanze = Alleanza.objects.all() if utente.is_superuser else Alleanza.objects.visibili_a(utente)
    return [alleanza for alleanza in alleanze if puo_gestire(utente, alleanza)]


@transaction.atomic
def registra(ente: Ente, utente, alleanza: Alleanza | None) -> None:
    """Remember who entered it: until it has people of its own, that person keeps it."""
    Passaggio.objects.annota(ente, REGISTRA, utente, da="", a="registrato")
    if alleanza:
        fa_entrare(ente, alleanza)


def fa_entrare(ente: Ente, alleanza: Alleanza) -> Adesione:
    """Make the ente a partner effettivo from today, unless it is in already."""
    return alleanza.adesioni.get_or_create(ente=ente, al=None, defaults={"ruolo": Adesione.Ruolo.EFFETTIVO})[0]


# The ente of an accepted request is written in the register: once, with its address and who represents it.


@transaction.atomic
def iscrivi(dati: dict) -> Ente:
    """Enter in the register the ente of a request, and return it; the one that is there, if somebody entered it meanwhile."""
    propri = {c: dati.get(c, "") for c in ("denominazione", "tipologia", "settore", "partita_iva", "pec")}
    if codice := dati.get("codice_fiscale", ""):
        ente, nuovo = Ente.objects.get_or_create(codice_fiscale=codice, articolazione_di=None, defaults=propri)
    else:
        ente, nuovo = Ente.objects.create(**propri), True
    if nuovo:
        _sede(ente, dati)
        _rappresentante(ente, dati)
    return ente


def _sede(ente: Ente, dati: dict) -> None:
    campi = ("indirizzo", "cap", "citta", "provincia", "telefono")
    Sede.objects.create(ente=ente, tipo=Sede.Tipo.LEGALE, **{c: dati.get(c, "") for c in campi})


def _rappresentante(ente: Ente, dati: dict) -> None:
    persona = Persona.objects.create(nome=dati["lr_nome"], cognome=dati["lr_cognome"])
    Carica.objects.create(ente=ente, persona=persona, tipo=dati["lr_carica"])
