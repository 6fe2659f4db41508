"""The command line: what it prints, how it ends, and what it says when something is wrong."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from progetti.contenuto import contenuto
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014
from progetti.interscambio import esporta, scrivi
from progetti.models import Progetto

from ...crema import copia
from .test_interscambio import ID_PROGETTO, altra_scheda, quante_righe

RADICE = Path(settings.RADICE)
pytestmark = pytest.mark.django_db


def scheda(*argomenti) -> str:
    uscita = io.StringIO()
    call_command("scheda", *map(str, argomenti), stdout=uscita)
    return uscita.getvalue()


def errore(*argomenti) -> str:
    prima = quante_righe()
    with pytest.raises(CommandError) as trovato:
        scheda(*argomenti)
    assert trovato.value.returncode == 1
    assert quante_righe() == prima
    return str(trovato.value)


@pytest.fixture
def file(tmp_path):
    """`file(dati)` writes a file of interchange and gives its path."""

    def scrive(dati: dict) -> Path:
        percorso = tmp_path / "scheda.json"
        percorso.write_text(scrivi(dati), encoding="utf-8")
        return percorso

    return scrive


def test_descrivi_elenca_ogni_blocco_ogni_campo_e_ogni_scelta():
    detto = scheda("descrivi", "dgr1081-2014")
    mancano = [b.chiave for b in DGR1081_2014.blocchi if f"\n  {b.chiave}  [{b.genere}" not in detto]
    for blocco in DGR1081_2014.blocchi:
        parte = detto.split(f"\n  {blocco.chiave}  [")[1].split("\n  I")[0]
        mancano += [f"{blocco.chiave}.{nome}" for nome in blocco.campi() if f"\n    {nome}: " not in parte]
        mancano += [f"{blocco.chiave}.{c.chiave}" for c in getattr(blocco, "colonne", ()) if f"    {c.chiave}: " not in parte]
    assert mancano == []
    assert "testo: testo (max 30 righe) · III. 1.1." in detto
    assert "      servizi_cura · concessione di incentivi alle persone" in detto
    assert "    contributo: calcolato · Contributo richiesto" in detto


def test_descrivi_di_un_edizione_che_non_c_e_dice_quali_ci_sono():
    assert errore("descrivi", "dgr1") == "Edizione «dgr1» sconosciuta: il portale conosce dgr1081-2014, ptc-2017, welfare-2022."


def test_importa_dice_l_identificativo_e_cosa_ha_fatto(dimostrazione, file):
    dati = altra_scheda()
    chi = dati["progetto"]["id"]
    assert scheda("importa", file(dati)) == f"{chi} creato: IN...TEMPO\n"
    assert scheda("importa", file(dati)) == f"{chi} identico: IN...TEMPO\n"
    dati["progetto"]["titolo"] = "Nuovo"
    assert scheda("importa", file(dati)) == f"{chi} aggiornato: Nuovo\n"


def test_importa_legge_dallo_standard_input(dimostrazione, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(scrivi(altra_scheda()).encode())))
    assert "creato" in scheda("importa", "-")


def test_importa_e_congela_una_scheda_di_carta_una_volta_sola(dimostrazione, file):
    percorso = file(altra_scheda())
    scheda("importa", percorso, "--congela")
    progetto = Progetto.objects.get(pk=altra_scheda()["progetto"]["id"])
    assert (progetto.stato, progetto.versioni.count()) == ("presentato", 1)
    assert "identico" in scheda("importa", percorso, "--congela")
    assert progetto.versioni.count() == 1


def test_se_non_si_puo_congelare_niente_e_importato(progetto, file):
    dati = json.loads(esporta(progetto))
    dati["progetto"]["titolo"] = "Altro"
    Progetto.objects.filter(pk=progetto.pk).update(stato="in_integrazione")
    assert "Niente è stato importato" in errore("importa", file(dati), "--congela")
    progetto.refresh_from_db()
    assert progetto.titolo == "Tempo per tutti"


def test_importa_dice_tutti_gli_errori_col_loro_percorso(dimostrazione, file):
    dati = altra_scheda()
    dati["costi"][0]["importo"] = "2.000,00"
    dati["azioni"][1]["genere"] = "x"
    righe = errore("importa", file(dati)).splitlines()
    assert righe[0] == "Niente è stato importato."
    assert sorted(riga.split(":")[0] for riga in righe[1:]) == ["$.azioni[1].genere", "$.costi[0].importo"]


def test_importa_mezzo_file_non_importa_niente(dimostrazione, file):
    percorso = file(altra_scheda())
    percorso.write_text(percorso.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    assert "forse è stato troncato" in errore("importa", percorso)


@pytest.mark.parametrize(("cosa", "parola"), [("manca", "non c'è"), ("cartella", "è una cartella"), ("latin1", "UTF-8")])
def test_un_file_che_non_si_legge_e_detto_in_italiano(db, tmp_path, cosa, parola):
    (tmp_path / "cartella").mkdir()
    (tmp_path / "latin1").write_bytes("città".encode("latin-1"))
    assert parola in errore("importa", tmp_path / cosa)


def test_esporta_scrive_lo_stesso_file_sullo_standard_output_e_con_out(acquisito, tmp_path):
    detto = scheda("esporta", acquisito.pk)
    assert json.loads(detto) == copia()
    assert scheda("esporta", "in...tempo", "--out", tmp_path / "f.json") == ""
    assert (tmp_path / "f.json").read_bytes() == detto.encode()


def test_esporta_dove_non_si_puo_scrivere_lo_dice(acquisito, tmp_path):
    assert "non si può scrivere" in errore("esporta", acquisito.pk, "--out", tmp_path / "non" / "esiste.json")


def test_controlla_dice_ogni_segnalazione_con_la_sua_regola(acquisito):
    righe = scheda("controlla", acquisito.pk).splitlines()
    assert len(righe) == 8
    assert righe[0].startswith("errore: Contributo richiesto")
    assert righe[0].endswith("[declared_contribution_vs_table]")
    assert righe[-1] == "La scheda non si può presentare."


def test_controlla_json_ha_la_forma_documentata(acquisito):
    detto = json.loads(scheda("controlla", "IN...TEMPO", "--json"))
    assert list(detto) == ["progetto", "titolo", "stato", "totali", "presentabile", "segnalazioni"]
    assert (detto["progetto"], detto["stato"], detto["presentabile"]) == (ID_PROGETTO, "presentato", False)
    assert detto["totali"] == {
        "costo": "65000.00",
        "contributo": "49000.00",
        "cofinanziamento": "16000.00",
        "cofin_pubblico": "8000.00",
        "cofin_privato": "8000.00",
    }
    assert len(detto["segnalazioni"]) == 7
    prima = detto["segnalazioni"][0]
    assert {"regola", "gravita", "messaggio", "luoghi", "dati"} <= prima.keys()
    assert prima["dati"] == {"declared": "51000.00", "computed": "49000.00", "difference": "2000.00"}
    assert prima["luoghi"] == [
        {"blocco": "I.7", "riga": "", "campo": "contributo", "nota": "I. 7.: Contributo richiesto"},
    ]


def test_controlla_di_una_scheda_a_posto_dice_che_si_puo_presentare(presentato):
    assert scheda("controlla", presentato.pk).endswith("La scheda si può presentare.\n")
    assert json.loads(scheda("controlla", presentato.pk, "--json"))["presentabile"] is True


@pytest.mark.parametrize("quale", ["progetto", "presentato"])
def test_pdf_scrive_un_pdf(quale, request, tmp_path):
    trovato = request.getfixturevalue(quale)
    uscita = scheda("pdf", trovato.pk, "--out", tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF-")
    assert uscita == f"{tmp_path / 's.pdf'}: {(tmp_path / 's.pdf').stat().st_size} byte\n"


def test_elenca_dice_identificativo_stato_edizione_e_titolo(dimostrazione):
    righe = scheda("elenca").splitlines()
    assert len(righe) == Progetto.objects.count()
    assert f"{ID_PROGETTO}  presentato         dgr1081-2014   IN...TEMPO" in righe


@pytest.mark.parametrize("comando", [["esporta"], ["controlla"], ["pdf", "--out", "f.pdf"]])
@pytest.mark.parametrize("nome", ["Mai visto", "11111111-1111-1111-1111-111111111111"])
def test_un_progetto_che_non_c_e_e_detto(dimostrazione, comando, nome):
    assert f"Nessun progetto «{nome}»" in errore(*comando, nome)


def test_due_progetti_dello_stesso_titolo_si_distinguono_con_l_identificativo(dimostrazione, file):
    scheda("importa", file(altra_scheda()))
    assert "Più progetti si chiamano «IN...TEMPO»" in errore("controlla", "IN...TEMPO")
    assert "[duration_not_filled]" in scheda("controlla", altra_scheda()["progetto"]["id"])


def test_la_demo_si_carica_una_volta_sola(dimostrazione):
    prima = quante_righe(), [contenuto(p) for p in Progetto.objects.order_by("pk")]
    uscita = io.StringIO()
    call_command("demo", stdout=uscita)
    assert uscita.getvalue() == "I dati della dimostrazione ci sono già.\n"
    assert (quante_righe(), [contenuto(p) for p in Progetto.objects.order_by("pk")]) == prima


def test_il_comando_vero_funziona_da_un_terminale_qualunque(django_db_setup, django_db_blocker):
    """A process of its own, on the test database, as from a shell without a UTF-8 locale."""
    from conciliazione.server_locali.pytest_servizi import url_della_base

    ambiente = os.environ | {"DATABASE_URL": url_della_base(connection.settings_dict), "LC_ALL": "C"}
    comando = [sys.executable, "manage.py", "scheda"]
    finito = subprocess.run([*comando, "elenca"], cwd=RADICE, env=ambiente, capture_output=True, text=True, timeout=240)
    assert (finito.returncode, finito.stderr) == (0, "")
    assert f"{ID_PROGETTO}  presentato" in finito.stdout
    rotto = subprocess.run(
        [*comando, "importa", "-"], cwd=RADICE, env=ambiente, capture_output=True, text=True, timeout=240, input='{"formato":'
    )
    assert rotto.returncode == 1
    assert "forse è stato troncato" in rotto.stderr
    assert "Traceback" not in rotto.stderr


@pytest.mark.parametrize("comando", [["elenca"], ["esporta", "IN...TEMPO"], ["controlla", "x"]])
def test_senza_tabelle_si_dice_che_cosa_eseguire(comando):
    with connection.cursor() as cursore:
        cursore.execute("CREATE SCHEMA senza_tabelle; SET LOCAL search_path TO senza_tabelle")
    with pytest.raises(CommandError) as detto:
        scheda(*comando)
    assert str(detto.value) == "La base dati è vuota. Prima si preparano le tabelle: python3 manage.py migrate."


def test_senza_progetti_si_dice_che_cosa_eseguire():
    with connection.cursor() as cursore:
        cursore.execute("CREATE SCHEMA nuova; CREATE TABLE nuova.progetti_progetto (LIKE progetti_progetto)")
        cursore.execute("SET LOCAL search_path TO nuova, public")
    a_parte = io.StringIO()
    call_command("scheda", "elenca", stdout=io.StringIO(), stderr=a_parte)
    assert a_parte.getvalue().startswith("Non c'è ancora nessun progetto. Un progetto si apre dal portale")
    assert "python3 manage.py scheda importa FILE" in errore("controlla", "IN...TEMPO")


def test_descrivi_scrive_solo_la_descrizione_e_non_avvia_niente(tmp_path):
    """Its output is a file of the tests: a process of its own, where no server runs and no address is given."""
    ambiente = {nome: valore for nome, valore in os.environ.items() if not nome.endswith("_URL")}
    ambiente["CONCILIAZIONE_VAR"] = str(tmp_path / "var")
    comando = [sys.executable, "manage.py", "scheda", "descrivi", "ptc-2017"]
    finito = subprocess.run(comando, cwd=RADICE, env=ambiente, capture_output=True, text=True, timeout=240)
    assert (finito.returncode, finito.stderr) == (0, "")
    assert finito.stdout == scheda("descrivi", "ptc-2017")
    assert not (tmp_path / "var").exists()


def test_chi_legge_solo_le_prime_righe_non_rompe_il_comando(django_db_setup, django_db_blocker):
    """As in `scheda elenca | head`: the reader goes away before anything is written."""
    from conciliazione.server_locali.pytest_servizi import url_della_base

    ambiente = os.environ | {"DATABASE_URL": url_della_base(connection.settings_dict)}
    comando = [sys.executable, "manage.py", "scheda", "elenca"]
    processo = subprocess.Popen(comando, cwd=RADICE, env=ambiente, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    processo.stdout.close()
    detto = processo.stderr.read()
    processo.stderr.close()
    assert (processo.wait(timeout=240), detto) == (0, "")
