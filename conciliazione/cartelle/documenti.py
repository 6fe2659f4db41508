"""The shared folder of an alleanza, of a progetto: documents with their revisions. Whose folder, and who may, is the app's."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone

from ..models import Documento, Revisione, Utente


@transaction.atomic
def aggiungi(
    oggetto: models.Model,
    file: UploadedFile,
    *,
    titolo: str,
    genere: str,
    utente: Utente,
    visibilita: str = Documento.Visibilita.SOGGETTI,
    data=None,
) -> Documento:
    """Put a new document in the folder of `oggetto`; the file has been through `allegati.verifica`."""
    documento = Documento.objects.create(
        oggetto=oggetto,
        titolo=titolo,
        genere=genere,
        visibilita=visibilita,
        data=data or timezone.localdate(),
        creato_da=utente,
    )
    revisiona(documento, file, utente=utente)
    return documento


@transaction.atomic
def revisiona(documento: Documento, file: UploadedFile, *, utente: Utente, nota: str = "") -> Revisione:
    """Put the document as it is from now on; those before stay. Two people at once get two numbers."""
    Documento.objects.select_for_update(no_key=True).get(pk=documento.pk)
    ultima = documento.revisioni.aggregate(n=models.Max("numero"))["n"] or 0
    return Revisione.objects.create(
        documento=documento,
        numero=ultima + 1,
        file=file,
        sha256=_sha256(file),
        grandezza=file.size,
        nota=nota,
        caricata_da=utente,
    )


def togli(documento: Documento) -> None:
    """Take the document out of the folder; its bytes stay, for who must account for what was there."""
    documento.tolto_il = timezone.now()
    documento.save(update_fields=["tolto_il"])


def _sha256(file: UploadedFile) -> str:
    file.seek(0)
    somma = hashlib.sha256()
    for pezzo in file.chunks():
        somma.update(pezzo)
    file.seek(0)
    return somma.hexdigest()
