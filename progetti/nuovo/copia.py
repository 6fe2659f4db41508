"""A scheda begun from a previous project: what the new form asks too is carried over, and marked «da rivedere»."""

import uuid
from collections import defaultdict

from django.db import transaction

from conciliazione.passaggi import passa
from conciliazione.schede.contenuto import Contenuto, righe_di
from conciliazione.schede.prospetto import prospetti
from conciliazione.schede.salvataggio import Esito

from .. import contenuto, permessi
from ..contenuto import COLONNE
from ..edizioni import EDIZIONI
from ..models import Avviso, DaRivedere, Progetto
from ..scheda import rivedere
from ..soggetti.aggiungi import aggiungi_soggetto
from .apri import apri
from .piano import NonPortato, Piano, pianifica

COPIATA = "copiata_da_un_progetto_precedente"


def provenienza(origine: Progetto) -> str:
    return f"«{origine}», {origine.avviso.titolo}"[:300]


@transaction.atomic
def copia(origine: Progetto, avviso: Avviso, utente, edizione: str = "") -> Progetto:
    """Open a new draft for that avviso, of the same capofila, in one of its forms. Nothing of the source changes."""
    nuovo = apri(avviso, origine.capofila, origine.alleanza, utente, edizione, copiato_da=origine)
    ids = _soggetti(origine, nuovo, utente)
    fresco, dati = contenuto.contenuto(nuovo), contenuto.contenuto(origine)
    ids |= _righe(dati, fresco)
    if origine.edizione == nuovo.edizione:
        # The actions that the form prints were born with both: those taken away there are taken away here.
        nuovo.azione_righe.exclude(pk__in=ids.values()).filter(genere="azione").delete()
    fatto = pianifica(EDIZIONI[origine.edizione], dati, EDIZIONI[nuovo.edizione], fresco, ids)
    _scrivi(nuovo, fatto, utente)
    celle = [(b, r, c, provenienza(origine)) for b, righe in fatto.celle.items() for r, valori in righe.items() for c in valori]
    rivedere.segna(nuovo, DaRivedere.Motivo.COPIATO, celle)
    passa(nuovo, COPIATA, utente, provenienza(origine))
    return nuovo


def non_portati(origine: Progetto, nuovo: Progetto) -> list[NonPortato]:
    """Return what of the source has no place in the new scheda, in full."""
    dati = contenuto.contenuto(origine)
    tutte = {r["id"]: r["id"] for fonte in COLONNE for r in righe_di(dati, fonte)}
    vuota: Contenuto = {**contenuto.contenuto(nuovo), "risposte": {}}
    return pianifica(EDIZIONI[origine.edizione], dati, EDIZIONI[nuovo.edizione], vuota, tutte).non_portati


def _soggetti(origine: Progetto, nuovo: Progetto, utente) -> dict[str, str]:
    """Everybody comes in with what its register says today; returns old row → new row."""
    presenti = {p.ente_id: p for p in nuovo.partecipazioni.all()}
    ids = {}
    for vecchio in origine.partecipazioni.select_related("ente").order_by("ordine", "pk"):
        mio = presenti.get(vecchio.ente_id) or aggiungi_soggetto(nuovo, vecchio.ente, vecchio.ruolo, utente)
        ids[str(vecchio.pk)] = str(mio.pk)
    return ids


def _righe(dati: Contenuto, fresco: Contenuto) -> dict[str, str]:
    """Old row → new one, of the other tables: those that a new scheda has from its birth, or new names."""
    ids = {}
    for fonte in (f for f in COLONNE if f != "partecipazioni"):
        for riga in righe_di(dati, fonte):
            gia = next((r for r in righe_di(fresco, fonte) if _stessa(fonte, r, riga)), None)
            ids[riga["id"]] = gia["id"] if gia else str(uuid.uuid4())
    return ids


def _stessa(fonte: str, nuova: dict, vecchia: dict) -> bool:
    if fonte == "azioni":
        if "spese_generali" in (nuova["genere"], vecchia["genere"]):
            return nuova["genere"] == vecchia["genere"]
        return bool(vecchia["codice"]) and nuova["codice"] == vecchia["codice"]
    return fonte == "referenti" and nuova["nominativo"] == vecchia["nominativo"] is not None


def _scrivi(nuovo: Progetto, piano: Piano, utente) -> None:
    """Tables in the order in which a row comes after those that it points to, then the answers in them."""
    edizione, miei = EDIZIONI[nuovo.edizione], permessi.mie_partecipazioni(utente, nuovo)
    for fonte in ("", *COLONNE):
        for blocco in (b for b in edizione.blocchi if b.fonte == fonte and not b.di_denaro):
            unite = defaultdict(dict)
            for parte in (piano.nascoste, piano.celle):
                for riga, valori in parte.get(blocco.chiave, {}).items():
                    unite[riga] |= valori
            if unite:
                contenuto.scrivi(nuovo, blocco, Esito(da_scrivere=dict(unite)), utente=utente, miei=miei)
    for blocco in (b for b in prospetti(edizione) if b.chiave in piano.celle):
        contenuto.scrivi(nuovo, blocco, Esito(da_scrivere=dict(piano.celle[blocco.chiave])), utente=utente, miei=miei)
