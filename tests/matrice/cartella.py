"""Who gets what in the shared folders: see `tests/test_permessi.py`."""

from django.core.files.uploadedfile import SimpleUploadedFile

from conciliazione.cartelle import documenti
from conciliazione.models import Documento, Utente

from ..carte import PDF

ALLA_CARTELLA = "acc 302 302 302 302 302 302 302 302 302"

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA = {
    ("alleanze:cartella", "GET"): "acc 404 200 200 200 200 200 404 403 404",
    ("alleanze:cartella", "POST"): "acc 404 422 422 422 422 422 404 403 404",
    ("alleanze:documento", "GET"): "acc 404 200 200 200 200 404 404 403 404",
    ("alleanze:documento", "POST"): "acc 404 403 403 422 422 404 404 403 404",
    ("alleanze:documento_scarica", "GET"): "acc 404 200 200 200 200 404 404 403 404",
    ("alleanze:documento_togli", "GET"): ALLA_CARTELLA,
    ("alleanze:documento_togli", "POST"): "acc 404 403 403 302 302 404 404 403 404",
    ("progetti:cartella", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    ("progetti:cartella", "POST"): "acc 404 422 422 422 422 404 404 404 404",
    ("progetti:documento", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    ("progetti:documento", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:documento_scarica", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    ("progetti:documento_togli", "GET"): ALLA_CARTELLA,
    ("progetti:documento_togli", "POST"): "acc 404 403 403 302 302 404 404 404 404",
}


def argomenti(nome: str, progetto) -> list:
    """A verbale of the soggetti, put there by the administrator: of nobody's who is in the table."""
    oggetto = progetto.alleanza if nome.startswith("alleanze:") else progetto
    if nome.endswith(":cartella"):
        return [oggetto.pk]
    file = SimpleUploadedFile("verbale.pdf", PDF)
    chi = Utente.objects.get(email="admin@example.org")
    messo = documenti.aggiungi(oggetto, file, titolo="Verbale", genere=Documento.Genere.VERBALE, utente=chi)
    return [oggetto.pk, messo.pk, 1] if nome.endswith("scarica") else [oggetto.pk, messo.pk]
