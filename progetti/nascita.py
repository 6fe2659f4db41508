"""How a project is born, and how a soggetto comes in: with a copy of what its ente already knows."""

import re

from django.db import transaction
from django.db.models import Max

from alleanze import dimensione
from alleanze.models import Alleanza, Carica, Ente, Persona, Sede
from alleanze.permessi import PREPARANO
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.tipi import Valori

from .archivio import COLONNE
from .edizioni import EDIZIONI
from .models import Avviso, Azione, Compilazione, Partecipazione, Progetto


def capofila_di(utente) -> list[Ente]:
    """The enti for which a person may open a scheda: those it prepares or files for, ATS and Regione apart."""
    return list(Ente.objects.di(utente, *PREPARANO).filter(genere=Ente.Genere.ORDINARIO))


@transaction.atomic
def apri(avviso: Avviso, capofila: Ente, alleanza: Alleanza | None, utente=None) -> Progetto:
    """A new project, with its capofila as first soggetto, the actions that the form prints and what is known already."""
    progetto = Progetto.objects.create(avviso=avviso, alleanza=alleanza, capofila=capofila, creato_da=utente)
    _azioni(progetto)
    _risposte_note(progetto, utente)
    aggiungi_soggetto(progetto, capofila, Partecipazione.Ruolo.CAPOFILA, utente)
    return progetto


def _azioni(progetto: Progetto) -> None:
    """The row of general expenses, and the actions of the catalogue: that of the avviso, or else the printed one."""
    edizione = EDIZIONI[progetto.avviso.edizione]
    if edizione.spese_generali:
        Azione.objects.create(progetto=progetto, genere=Azione.Genere.SPESE_GENERALI, ordine=0, titolo="Spese generali")
    if not edizione.catalogo:
        return
    dell_avviso = [(voce["codice"], voce["titolo"]) for voce in progetto.avviso.catalogo or ()]
    for ordine, (codice, titolo) in enumerate(dell_avviso or edizione.catalogo, 1):
        Azione.objects.create(progetto=progetto, ordine=ordine, codice=codice, titolo=titolo)


PAROLE_DI_OGNI_ALLEANZA = re.compile("alleanza locale (di conciliazione )?(di )?", re.IGNORECASE)


def _risposte_note(progetto: Progetto, utente) -> None:
    """What the portal knows of a project, by the names that the fields of all editions use."""
    if progetto.alleanza is None:
        return
    note = {"alleanza_di": PAROLE_DI_OGNI_ALLEANZA.sub("", progetto.alleanza.nome, count=1)}
    for blocco in EDIZIONI[progetto.avviso.edizione].blocchi:
        risposte = {c: note[c] for c in blocco.campi() if c in note} if not blocco.fonte else {}
        if risposte:
            Compilazione.objects.create(progetto=progetto, blocco=blocco.chiave, risposte=risposte, aggiornata_da=utente)


@transaction.atomic
def aggiungi_soggetto(progetto: Progetto, ente: Ente, ruolo: str = "partner", utente=None) -> Partecipazione:
    """Let an ente in, prefilled from its register data; from here on the project has its own copy."""
    ultimo = progetto.partecipazioni.aggregate(m=Max("ordine"))["m"] or 0
    noti = anagrafica(ente)
    colonne = {c: noti[c] for c in COLONNE["partecipazioni"] if c in noti}
    partecipazione = Partecipazione.objects.create(progetto=progetto, ente=ente, ruolo=ruolo, ordine=ultimo + 1, **colonne)
    for blocco in _blocchi_di(EDIZIONI[progetto.avviso.edizione], partecipazione):
        risposte = {c: noti[c] for c in blocco.campi() if c in noti and c not in colonne}
        if risposte:
            Compilazione.objects.create(
                progetto=progetto, blocco=blocco.chiave, riga=partecipazione.pk, risposte=risposte, aggiornata_da=utente
            )
    return partecipazione


def _blocchi_di(edizione: Edizione, partecipazione: Partecipazione) -> list[Blocco]:
    riga = {"ruolo": partecipazione.ruolo}
    return [b for b in edizione.blocchi if b.fonte == "partecipazioni" and b.a_parte and b.filtro(riga)]


def anagrafica(ente: Ente) -> Valori:
    """What an ente's register already answers, by the names that the fields of all editions use."""
    noti = {
        "denominazione": ente.denominazione,
        "codice_fiscale": ente.codice_fiscale,
        "partita_iva": ente.partita_iva,
        "tipologia": ente.tipologia,
        "ateco": ente.ateco,
        "natura_giuridica": ente.natura_giuridica,
        "dimensione": dimensione.di_oggi(ente),
    }
    cariche = list(ente.cariche.select_related("persona").order_by("pk"))
    for prefisso, tipo in (("lr", "lr"), ("referente", "referente"), ("dirigente", "dirigente")):
        carica = next((c for c in cariche if c.tipo == tipo and c.in_corso), None)
        if carica:
            noti |= _persona(prefisso, carica)
    for sede in ente.sedi.order_by("pk"):
        noti |= _sede("legale" if sede.tipo == Sede.Tipo.LEGALE else "operativa", sede)
    return {campo: valore for campo, valore in noti.items() if valore}


def _persona(prefisso: str, carica: Carica) -> Valori:
    persona: Persona = carica.persona
    noti = {
        f"{prefisso}_nominativo": str(persona),
        f"{prefisso}_settore": carica.settore_ufficio,
        f"{prefisso}_codice_fiscale": persona.codice_fiscale,
        f"{prefisso}_nato_il": persona.nato_il.isoformat() if persona.nato_il else None,
        f"{prefisso}_nato_a": persona.nato_a,
        f"{prefisso}_nato_prov": persona.nato_provincia,
        f"{prefisso}_tel": persona.telefono,
        f"{prefisso}_fax": persona.fax,
        f"{prefisso}_email": persona.email,
    }
    if prefisso == "lr":
        noti |= {
            "residenza_indirizzo": persona.indirizzo,
            "residenza_cap": persona.cap,
            "residenza_citta": persona.citta,
            "residenza_prov": persona.provincia,
            "residenza_tel": persona.telefono,
            "residenza_fax": persona.fax,
        }
    return noti


def _sede(prefisso: str, sede: Sede) -> Valori:
    return {
        f"{prefisso}_indirizzo": sede.indirizzo,
        f"{prefisso}_cap": sede.cap,
        f"{prefisso}_citta": sede.citta,
        f"{prefisso}_prov": sede.provincia,
        f"{prefisso}_tel": sede.telefono,
        f"{prefisso}_fax": sede.fax,
        f"{prefisso}_email": sede.email,
    }
