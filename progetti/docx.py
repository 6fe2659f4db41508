"""A scheda as a Word document: a version as it was frozen, or the scheda as it is now for who reads it."""

from conciliazione import lavori
from conciliazione.canonico import impronta
from conciliazione.models import FileGenerato
from conciliazione.schede import esporta_docx
from conciliazione.schede.lettura import leggi

from . import permessi
from .archivio import contenuto
from .edizioni import EDIZIONI
from .models import Progetto, Versione
from .versioni import nome_file

BOZZA = "BOZZA, non presentata"


def chiedi_di_versione(versione: Versione, utente) -> FileGenerato:
    """The document of a version: asked twice, made once."""
    return lavori.chiedi(
        parti=(f"versione {versione.pk}", versione.sha256, esporta_docx.impronta_modello()),
        argomento=f"versione:{versione.pk}",
        nome=f"{nome_file('scheda', versione.progetto)}-v{versione.numero}.docx",
        dati={"versione": versione.pk},
        utente=utente,
    )


def chiedi_di_scheda(progetto: Progetto, utente) -> FileGenerato:
    """The document of the scheda as it is now, with what this person reads of it.

    `miei` is kept beside: the soggetti whose personal data are in it, None when they are all there.
    """
    lettura = leggi(EDIZIONI[progetto.avviso.edizione], contenuto(progetto), permessi.nasconde(utente, progetto))
    tutti = permessi.puo_leggere_i_dati_personali(utente, progetto)
    miei = None if tutti else sorted(permessi.mie_partecipazioni(utente, progetto))
    stato = BOZZA if progetto.modificabile else ""
    dati = {"lettura": lettura, "titolo": progetto.titolo, "miei": miei, "stato": stato}
    return lavori.chiedi(
        parti=("scheda", str(progetto.pk), impronta(dati), esporta_docx.impronta_modello()),
        argomento=f"scheda:{progetto.pk}",
        nome=f"{nome_file('bozza' if progetto.modificabile else 'scheda', progetto)}.docx",
        dati=dati,
        utente=utente,
    )


def produci(file: FileGenerato) -> bytes:
    """The bytes of a requested document, from what the request kept."""
    if "versione" in file.dati:
        return di_versione(Versione.objects.get(pk=file.dati["versione"]))
    dati = file.dati
    titolo = dati["titolo"] or "Scheda progetto"
    return esporta_docx.esporta(dati["lettura"], titolo=titolo, stato=dati["stato"], creata_il=file.richiesto_il)


def di_versione(versione: Versione) -> bytes:
    piede = f"Versione {versione.numero} · {versione.get_origine_display()} · sha256 {versione.sha256}"
    titolo = versione.contenuto["progetto"]["titolo"] or "Scheda progetto"
    return esporta_docx.esporta(versione.lettura, titolo=titolo, piede=piede, creata_il=versione.creata_il)
