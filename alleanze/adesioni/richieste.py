"""Asking to join an alleanza: how a request begins, whose ente it is about, what it still lacks."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conciliazione.inviti.collegamenti import impronta, nuova_chiave
from conciliazione.models import Utente
from conciliazione.passaggi import Rifiuto, prendi

from ..models import Adesione, Alleanza, Carica, Ente, RichiestaAdesione, Sede
from ..models.enti import PREPARANO
from ..permessi import di_ente
from ..stati import APERTE, Richiesta
from .forms import PASSI

DURATA = timedelta(days=60)
"""How long the link of a request that nobody sends is good for."""


@transaction.atomic
def apri(
    alleanza: Alleanza, *, nome: str, cognome: str, email: str, denominazione: str, codice_fiscale: str, ruolo: str
) -> tuple[RichiestaAdesione, str]:
    """Open a request by who has no account; return it with the key of its link. Nothing is written in the register of the enti.

    Who asks again for the same ente finds the request it had begun, under a new key, as it was left.
    """
    # One at a time for each alleanza: who presses twice must not get two.
    prendi(Alleanza.objects, alleanza.pk)
    email, chiave = email.strip().lower(), nuova_chiave()
    stessa = Q(dati__codice_fiscale=codice_fiscale) if codice_fiscale else Q(dati__denominazione__iexact=denominazione)
    in_corso = Q(stato__in=APERTE) | Q(stato=Richiesta.BOZZA, aperta_il__gt=timezone.now() - DURATA)
    mie = RichiestaAdesione.objects.filter(stessa, in_corso, alleanza=alleanza, email=email, chiesta_da=None)
    if richiesta := mie.first():
        richiesta.impronta = impronta(chiave)
        richiesta.save(update_fields=["impronta"])
        return richiesta, chiave
    richiesta = RichiestaAdesione.objects.create(
        alleanza=alleanza,
        ruolo=ruolo,
        nome=nome,
        cognome=cognome,
        email=email,
        dati={"denominazione": denominazione, "codice_fiscale": codice_fiscale},
        impronta=impronta(chiave),
    )
    return richiesta, chiave


@transaction.atomic
def apri_da(utente: Utente, alleanza: Alleanza, *, ente: Ente | None = None, ruolo: str, **scritti: str) -> RichiestaAdesione:
    """Open a request by who has an account: of its ente, the data come from the register.

    Raises Rifiuto when that ente is in the alleanza, or has already asked.
    """
    prendi(Alleanza.objects, alleanza.pk)
    if ente is not None:
        if iniziata := RichiestaAdesione.objects.filter(alleanza=alleanza, ente=ente, stato=Richiesta.BOZZA).first():
            return iniziata
        controlla_che_si_possa(alleanza, ente, ente.codice_fiscale)
    return RichiestaAdesione.objects.create(
        alleanza=alleanza,
        ente=ente,
        per_il_suo_ente=ente is not None,
        ruolo=ruolo,
        nome=utente.nome,
        cognome=utente.cognome,
        email=utente.email,
        chiesta_da=utente,
        dati=dal_registro(ente) if ente else scritti,
        impronta=impronta(nuova_chiave()),
    )


def dal_registro(ente: Ente) -> dict:
    """Return what the register says of an ente, as the form asks it: for its own people only."""
    dati = {c: getattr(ente, c) for c in ("denominazione", "tipologia", "settore", "codice_fiscale", "partita_iva", "pec")}
    if sede := ente.sedi.filter(tipo=Sede.Tipo.LEGALE).first():
        dati |= {c: getattr(sede, c) for c in ("indirizzo", "cap", "citta", "provincia", "telefono")}
    rappresentano = ente.cariche.filter(pk__in=Carica.objects.che_rappresentano()).order_by("-tipo", "pk")
    if carica := rappresentano.select_related("persona").first():
        dati |= {"lr_nome": carica.persona.nome, "lr_cognome": carica.persona.cognome, "lr_carica": carica.tipo}
    return dati


def del_registro(richiesta: RichiestaAdesione) -> Ente | None:
    """Return the ente that the request is about, if the register has it: by its codice fiscale or, when it has none, by name.

    Looked for anew each time: who asks may have corrected them.
    """
    if richiesta.per_il_suo_ente:
        return richiesta.ente
    codice, nome = richiesta.dati.get("codice_fiscale", ""), richiesta.dati.get("denominazione", "")
    if codice:
        return Ente.objects.filter(codice_fiscale=codice, articolazione_di=None).first()
    return Ente.objects.chiamati(nome).filter(codice_fiscale="").first() if nome else None


def controlla_che_si_possa(alleanza: Alleanza, ente: Ente | None, codice: str, richiesta=None) -> None:
    """Raises Rifiuto when the ente is there already, or another request for it waits for an answer."""
    if ente and fa_parte(alleanza, ente):
        raise Rifiuto(f"{ente} fa già parte dell'alleanza: non serve un'altra richiesta.", campo="ente")
    stesso = Q(ente=ente) if ente else Q(pk__in=[])
    if codice:
        stesso |= Q(dati__codice_fiscale=codice)
    altre = RichiestaAdesione.objects.aperte().filter(stesso, alleanza=alleanza)
    if altre.exclude(pk=richiesta.pk if richiesta else None).exists():
        raise Rifiuto(
            "Per questo ente c'è già una richiesta in corso: attendi la risposta, o chiedi a chi l'ha inviata di ritirarla.",
            campo="ente",
        )


def fa_parte(alleanza: Alleanza, ente: Ente) -> bool:
    """Whether the ente is in the alleanza; also one that is to leave on a day that has not come, or to enter."""
    resta = Q(al=None) | Q(al__gte=timezone.localdate())
    return alleanza.capofila_id == ente.pk or Adesione.objects.filter(resta, alleanza=alleanza, ente=ente).exists()


def indirizzi(richiesta: RichiestaAdesione) -> list[str]:
    """Return where its mail goes: to who asked or, for an own ente, to who prepares for it now."""
    persone = di_ente(richiesta.ente_id, *PREPARANO) if richiesta.per_il_suo_ente else []
    return [persona.email for persona in persone] or [richiesta.email]


def scaduta(richiesta: RichiestaAdesione) -> bool:
    """Whether nobody sent it in time: its link opens nothing any more."""
    return richiesta.stato == Richiesta.BOZZA and richiesta.aperta_il <= timezone.now() - DURATA


def mancano(richiesta: RichiestaAdesione) -> list[tuple[int, str, str]]:
    """Return what is needed to send it: step, id of the field, label."""
    scritto = {1: richiesta.dati, 2: richiesta.risposte}
    return [
        (numero, f"id_{nome}", str(passo.base_fields[nome].label))
        for numero, passo in PASSI.items()
        for nome in passo.NECESSARI
        if not str(scritto[numero].get(nome) or "").strip()
    ]
