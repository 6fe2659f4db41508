"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alleanze.accordi import accordi
from alleanze.models import Accordo
from conciliazione.file import lavori
from conciliazione.models import Utente
from progetti.fascicolo import carte
from progetti.models import AttoDiImpegno, DaFirmare
from progetti.scansioni import scansioni

from ..carte import PDF

ALLA_PAGINA = "acc 302 302 302 302 302 302 302 302 302"
DEL_CAPOFILA = "acc 404 403 403 200 200 404 404 404 404"
FA_IL_CAPOFILA = "acc 404 403 403 302 302 404 404 404 404"
DI_TUTTI_I_SOGGETTI = "acc 404 200 200 200 200 404 404 404 404"
DI_CSC = "acc 404 200 403 200 200 404 404 404 404"
"""The paper of one soggetto (Comunità Sociale Cremasca) is not another's."""

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("progetti:fascicolo", "GET"): DI_TUTTI_I_SOGGETTI,
    ("progetti:fascicolo_prepara", "GET"): ALLA_PAGINA,
    ("progetti:fascicolo_prepara", "POST"): FA_IL_CAPOFILA,
    ("progetti:fascicolo_invia", "GET"): ALLA_PAGINA,
    ("progetti:fascicolo_invia", "POST"): FA_IL_CAPOFILA,
    ("progetti:fascicolo_intero", "GET"): ALLA_PAGINA,
    ("progetti:fascicolo_intero", "POST"): FA_IL_CAPOFILA,
    ("progetti:fascicolo_scansioni", "GET"): DEL_CAPOFILA,
    ("progetti:fascicolo_scansioni", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:fascicolo_registra", "GET"): ALLA_PAGINA,
    ("progetti:fascicolo_registra", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:scansione_elimina", "GET"): ALLA_PAGINA,
    ("progetti:scansione_elimina", "POST"): FA_IL_CAPOFILA,
    ("progetti:scansione_pezzo", "GET"): DEL_CAPOFILA,
    ("progetti:carta_da_firmare", "GET"): DI_CSC,
    ("progetti:carta_da_firmare", "POST"): "acc 404 422 403 422 422 404 404 404 404",
    ("progetti:carta_pdf", "GET"): ALLA_PAGINA,
    ("progetti:carta_pdf", "POST"): "acc 404 302 403 302 302 404 404 404 404",
    ("progetti:carta_firmata", "GET"): DI_CSC,
    ("progetti:carta_ricevi", "GET"): ALLA_PAGINA,
    ("progetti:carta_ricevi", "POST"): FA_IL_CAPOFILA,
    ("progetti:carta_rimanda", "GET"): ALLA_PAGINA,
    ("progetti:carta_rimanda", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:carta_rifai", "GET"): ALLA_PAGINA,
    ("progetti:carta_rifai", "POST"): FA_IL_CAPOFILA,
    ("progetti:atti", "GET"): DI_CSC,
    ("progetti:atti", "POST"): "acc 404 422 403 422 422 404 404 404 404",
    ("progetti:atto_modifica", "GET"): DI_CSC,
    ("progetti:atto_modifica", "POST"): "acc 404 422 403 422 422 404 404 404 404",
    ("progetti:atto_togli", "GET"): ALLA_PAGINA,
    ("progetti:atto_togli", "POST"): "acc 404 302 403 302 302 404 404 404 404",
    # The agreements: here one of the alleanza of Crema, kept by its capofila.
    ("alleanze:accordi", "GET"): "acc 200 200 200 200 200 200 200 200 200",
    ("alleanze:accordo_nuovo", "GET"): "acc 200 200 200 200 200 200 200 403 403",
    ("alleanze:accordo_nuovo", "POST"): "acc 422 422 422 422 422 422 422 403 403",
    ("alleanze:accordo", "GET"): "acc 404 200 200 200 200 200 404 200 404",
    ("alleanze:accordo", "POST"): "acc 404 403 403 422 422 422 404 403 404",
    ("alleanze:accordo_modifica", "GET"): "acc 404 403 403 200 200 200 404 403 404",
    ("alleanze:accordo_modifica", "POST"): "acc 404 403 403 422 422 422 404 403 404",
    ("alleanze:accordo_file", "GET"): "acc 404 200 200 200 200 200 404 200 404",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    if nome.startswith("alleanze:"):
        return _dell_accordo(nome, progetto)
    csc = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    if nome.startswith("progetti:carta_"):
        return [progetto.pk, _carta(progetto, csc).pk]
    if nome.startswith("progetti:scansione_"):
        numero = [] if nome.endswith("elimina") else [0]
        return [progetto.pk, _scansione(progetto).pk, *numero]
    if nome.startswith("progetti:att"):
        atto = AttoDiImpegno.objects.create(partecipazione=csc, genere="delibera", data="2026-03-12")
        return [progetto.pk, csc.pk, *([] if nome == "progetti:atti" else [atto.pk])]
    return [progetto.pk]


def _carta(progetto, csc) -> DaFirmare:
    """One that came back signed."""
    carte.prepara(progetto, Utente.objects.get(email="operatore@comune-crema.example.org"))
    carta = csc.da_firmare.exclude(stato="annullato").get(genere="lettera")
    carta.stato, carta.firmato_il = "firmato", timezone.now()
    carta.firmato_da = Utente.objects.get(email="partner@csc.example.org")
    carta.firmato.save("firmata.pdf", ContentFile(PDF), save=True)
    return carta


def _scansione(progetto):
    chi = Utente.objects.get(email="operatore@comune-crema.example.org")
    scansione = scansioni.carica(progetto, SimpleUploadedFile("scansione.pdf", PDF), chi)
    lavori.esegui(scansione.pk, lambda: scansioni.produci(scansione))
    return scansione


def _dell_accordo(nome: str, progetto) -> list:
    if nome in ("alleanze:accordi", "alleanze:accordo_nuovo"):
        return []
    accordo = Accordo.objects.create(
        genere="alleanza", titolo="Accordo di prova", alleanza=progetto.alleanza, custode=progetto.capofila
    )
    if nome != "alleanze:accordo_file":
        return [accordo.pk]
    chi = Utente.objects.get(email="operatore@comune-crema.example.org")
    return [accordo.pk, accordi.deposita(accordo, SimpleUploadedFile("firmato.pdf", PDF), chi).numero]
