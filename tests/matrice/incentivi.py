"""Who gets what at the incentives: see `tests/test_permessi.py`. The capofila gives the measure, Iride asks for it."""

from datetime import date

from alleanze.models import Ente
from conciliazione.models import Utente
from progetti.models import Progetto
from voucher.models import MisuraIncentivo, RichiestaIncentivo

CHI_ENTRA = "acc 200 200 200 200 200 200 200 200 200"
ALLA_PAGINA = "acc 302 302 302 302 302 302 302 302 302"

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA = {
    ("voucher:elenco", "GET"): CHI_ENTRA,
    ("voucher:misura_nuova", "GET"): "acc 404 403 403 200 200 403 404 403 404",
    ("voucher:misura_nuova", "POST"): "acc 404 403 403 422 422 403 404 403 404",
    ("voucher:misura", "GET"): CHI_ENTRA,
    ("voucher:misura_modifica", "GET"): "acc 403 403 403 200 200 403 403 403 403",
    ("voucher:misura_modifica", "POST"): "acc 403 403 403 422 422 403 403 403 403",
    ("voucher:chiedi", "GET"): "acc 403 403 200 403 403 403 403 403 403",
    ("voucher:chiedi", "POST"): "acc 403 403 422 403 403 403 403 403 403",
    ("voucher:richiesta", "GET"): "acc 404 404 200 200 200 404 404 404 404",
    ("voucher:modifica", "GET"): "acc 404 404 200 403 403 404 404 404 404",
    ("voucher:modifica", "POST"): "acc 404 404 422 403 403 404 404 404 404",
    ("voucher:avvia", "GET"): ALLA_PAGINA,
    ("voucher:avvia", "POST"): "acc 404 404 302 403 403 404 404 404 404",
    ("voucher:presenta", "GET"): ALLA_PAGINA,
    ("voucher:presenta", "POST"): "acc 404 404 403 403 403 404 404 404 404",
    ("voucher:ritira", "GET"): ALLA_PAGINA,
    ("voucher:ritira", "POST"): "acc 404 404 302 403 403 404 404 404 404",
    ("voucher:concedi", "GET"): ALLA_PAGINA,
    ("voucher:concedi", "POST"): "acc 404 404 403 403 422 404 404 404 404",
    ("voucher:respingi", "GET"): ALLA_PAGINA,
    ("voucher:respingi", "POST"): "acc 404 404 403 403 422 404 404 404 404",
}
DECIDE = ("voucher:concedi", "voucher:respingi")


def argomenti(nome: str, progetto) -> list:
    """A published measure of the filed project, approved since; the request of Iride, begun or (to decide) made."""
    if nome == "voucher:elenco":
        return []
    approvato = Progetto.objects.get(titolo="IN...TEMPO 2")
    Progetto.objects.filter(pk=approvato.pk).update(stato="finanziato")
    if nome == "voucher:misura_nuova":
        return [approvato.pk]
    misura = MisuraIncentivo.objects.create(
        progetto=approvato, titolo="Orari flessibili", condizioni="Tre mesi", dotazione="1000.00", pubblicata=True
    )
    if nome in ("voucher:misura", "voucher:misura_modifica", "voucher:chiedi"):
        return [misura.pk]
    richiesta = RichiestaIncentivo.objects.create(
        misura=misura,
        ente=Ente.objects.get(denominazione__startswith="Iride"),
        stato="presentata" if nome in DECIDE else "avviata",
        descrizione="Turni scelti insieme",
        fine=date(2026, 9, 30),
        aperta_da=Utente.objects.get(email="partner@iride.example.org"),
    )
    return [richiesta.pk]
