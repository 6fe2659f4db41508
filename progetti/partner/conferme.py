"""A confirmation given, and taken back. Who calls has locked the row of the project: confirmations come one after the other."""

from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone

from alleanze.permessi import PREPARANO, di_ente
from conciliazione.messaggi import notifiche
from conciliazione.models import Utente

from ..contenuto.conferme import Cifre, impronta
from ..models import Conferma, Partecipazione
from ..permessi import chi_scrive


class Esito(NamedTuple):
    """The confirmation that counts; whether it was written now, and whether the act was."""

    conferma: Conferma
    nuova: bool
    atto_nuovo: bool


def vale(soggetto: Partecipazione) -> Conferma | None:
    """Return the confirmation that counts: the last that was not withdrawn, whether or not its figures changed."""
    return soggetto.conferme.non_ritirate().select_related("da").last()


def registra(
    soggetto: Partecipazione,
    utente: Utente,
    cifre: Cifre,
    *,
    per_conto: bool,
    documento: UploadedFile | None,
    atto: dict | None,
) -> Esito:
    """Confirm these figures; with it goes, if it was given, the act that commits the cofinancing.

    Said twice (a double tap, two colleagues) it is said once: another row is written only for what the first does not say.
    """
    ultima = vale(soggetto)
    nuova = ultima is None or ultima.impronta != impronta(cifre) or _porta_altro(ultima, per_conto, documento)
    if nuova:
        ultima = Conferma.objects.create(
            partecipazione=soggetto,
            impronta=impronta(cifre),
            cifre=cifre,
            da=utente,
            per_conto=per_conto,
            documento=documento or "",
        )
    atto_nuovo = soggetto.atti.get_or_create(**atto)[1] if atto else False
    return Esito(ultima, nuova, atto_nuovo)


def _porta_altro(ultima: Conferma, per_conto: bool, documento: UploadedFile | None) -> bool:
    """The word of the soggetto itself, where the capofila had said it for it; a paper that is not there yet."""
    return ultima.per_conto != per_conto or (documento is not None and not _stesso(documento, ultima.documento))


def _stesso(file: UploadedFile, altro: FieldFile) -> bool:
    if not altro or not altro.storage.exists(altro.name) or altro.size != file.size:
        return False
    with altro.open("rb") as aperto:
        uguali = aperto.read() == file.read()
    file.seek(0)
    return uguali


def ritira(conferma: Conferma, utente: Utente, motivo: str) -> None:
    """Take back a confirmation: it stays, with who did it and why, and counts no more. Whom it is of is told, on both sides."""
    soggetto = conferma.partecipazione
    conferma.ritirata_il, conferma.ritirata_da, conferma.motivo = timezone.now(), utente, motivo
    conferma.save(update_fields=["ritirata_il", "ritirata_da", "motivo"])
    persone = [*di_ente(soggetto.progetto.capofila_id, *PREPARANO), *chi_scrive([soggetto])[str(soggetto.pk)]]
    notifiche.avvisa(
        [persona for persona in persone if persona != utente],
        chiave=f"conferma:{conferma.pk}:ritirata",
        testo=f"{utente} ha ritirato la conferma di {soggetto} nel progetto «{soggetto.progetto}»: {motivo}",
        url=reverse("progetti:conferma", args=[soggetto.progetto_id, soggetto.pk]),
    )
