"""How a project is born: its capofila, the azioni that the form prints, what the portal knows already."""

import re

from django.db import transaction

from alleanze.models import Alleanza, Ente
from conciliazione.accesso import bloccate
from conciliazione.passaggi import Rifiuto

from ..edizioni import EDIZIONI
from ..models import Avviso, Azione, Compilazione, ModuloAmmesso, Partecipazione, Progetto
from ..soggetti.aggiungi import aggiungi_soggetto

PAROLE_DI_OGNI_ALLEANZA = re.compile("alleanza locale (di conciliazione )?(di )?", re.IGNORECASE)


@transaction.atomic
def apri(
    avviso: Avviso,
    capofila: Ente,
    alleanza: Alleanza | None,
    utente=None,
    edizione: str = "",
    copiato_da: Progetto | None = None,
) -> Progetto:
    """Open a new project, with its capofila as first soggetto, the actions that the form prints and what is known already.

    edizione: which of the forms that the avviso admits; the first, where it is not said. The row of the avviso is taken, so
    that a form cannot be withdrawn meanwhile. Raises Rifiuto for one that is not admitted (any more).
    """
    bloccate(Avviso.objects.filter(pk=avviso.pk)).get()
    modulo = avviso.moduli.filter(**{"edizione": edizione} if edizione else {}).first()
    if modulo is None:
        raise Rifiuto("L'avviso non ammette più questo modulo: torna all'avviso e scegli fra quelli che ammette.")
    progetto = Progetto.objects.create(
        avviso=avviso,
        edizione=modulo.edizione,
        alleanza=alleanza,
        capofila=capofila,
        creato_da=utente,
        copiato_da=copiato_da,
    )
    _azioni(progetto, modulo)
    _risposte_note(progetto, utente)
    aggiungi_soggetto(progetto, capofila, Partecipazione.Ruolo.CAPOFILA, utente)
    return progetto


def _azioni(progetto: Progetto, modulo: ModuloAmmesso) -> None:
    """The row of general expenses, and the actions of the catalogue: that of the avviso, or else the printed one."""
    edizione = EDIZIONI[progetto.edizione]
    if edizione.spese_generali:
        Azione.objects.create(progetto=progetto, genere=Azione.Genere.SPESE_GENERALI, ordine=0, titolo="Spese generali")
    if not edizione.catalogo:
        return
    dell_avviso = [(voce["codice"], voce["titolo"]) for voce in modulo.catalogo or ()]
    for ordine, (codice, titolo) in enumerate(dell_avviso or edizione.catalogo, 1):
        Azione.objects.create(progetto=progetto, ordine=ordine, codice=codice, titolo=titolo)


def _risposte_note(progetto: Progetto, utente) -> None:
    """What the portal knows of a project, by the names that the fields of all editions use."""
    if progetto.alleanza is None:
        return
    note = {"alleanza_di": PAROLE_DI_OGNI_ALLEANZA.sub("", progetto.alleanza.nome, count=1)}
    for blocco in EDIZIONI[progetto.edizione].blocchi:
        risposte = {c: note[c] for c in blocco.campi() if c in note} if not blocco.fonte else {}
        if risposte:
            Compilazione.objects.create(progetto=progetto, blocco=blocco.chiave, risposte=risposte, aggiornata_da=utente)
