"""Scans of signed papers: read by a job, matched by their QR, registered when a person has looked at the matches.

A scan is the request of a job (`FileGenerato`): what it is made of is the scan, what it makes is an archive with its pieces.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from conciliazione.file import lavori
from conciliazione.models import FileGenerato, Utente
from conciliazione.passaggi import Rifiuto
from conciliazione.templatetags.italiano import data

from ..fascicolo import transizioni
from ..fascicolo.stati import FIRMATI, Stato
from ..models import DaFirmare, Progetto
from . import qr

SCEGLI = "Scegli a mano di quale documento si tratta."
ESTENSIONI = {b"%PDF-": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


def di(progetto: Progetto):
    """Return the scans of a project, the newest first."""
    return FileGenerato.objects.filter(argomento=f"scansione:{progetto.pk}").order_by("-richiesto_il", "-pk")


def carica(progetto: Progetto, file: UploadedFile, utente: Utente) -> FileGenerato:
    """Keep a scan and ask to read it; the same scan again is the one that is there."""
    impronta = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    parti = ("scansione", str(progetto.pk), impronta)
    gia = FileGenerato.objects.filter(chiave=lavori.chiave(parti)).first()
    salvata = gia.dati["scansione"] if gia else default_storage.save(f"scansioni/{timezone.now():%Y/%m}/{file.name}", file)
    return lavori.chiedi(
        parti=parti,
        argomento=f"scansione:{progetto.pk}",
        nome="scansione.zip",
        dati={"scansione": salvata, "nome": file.name, "abbinate": {}},
        utente=utente,
    )


@transaction.atomic
def togli(scansione: FileGenerato) -> None:
    """Throw a scan away; what was registered from it has its own copy."""
    cartella, salvata, fatto = default_storage, scansione.dati["scansione"], scansione.file.name
    scansione.delete()
    transaction.on_commit(lambda: [cartella.delete(nome) for nome in (salvata, fatto) if nome])


def produci(file: FileGenerato) -> bytes:
    """Return the archive of the pieces. A scan that brings its reader down is kept whole, to be told by hand."""
    with tempfile.TemporaryDirectory() as cartella, default_storage.open(file.dati["scansione"]) as aperta:
        scansione, archivio = Path(cartella) / "scansione", Path(cartella) / "pezzi.zip"
        scansione.write_bytes(aperta.read())
        comando = [sys.executable, "-m", "progetti.scansioni.qr", str(scansione), str(archivio)]
        try:
            subprocess.run(comando, cwd=settings.RADICE, timeout=qr.SECONDI, check=True, capture_output=True)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            qr.scrivi_intera(scansione.read_bytes(), "La scansione non si lascia leggere: forse è rovinata.", archivio)
        return archivio.read_bytes()


# What was read.


@dataclass
class Letto:
    """A piece of a scan, for who decides what it is. `carta` is what its QR says, `problema` why that is not enough."""

    scansione: FileGenerato
    numero: int
    pagine: list[int]
    senza_codice: list[int]
    carta: DaFirmare | None
    problema: str

    @property
    def chiave(self) -> str:
        return f"pezzo-{self.scansione.pk}-{self.numero}"

    @property
    def nome(self) -> str:
        return self.scansione.dati["nome"]

    @property
    def dove(self) -> str:
        """«pagina 3», «pagine 1-2 (la 2 senza codice)»."""
        prima, ultima = self.pagine[0], self.pagine[-1]
        detto = f"pagina {prima}" if prima == ultima else f"pagine {prima}-{ultima}"
        senza = ", ".join(str(pagina) for pagina in self.senza_codice)
        return f"{detto} (senza codice: {senza})" if senza else detto

    @property
    def proposta(self) -> str:
        return str(self.carta.pk) if self.carta and not self.problema else ""


def da_registrare(progetto: Progetto) -> list[Letto]:
    """Return the pieces that were read and are not registered yet, each with the paper it is or what is wrong with it."""
    letti = [(scansione, *_aperta(scansione)) for scansione in di(progetto) if scansione.pronto]
    codici = {pezzo["codice"] for _, _, pezzi in letti for pezzo in pezzi}
    carte = DaFirmare.objects.filter(partecipazione__progetto=progetto, codice__in=codici).select_related("partecipazione")
    per_codice, visti = {carta.codice: carta for carta in carte}, {}
    return [
        _letto(scansione, numero, pezzo, errore, per_codice, visti)
        for scansione, errore, pezzi in letti
        for numero, pezzo in enumerate(pezzi)
        if str(numero) not in scansione.dati["abbinate"]
    ]


def _aperta(scansione: FileGenerato) -> tuple[str, list[dict]]:
    with scansione.file.open("rb") as file, zipfile.ZipFile(file) as archivio:
        esito = json.loads(archivio.read("pezzi.json"))
    return esito["errore"], esito["pezzi"]


def quanti_pezzi(scansione: FileGenerato) -> int:
    return len(_aperta(scansione)[1])


def _letto(scansione: FileGenerato, numero: int, pezzo: dict, errore: str, per_codice: dict, visti: dict) -> Letto:
    carta = per_codice.get(pezzo["codice"])
    problema = f"{errore} {SCEGLI}" if errore else _problema(pezzo, carta, visti)
    letto = Letto(scansione, numero, pezzo["pagine"], pezzo["senza_codice"], carta, problema)
    if carta and not problema:
        visti[carta.pk] = letto
    return letto


def _problema(pezzo: dict, carta: DaFirmare | None, visti: dict) -> str:
    if not pezzo["codice"]:
        altro = "C'è un codice QR che non è dei nostri documenti." if pezzo["estranei"] else "Nessun codice leggibile."
        return f"{altro} {SCEGLI}"
    if carta is None:
        return f"Il codice non è di un documento di questo progetto. {SCEGLI}"
    if carta.pk in visti:
        return f"Lo stesso documento è già in «{visti[carta.pk].nome}», {visti[carta.pk].dove}: registra uno dei due."
    if carta.stato in FIRMATI:
        return f"È già stato consegnato firmato il {data(carta.firmato_il)}: non serve registrarlo di nuovo."
    if carta.stato == Stato.ANNULLATO:
        return "Il documento è stato annullato o rifatto: va firmato quello nuovo."
    return ""


def registrabili(progetto: Progetto) -> list[DaFirmare]:
    """Return the papers that may come back: those to choose from, by hand."""
    carte = DaFirmare.objects.non_firmati().filter(partecipazione__progetto=progetto)
    return list(carte.select_related("partecipazione").order_by("partecipazione__ordine", "partecipazione", "genere"))


def byte_del_pezzo(scansione: FileGenerato, numero: int) -> ContentFile:
    """Return one piece, by a name that says what it is."""
    with scansione.file.open("rb") as file, zipfile.ZipFile(file) as archivio:
        dati = archivio.read(str(numero))
    estensione = next((e for firma, e in ESTENSIONI.items() if dati.startswith(firma)), "p7m")
    return ContentFile(dati, name=f"{Path(scansione.dati['nome']).stem}-{numero + 1}.{estensione}")


@transaction.atomic
def registra(progetto: Progetto, scelte: dict[str, str], utente: Utente, *, controllate: bool) -> list[DaFirmare]:
    """Take in the pieces (by `Letto.chiave`), each as the paper that it was said to be, and one piece for one paper.

    `controllate`: the person has looked at them all, and they are received too.
    Raises Rifiuto when one was taken in meanwhile: then none is.
    """
    list(di(progetto).select_for_update())  # whoever registers the same scans waits, and then finds them registered
    letti, fatte = {letto.chiave: letto for letto in da_registrare(progetto)}, []
    scansioni = {letto.scansione.pk: letto.scansione for letto in letti.values()}
    for chiave, carta in scelte.items():
        if chiave not in letti:
            raise Rifiuto("Un'altra persona ha appena registrato queste scansioni: ricontrolla l'elenco.")
        letto = letti[chiave]
        file = byte_del_pezzo(letto.scansione, letto.numero)
        fatte.append(transizioni.consegna(carta, file, utente, come=f"dalla scansione {letto.nome}, {letto.dove}"))
        scansioni[letto.scansione.pk].dati["abbinate"][str(letto.numero)] = str(carta)
        if controllate:
            transizioni.ricevi(carta, utente)
    FileGenerato.objects.bulk_update(scansioni.values(), ["dati"])
    return fatte
