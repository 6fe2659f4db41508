"""`scheda prova`: whoever writes an edition sees it printed, and is told what is wrong and what is not there yet.

Nothing here may open the database: an edition is tried before any avviso has it.
"""

import io
import itertools

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from progetti.edizioni import EDIZIONI
from progetti.prova.carenze import carenze

NUMERI = itertools.count()
INTERA = """
from conciliazione.schede import campi
from conciliazione.schede.edizione import (
    COSTI, PARTNER, Colonna, Domande, Edizione, PerRiga, Scheda, Sezione, Tabella,
)
from conciliazione.schede.prospetto import VOCI, Prospetto, Voce
from progetti import regole
from progetti.contenuto import conti


class Generale(Scheda):
    titolo = campi.Riga("Titolo")
    contesto = campi.Testo("Contesto (max 20 righe)")


class Ente(Scheda):
    denominazione = campi.Riga("Ente")


class Azione(Scheda):
    titolo = campi.Riga("Azione")


def spesa(contenuto, azione):
    return conti.costo(contenuto, azione)


def severa(edizione, contenuto):
    return []


INTERA = Edizione(
    codice="intera-2030",
    titolo="SCHEDA INTERA",
    sottotitolo="",
    sezioni=(
        Sezione("A", "Parte A", (
            Domande(chiave="1", titolo="Generale", modulo=Generale),
            PerRiga(chiave="2", titolo="Enti", fonte="partecipazioni", modulo=Ente, scrive=PARTNER),
        )),
        Sezione("B", "Parte B", (
            Tabella(chiave="3", titolo="Azioni", fonte="azioni", modulo=Azione),
            Prospetto(chiave="4", titolo="Spese", fonte="azioni", nome="azioni",
                      colonne=(Colonna("spesa", "Spesa", spesa, scrive=COSTI),)),
        )),
    ),
    regole=(severa,),
)
"""


@pytest.fixture
def modulo(tmp_path, monkeypatch):
    """`modulo(codice)` writes a module of that code, outside the portal, and gives its name."""
    monkeypatch.syspath_prepend(tmp_path)

    def scrive(codice: str) -> str:
        nome = f"edizione_di_un_collega_{next(NUMERI)}"
        (tmp_path / f"{nome}.py").write_text(codice, encoding="utf-8")
        return nome

    return scrive


@pytest.fixture
def prova(tmp_path):
    """`prova(nome)` runs the command; the PDF goes in `prova.pdf`."""
    file = tmp_path / "prova.pdf"

    def corre(nome: str) -> str:
        uscita = io.StringIO()
        call_command("scheda", "prova", nome, "--out", str(file), stdout=uscita)
        return uscita.getvalue()

    corre.file = file
    return corre


def stampato(prova) -> str:
    with pypdfium2.PdfDocument(prova.file.read_bytes()) as documento:
        return " ".join(" ".join(pagina.get_textpage().get_text_range() for pagina in documento).split())


def rifiutata(prova, nome: str) -> list[str]:
    with pytest.raises(CommandError) as motivo:
        prova(nome)
    assert motivo.value.returncode == 1
    return str(motivo.value).splitlines()


def test_una_edizione_fuori_dal_portale_si_stampa_con_contenuto_inventato(modulo, prova):
    detto = prova(modulo(INTERA)).splitlines()
    assert detto[0] == "Edizione «intera-2030», SCHEDA INTERA: sezioni 2, blocchi 4, regole 1, campi 5."
    assert detto[1] == f"{prova.file}: {prova.file.stat().st_size} byte, con contenuto inventato"
    testo = stampato(prova)
    for parole in ("SCHEDA INTERA", "Parte B", "Campione titolo 1", "Testo campione di «contesto»", "1.000,00", "PROVA"):
        assert parole in testo


def test_senza_out_il_pdf_si_chiama_come_l_edizione(modulo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("scheda", "prova", modulo(INTERA), stdout=io.StringIO())
    assert (tmp_path / "intera-2030-prova.pdf").read_bytes().startswith(b"%PDF-")


def test_si_dice_che_cosa_non_c_e_ancora(modulo, prova):
    detto = prova(modulo(INTERA))
    for manca in (
        "Non è ancora iscritta fra le edizioni: nessun avviso può averla.",
        "Blocco «1», campo «contesto»: è stampato «max 20 righe», e il campo non lo dice con max_righe=.",
        "Fra le regole manca conferme_mancanti: i partner scrivono la loro parte, e nessuno dice chi non l'ha confermata.",
        "Fra le regole manca limiti_dell_avviso: c'è del denaro, e nessuno verifica i limiti dell'avviso.",
    ):
        assert f"\n- {manca}\n" in detto


@pytest.mark.parametrize(
    ("di", "a", "manca"),
    [
        ("regole=(severa,),", "", "Non ha regole: si dirà solo che cosa manca e che cosa un campo rifiuta."),
        (
            '    titolo = campi.Riga("Titolo")\n',
            "",
            "Nessun campo si chiama «titolo»: negli elenchi i progetti saranno senza nome.",
        ),
        ("    denominazione", "    nome", "Nessun blocco dice la «denominazione» dei soggetti: non si leggerà chi partecipa."),
        (
            'Tabella(chiave="3", titolo="Azioni", fonte="azioni", modulo=Azione),',
            "",
            "Un blocco va per righe di «azioni», e nessuna Tabella le aggiunge.",
        ),
        ('titolo="Generale"', 'titolo=""', "Blocco «1»: non ha titolo né nome_breve, e nelle frasi si chiamerà «1»."),
        (
            '"Contesto (max 20 righe)"',
            f'"{"Contesto " * 10}"',
            "Blocco «1», campo «contesto»: l'etichetta è di 90 caratteri, e manca nome=, come si dice in una frase.",
        ),
        ('codice="intera-2030"', 'codice="ptc-2017"', "Il codice «ptc-2017» è già di un'altra edizione: ne serve uno suo."),
        (
            'fonte="azioni", nome="azioni",',
            'fonte=VOCI, nome="azioni",',
            "Blocco «4»: senza voci, le righe saranno solo quelle che dirà l'avviso.",
        ),
    ],
)
def test_ogni_cosa_che_non_c_e_ancora_ha_la_sua_frase(modulo, prova, di, a, manca):
    assert di in INTERA
    assert f"\n- {manca}\n" in prova(modulo(INTERA.replace(di, a)))


@pytest.mark.parametrize("codice", EDIZIONI)
def test_alle_edizioni_che_ci_sono_non_manca_nessuna_regola(codice):
    assert [frase for frase in carenze(EDIZIONI[codice]) if "regol" in frase] == []


def test_una_edizione_sbagliata_non_si_stampa_e_ogni_sbaglio_e_una_frase(modulo, prova):
    sbagliata = INTERA.replace("scrive=PARTNER", 'scrive="partners"').replace('nome="azioni",', "")
    assert rifiutata(prova, modulo(sbagliata)) == [
        "Edizione «intera-2030», blocco «2»: scrive=«partners», e ci vuole CAPOFILA o PARTNER.",
        "Edizione «intera-2030», blocco «4»: manca il nome= di questo modo di dividere i costi.",
    ]
    assert not prova.file.exists()


@pytest.mark.parametrize(
    ("di", "a", "frase"),
    [
        (
            "    return conti.costo(contenuto, azione)",
            "    return contenuto['soldi']",
            "Il blocco «4» non si legge: KeyError, 'soldi'.",
        ),
        ("    return []", "    return contenuto['avvisi']", "La regola «severa» si rompe: KeyError, 'avvisi'."),
        (
            "    return []",
            "    return [] if contenuto['azioni'][0] else []",
            "In una scheda appena aperta la regola «severa» si rompe: IndexError, list index out of range.",
        ),
    ],
)
def test_cio_che_si_rompe_sul_contenuto_inventato_e_detto_senza_traceback(modulo, prova, di, a, frase):
    assert di in INTERA
    assert rifiutata(prova, modulo(INTERA.replace(di, a)))[0] == frase


def test_un_disegno_di_word_che_si_rompe_e_detto_e_il_pdf_c_e(modulo, prova):
    disegno = "def storto(carta, blocco):\n    carta.mai_vista()\n\n\nINTERA = "
    suo = INTERA.replace('titolo="Enti",', 'titolo="Enti", in_word="mio",').replace("INTERA = ", disegno)
    (frase,) = rifiutata(prova, modulo(suo.replace("regole=(", 'disegni={"mio": storto}, regole=(')))
    assert frase == "La scheda non si scrive in Word: AttributeError, 'Carta' object has no attribute 'mai_vista'."
    assert "SCHEDA INTERA" in stampato(prova)


def test_cio_che_le_regole_dicono_del_contenuto_inventato_si_legge(modulo, prova):
    assert "Del contenuto inventato si segnala:" not in prova(modulo(INTERA))
    detto = prova(modulo(INTERA.replace("(severa,)", "(severa, regole.conferme_mancanti)")))
    assert "\nDel contenuto inventato si segnala:\n- avviso: Dati e cifre non confermati da: Ente" in detto


def test_un_modulo_che_non_c_e_e_detto(prova):
    (frase,) = rifiutata(prova, "edizioni_mai_scritte.nuova")
    dove = "il suo file dev'essere nella cartella di manage.py, o in una di PYTHONPATH"
    assert frase == f"Il modulo «edizioni_mai_scritte.nuova» non c'è: {dove}."


def test_un_file_al_posto_di_un_modulo_e_detto(prova):
    (frase,) = rifiutata(prova, "cartella/nuova.py")
    assert "si scrive con i punti, come cartella.nuova_2026" in frase


def test_un_modulo_che_non_si_legge_dice_a_quale_riga(modulo, prova):
    nomi = modulo("x = 1\ny = nessuno\n"), modulo("x = (\n"), modulo("import mai_installata\n")
    dette = [rifiutata(prova, nome)[0] for nome in nomi]
    assert dette[0] == f"Il modulo «{nomi[0]}» non si legge ({nomi[0]}.py, riga 2): NameError, name 'nessuno' is not defined."
    assert dette[1].startswith(f"Il modulo «{nomi[1]}» non si legge ({nomi[1]}.py, riga 1): SyntaxError, ")
    assert (
        dette[2]
        == f"Il modulo «{nomi[2]}» non si legge ({nomi[2]}.py, riga 1): ModuleNotFoundError, No module named 'mai_installata'."
    )


def test_un_opzione_scritta_male_e_detta_con_la_sua_riga(modulo, prova):
    nome = modulo(INTERA.replace('campi.Riga("Ente")', 'campi.Riga("Ente", obligatorio=True)'))
    riga = INTERA.split('campi.Riga("Ente")')[0].count("\n") + 1
    (frase,) = rifiutata(prova, nome)
    perche = "«obligatorio=» qui non si può dire, controlla come è scritto"
    assert frase == f"Il modulo «{nome}» non si legge ({nome}.py, riga {riga}): {perche}."


def test_di_piu_edizioni_si_indica_quale(modulo, prova):
    nome = modulo(INTERA + '\nALTRA = Edizione(codice="a", titolo="A", sottotitolo="", sezioni=INTERA.sezioni)\n')
    quali = f"le edizioni si chiamano INTERA, ALTRA, e si indica quale, come {nome}:NOME"
    assert rifiutata(prova, nome) == [f"Nel modulo «{nome}» non c'è «EDIZIONE»: {quali}."]
    assert "Edizione «a», A:" in prova(f"{nome}:ALTRA")
    assert rifiutata(prova, f"{nome}:TERZA") == [f"Nel modulo «{nome}» non c'è «TERZA»: {quali}."]
    assert rifiutata(prova, f"{nome}:Ente") == ["Ci vuole una Edizione, e c'è la classe Ente."]


def test_fra_piu_edizioni_quella_che_il_portale_prenderebbe_si_chiama_edizione(modulo, prova):
    assert "Edizione «intera-2030»," in prova(modulo(INTERA + "\nEDIZIONE = INTERA\n"))


def test_un_blocco_si_legge_con_il_template_che_sta_accanto_al_modulo(modulo, prova, tmp_path):
    nome = modulo(INTERA.replace('titolo="Enti",', 'titolo="Enti", aspetto="intera-2030/enti.html",'))
    assert rifiutata(prova, nome) == [
        "Edizione «intera-2030», blocco «2»: aspetto=«intera-2030/enti.html» non è il nome di un template che c'è."
    ]
    enti = tmp_path / "templates" / "intera-2030" / "enti.html"
    enti.parent.mkdir(parents=True)
    enti.write_text("<p>Enti nelle parole di qui: {{ blocco.righe|length }}</p>", encoding="utf-8")
    prova(nome)
    assert "Enti nelle parole di qui: 3" in stampato(prova)


def test_un_template_che_non_va_e_detto_senza_traceback(modulo, prova, tmp_path):
    nome = modulo(INTERA.replace('titolo="Enti",', 'titolo="Enti", aspetto="intera-2030/rotto.html",'))
    rotto = tmp_path / "templates" / "intera-2030" / "rotto.html"
    rotto.parent.mkdir(parents=True)
    rotto.write_text("{% if %}", encoding="utf-8")
    (frase,) = rifiutata(prova, nome)
    assert frase.startswith("La scheda non si stampa: TemplateSyntaxError, ")


def test_un_modulo_senza_edizioni_e_detto(modulo, prova):
    nome = modulo("x = 1")
    assert rifiutata(prova, nome) == [f"Nel modulo «{nome}» non c'è nessuna edizione."]
