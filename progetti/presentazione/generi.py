"""The files made of a scheda: a version and the preview of a draft as PDF, and either as a Word document."""

from django.urls import reverse

from conciliazione.file.generi import Genere, Posto
from conciliazione.models import FileGenerato

from ..accesso import progetto_visibile, segna_il_prestito
from ..models import Progetto
from ..permessi import e_capofila
from . import accesso, permessi, versioni


def _di_versione(request, file: FileGenerato) -> Posto:
    return _posto(accesso.versione_visibile(request, file.di_che, permessi.puo_esportare).progetto)


def _di_anteprima(request, file: FileGenerato) -> Posto:
    return _posto(progetto_visibile(request, file.di_che, e_capofila))


def _di_scheda(request, file: FileGenerato) -> Posto:
    """It was made for one person: for who may read as much as it says."""
    progetto = progetto_visibile(
        request, file.di_che, lambda chi, quale: permessi.puo_prendere_la_scheda(chi, quale, file.dati["miei"])
    )
    segna_il_prestito(request, progetto)
    return _posto(progetto)


def _posto(progetto: Progetto) -> Posto:
    elenco, url = reverse("progetti:elenco"), reverse("progetti:dettaglio", args=[progetto.pk])
    return Posto(str(progetto), url, "Torna al progetto", [("Progetti", elenco), (str(progetto), url)])


def _produci_versione(file: FileGenerato) -> bytes:
    return versioni.produci_word(file) if file.nome.endswith(".docx") else versioni.produci_pdf(file)


GENERI = (
    Genere("versione", _produci_versione, _di_versione),
    Genere("anteprima", versioni.produci_pdf, _di_anteprima, versioni.righe_di_troppo),
    Genere("scheda", versioni.produci_word, _di_scheda),
)
