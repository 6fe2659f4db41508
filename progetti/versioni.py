"""Freezing: content, labelled reading and hash, so that tomorrow's edition reprints yesterday's version word for word."""

from django.utils import timezone
from django.utils.text import slugify

from conciliazione import lavori, pdf
from conciliazione.canonico import impronta
from conciliazione.models import FileGenerato
from conciliazione.schede.lettura import leggi
from conciliazione.schede.tipi import Contenuto, Segnalazione

from .archivio import contenuto
from .edizioni import EDIZIONI
from .models import Progetto, Versione
from .regole import righe_oltre_il_massimo


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
    """The PDF of a version: asked twice, made once."""
    return lavori.chiedi(
        parti=(f"versione {versione.pk}", versione.sha256, pdf.impronta_modello()),
        argomento=f"versione:{versione.pk}",
        nome=f"{nome_file('scheda', versione.progetto)}-v{versione.numero}.pdf",
        dati={"versione": versione.pk},
        utente=utente,
    )


def nome_file(che_cosa: str, progetto: Progetto) -> str:
    """What a person finds among their downloads."""
    return slugify(f"{che_cosa}-{progetto}")[:80].strip("-")


def chiedi_anteprima(progetto: Progetto, utente) -> FileGenerato:
    """The PDF of the scheda as it is now, marked as a preview; the same content is made once."""
    dati = contenuto(progetto)
    return lavori.chiedi(
        parti=("anteprima", impronta(dati), pdf.impronta_modello()),
        argomento=f"anteprima:{progetto.pk}",
        nome=f"{nome_file('anteprima', progetto)}.pdf",
        dati={"contenuto": dati},
        utente=utente,
    )


def righe_di_troppo(file: FileGenerato) -> list[str]:
    """Of a preview, the texts longer than the form allows, with the count: «31 di 30 righe»."""
    dati = file.dati.get("contenuto")
    if dati is None:
        return []
    return [s.messaggio for s in righe_oltre_il_massimo(EDIZIONI[dati["edizione"]], dati)]


def produci_pdf(file: FileGenerato) -> bytes:
    """The bytes of a requested PDF, from what the request kept."""
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
