"""Who gets what about joining an alleanza: see `tests/test_permessi.py`."""

from django.core.files.base import ContentFile

from alleanze.models import Alleanza, RichiestaAdesione
from conciliazione.atti import lettere
from conciliazione.models import Atto, FileGenerato, Lettera, Utente

ALLA_RICHIESTA = "acc 302 302 302 302 302 302 302 302 302"
CHI_RICEVE = "acc 404 404 404 302 302 302 404 404 404"
DA_CORREGGERE = "acc 404 404 404 422 422 422 404 404 404"
LA_VEDONO = "acc 404 404 404 200 200 200 404 404 404"

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA = {
    ("alleanze:aderisci", "GET"): "200 200 200 200 200 200 200 200 200 200",
    ("alleanze:aderisci", "POST"): "422 422 422 422 422 422 422 422 422 422",
    ("alleanze:aderisci_posta", "GET"): "200 200 200 200 200 200 200 200 200 200",
    ("alleanze:adesione_chiave", "GET"): "404 404 404 404 404 404 404 404 404 404",
    ("alleanze:adesioni", "GET"): "acc 200 200 200 200 200 200 200 200 200",
    ("alleanze:adesione", "GET"): LA_VEDONO,
    # Who receives a request reads it, and does not write it.
    ("alleanze:adesione_passo", "GET"): "acc 404 404 404 403 403 403 404 404 404",
    ("alleanze:adesione_passo", "POST"): "acc 404 404 404 403 403 403 404 404 404",
    ("alleanze:adesione_invia", "GET"): "acc 404 404 404 403 403 403 404 404 404",
    ("alleanze:adesione_invia", "POST"): "acc 404 404 404 403 403 403 404 404 404",
    ("alleanze:adesione_ritira", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_ritira", "POST"): "acc 404 404 404 403 403 403 404 404 404",
    ("alleanze:adesione_esamina", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_esamina", "POST"): CHI_RICEVE,
    ("alleanze:adesione_accogli", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_accogli", "POST"): DA_CORREGGERE,
    ("alleanze:adesione_respingi", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_respingi", "POST"): DA_CORREGGERE,
    ("alleanze:adesione_originale", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_originale", "POST"): DA_CORREGGERE,
    ("alleanze:adesione_integrazione", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_integrazione", "POST"): DA_CORREGGERE,
    ("alleanze:adesione_riprendi", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_riprendi", "POST"): DA_CORREGGERE,
    ("alleanze:adesione_lettera", "GET"): LA_VEDONO,
    ("alleanze:adesione_lettera_pdf", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_lettera_pdf", "POST"): CHI_RICEVE,
    ("alleanze:adesione_atto", "GET"): LA_VEDONO,
    ("alleanze:adesione_pdf", "GET"): ALLA_RICHIESTA,
    ("alleanze:adesione_pdf", "POST"): CHI_RICEVE,
    ("alleanze:adesione_file", "GET"): LA_VEDONO,
    ("alleanze:adesione_scarica", "GET"): LA_VEDONO,
    ("alleanze:adesione_riprova", "GET"): "acc 404 404 404 405 405 405 404 404 404",
    ("alleanze:adesione_riprova", "POST"): CHI_RICEVE,
    ("alleanze:adesione_firmato", "GET"): LA_VEDONO,
    ("alleanze:recesso", "GET"): "acc 404 403 403 200 200 200 404 403 404",
    ("alleanze:recesso", "POST"): "acc 404 403 403 422 422 422 404 403 404",
}


def argomenti(nome: str, progetto) -> list:
    """A request that was just sent to the alleanza of the project; the adesione is that of a partner."""
    if nome in ("alleanze:aderisci", "alleanze:aderisci_posta"):
        Alleanza.objects.filter(pk=progetto.alleanza_id).update(pubblica=True)
        return [progetto.alleanza_id]
    if nome == "alleanze:recesso":
        return [progetto.alleanza_id, progetto.alleanza.adesioni.get(ente__denominazione__startswith="Comunità").pk]
    if nome in ("alleanze:adesioni", "alleanze:adesione_chiave"):
        return ["chiave-che-non-c-e"] if nome == "alleanze:adesione_chiave" else []
    richiesta = RichiestaAdesione.objects.get(alleanza=progetto.alleanza, stato="richiesta")
    altro = {"alleanze:adesione_passo": [1], "alleanze:adesione_pdf": ["modulo"], "alleanze:adesione_firmato": ["modulo"]}
    if nome in ("alleanze:adesione_file", "alleanze:adesione_scarica", "alleanze:adesione_riprova"):
        return [richiesta.pk, _file(richiesta).pk]
    if nome == "alleanze:adesione_firmato":
        richiesta.modulo_firmato.save("modulo.pdf", ContentFile(b"%PDF-"), save=False)
        richiesta.invii = [richiesta.scritto]
        richiesta.save()
    if nome in ("alleanze:adesione_lettera", "alleanze:adesione_lettera_pdf"):
        return [richiesta.pk, _lettera(richiesta).pk]
    if nome == "alleanze:adesione_atto":
        return [richiesta.pk, _atto(richiesta).pk]
    return [richiesta.pk, *altro.get(nome, [])]


def _lettera(richiesta: RichiestaAdesione) -> Lettera:
    chi, altro = Utente.objects.first(), {"destinatario": "Lea", "a": ["lea@example.org"], "titolo": "Prova", "pagina": ""}
    modello, contesto = "alleanze/adesioni/lettera_respinta.txt", {"richiesta": richiesta, "atto": None}
    return lettere.scrivi(richiesta, chi, mittente=richiesta.alleanza.ats, modello=modello, contesto=contesto, **altro)


def _atto(richiesta: RichiestaAdesione) -> Atto:
    file = ContentFile(b"%PDF-", name="delibera.pdf")
    return Atto.objects.per(richiesta, organo="Giunta", data="2026-01-10", file=file, registrato_da=Utente.objects.first())


def _file(richiesta: RichiestaAdesione) -> FileGenerato:
    dati = {"titolo": "Scheda partnership", "a": str(richiesta.alleanza.capofila)}
    file = FileGenerato(chiave="a" * 64, argomento=f"adesione:{richiesta.pk}", nome="scheda.pdf", dati=dati)
    file.sha256, file.stato = "0" * 64, FileGenerato.Stato.PRONTO
    file.file.save("scheda.pdf", ContentFile(b"%PDF-"), save=True)
    return file
