"""How a soggetto comes into a project, with a copy of what its ente already knows; and in which order they stand."""

from django.db import transaction
from django.db.models import Max, QuerySet

from alleanze.dimensione import conto
from alleanze.models import Adesione, Carica, Ente, Persona, Sede
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.tipi import Valori

from ..contenuto import COLONNE
from ..edizioni import EDIZIONI
from ..models import Compilazione, Partecipazione, Progetto

SU, GIU = -1, 1


def dell_alleanza(progetto: Progetto) -> QuerySet[Ente]:
    """Return the enti of its alleanza, today, that are not in the scheda."""
    adesioni = Adesione.objects.filter(Adesione.in_corso(), alleanza=progetto.alleanza_id)
    presenti = progetto.partecipazioni.values("ente")
    return Ente.objects.filter(pk__in=adesioni.values("ente")).exclude(pk__in=presenti).per_elenco()


@transaction.atomic
def aggiungi_tutti(progetto: Progetto, utente=None) -> list[Partecipazione]:
    """Let in all of them, by name. To be called with the project's row locked."""
    return [aggiungi_soggetto(progetto, ente, utente=utente) for ente in dell_alleanza(progetto)]


@transaction.atomic
def sposta(progetto: Progetto, soggetto: Partecipazione, verso: int) -> int:
    """Move a soggetto one place up or down and return its place; the capofila is always the first, and stays there.

    To be called with the project's row locked.
    """
    tutti = list(progetto.partecipazioni.order_by("ordine", "pk"))
    ordinati = sorted(tutti, key=lambda s: s.ruolo != "capofila")  # stable: the others keep their order
    da = ordinati.index(soggetto)
    a = da + verso
    primo = sum(s.ruolo == "capofila" for s in ordinati)
    if da >= primo and primo <= a < len(ordinati):
        ordinati.insert(a, ordinati.pop(da))
    for posto, riga in enumerate(ordinati, 1):
        if riga.ordine != posto:
            progetto.partecipazioni.filter(pk=riga.pk).update(ordine=posto)
    progetto.save(update_fields=["modificato_il"])
    return ordinati.index(soggetto) + 1


@transaction.atomic
def aggiungi_soggetto(progetto: Progetto, ente: Ente, ruolo: str = "partner", utente=None) -> Partecipazione:
    """Let an ente in, prefilled from its register data; from here on the project has its own copy."""
    ultimo = progetto.partecipazioni.aggregate(m=Max("ordine"))["m"] or 0
    noti = anagrafica(ente)
    colonne = {c: noti[c] for c in COLONNE["partecipazioni"] if c in noti}
    partecipazione = Partecipazione.objects.create(progetto=progetto, ente=ente, ruolo=ruolo, ordine=ultimo + 1, **colonne)
    for blocco in _blocchi_di(EDIZIONI[progetto.edizione], partecipazione):
        risposte = {c: noti[c] for c in blocco.campi() if c in noti and c not in colonne}
        if risposte:
            Compilazione.objects.create(
                progetto=progetto, blocco=blocco.chiave, riga=partecipazione.pk, risposte=risposte, aggiornata_da=utente
            )
    return partecipazione


def _blocchi_di(edizione: Edizione, partecipazione: Partecipazione) -> list[Blocco]:
    riga = {"ruolo": partecipazione.ruolo}
    suoi = [b for b in edizione.blocchi if b.fonte == "partecipazioni" and b.modulo and not b.si_aggiunge]
    return [b for b in suoi if b.filtro(riga)]


def anagrafica(ente: Ente) -> Valori:
    """Return what an ente's register already answers, by the names that the fields of all editions use."""
    noti = {
        "denominazione": ente.denominazione,
        "codice_fiscale": ente.codice_fiscale,
        "partita_iva": ente.partita_iva,
        "tipologia": ente.tipologia,
        "ateco": ente.ateco,
        "natura_giuridica": ente.natura_giuridica,
        "dimensione": conto.di_oggi(ente),
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
