"""Versions, and the files made of them and of the scheda as it is now: PDF, Word.

A version freezes content, labelled reading and hash, so that tomorrow's edition reprints yesterday's version word for word.
"""

from django.utils import timezone
from django.utils.text import slugify

from conciliazione.file import lavori
from conciliazione.models import FileGenerato
from conciliazione.schede import esporta_docx, pdf
from conciliazione.schede.canonico import impronta
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.lettura import leggi
from conciliazione.schede.tipi import Segnalazione

from .. import permessi
from ..contenuto import contenuto
from ..edizioni import EDIZIONI
from ..edizioni import impronta as vestito
from ..models import Progetto, Versione
from ..regole import caratteri_oltre_il_massimo, righe_oltre_il_massimo

BOZZA = "BOZZA, non presentata"


def congela(progetto: Progetto, dati: Contenuto, origine: str, segnalazioni: list[Segnalazione], utente) -> Versione:
    """Insert the next version of a project. Its row must be locked."""
    edizione = EDIZIONI[dati["edizione"]]
    ultima = progetto.versioni.order_by("-numero").first()
    return Versione.objects.create(
        progetto=progetto,
        numero=ultima.numero + 1 if ultima else 1,
        origine=origine,
        edizione=edizione.codice,
        contenuto=dati,
        lettura=leggi(edizione, dati),
        segnalazioni=[s.come_dict() for s in segnalazioni],
        sha256=impronta(dati),
        creata_da=utente,
        creata_il=timezone.now(),
    )


def chiedi_pdf(versione: Versione, utente) -> FileGenerato:
    """Ask for the PDF of a version: asked twice, made once."""
    return lavori.chiedi(
        parti=(f"versione {versione.pk}", versione.sha256, pdf.impronta_modello(), vestito(versione.edizione)),
        argomento=f"versione:{versione.pk}",
        nome=f"{nome_file('scheda', versione.progetto)}-v{versione.numero}.pdf",
        dati={"versione": versione.pk},
        utente=utente,
    )


def nome_file(che_cosa: str, progetto: Progetto) -> str:
    """Return what a person finds among their downloads."""
    return slugify(f"{che_cosa}-{progetto}")[:80].strip("-")


def chiedi_anteprima(progetto: Progetto, utente) -> FileGenerato:
    """Ask for the PDF of the scheda as it is now, marked as a preview; the same content is made once."""
    dati = contenuto(progetto)
    return lavori.chiedi(
        parti=("anteprima", impronta(dati), pdf.impronta_modello(), vestito(dati["edizione"])),
        argomento=f"anteprima:{progetto.pk}",
        nome=f"{nome_file('anteprima', progetto)}.pdf",
        dati={"contenuto": dati},
        utente=utente,
    )


def righe_di_troppo(file: FileGenerato) -> list[str]:
    """Return, of a preview, the texts longer than the form allows, with the count: «31 di 30 righe»."""
    dati = file.dati.get("contenuto")
    if dati is None or dati["edizione"] not in EDIZIONI:
        return []
    regole = (righe_oltre_il_massimo, caratteri_oltre_il_massimo)
    return [s.messaggio for regola in regole for s in regola(EDIZIONI[dati["edizione"]], dati)]


def produci_pdf(file: FileGenerato) -> bytes:
    """Return the bytes of a requested PDF, from what the request kept."""
    if "versione" in file.dati:
        return pdf_di(Versione.objects.select_related("progetto").get(pk=file.dati["versione"]))
    return pdf_anteprima(file.dati["contenuto"], file.richiesto_il)


def pdf_di(versione: Versione) -> bytes:
    origine = versione.get_origine_display()
    intestazione = {"numero": versione.numero, "sha256": versione.sha256, "stato": "", "origine": origine}
    return pdf.scheda(
        versione.lettura,
        versione.contenuto,
        titolo=versione.contenuto["progetto"]["titolo"] or "Scheda progetto",
        intestazione=intestazione,
        creata_il=versione.creata_il,
    )


def pdf_anteprima(dati: Contenuto, quando) -> bytes:
    intestazione = {"numero": None, "sha256": impronta(dati), "stato": "ANTEPRIMA, non presentata", "origine": ""}
    return pdf.scheda(
        leggi(EDIZIONI[dati["edizione"]], dati),
        dati,
        titolo=dati["progetto"]["titolo"] or "Scheda progetto",
        intestazione=intestazione,
        creata_il=quando,
    )


# As a Word document: a version as it was frozen, or the scheda as it is now for who reads it.


def chiedi_word(versione: Versione, utente) -> FileGenerato:
    """Ask for the document of a version: asked twice, made once."""
    return lavori.chiedi(
        parti=(f"versione {versione.pk}", versione.sha256, esporta_docx.impronta_modello(), vestito(versione.edizione)),
        argomento=f"versione:{versione.pk}",
        nome=f"{nome_file('scheda', versione.progetto)}-v{versione.numero}.docx",
        dati={"versione": versione.pk},
        utente=utente,
    )


def chiedi_word_di_scheda(progetto: Progetto, utente) -> FileGenerato:
    """Ask for the document of the scheda as it is now, with what this person reads of it.

    `miei` is kept beside: the soggetti whose personal data are in it, None when they are all there.
    """
    lettura = leggi(EDIZIONI[progetto.edizione], contenuto(progetto), permessi.nasconde(utente, progetto))
    tutti = permessi.puo_leggere_i_dati_personali(utente, progetto)
    miei = None if tutti else sorted(permessi.mie_partecipazioni(utente, progetto))
    stato = BOZZA if progetto.modificabile else ""
    dati = {"lettura": lettura, "titolo": progetto.titolo, "miei": miei, "stato": stato, "edizione": progetto.edizione}
    return lavori.chiedi(
        parti=("scheda", str(progetto.pk), impronta(dati), esporta_docx.impronta_modello(), vestito(progetto.edizione)),
        argomento=f"scheda:{progetto.pk}",
        nome=f"{nome_file('bozza' if progetto.modificabile else 'scheda', progetto)}.docx",
        dati=dati,
        utente=utente,
    )


def produci_word(file: FileGenerato) -> bytes:
    """Return the bytes of a requested document, from what the request kept."""
    if "versione" in file.dati:
        return word_di(Versione.objects.get(pk=file.dati["versione"]))
    dati = file.dati
    titolo = dati["titolo"] or "Scheda progetto"
    return esporta_docx.esporta(
        dati["lettura"],
        titolo=titolo,
        stato=dati["stato"],
        creata_il=file.richiesto_il,
        disegni=EDIZIONI[dati["edizione"]].disegni,
    )


def word_di(versione: Versione) -> bytes:
    piede = f"Versione {versione.numero} · {versione.get_origine_display()} · sha256 {versione.sha256}"
    titolo = versione.contenuto["progetto"]["titolo"] or "Scheda progetto"
    edizione = EDIZIONI.get(versione.edizione)
    return esporta_docx.esporta(
        versione.lettura,
        titolo=titolo,
        piede=piede,
        creata_il=versione.creata_il,
        disegni=edizione.disegni if edizione else None,
    )
