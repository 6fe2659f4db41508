"""Sheets and pastes: what is read of them, what is refused, and that what goes out comes back."""

import datetime as dt
import io
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conciliazione.fogli import FoglioIllegibile
from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.celle import NON_CI_STA, NonCapito, capisci, riletto
from conciliazione.fogli.excel import come_testo, leggi_xlsx
from conciliazione.fogli.incollato import leggi_csv, leggi_testo
from conciliazione.fogli.matrice import Matrice, abbina, chiave, coordinata
from conciliazione.fogli.scelte import NUOVA, SALTA, Scelte
from conciliazione.fogli.scrivi import nome_di_foglio, scrivi_xlsx
from conciliazione.fogli.tavola import RigaNota, Tavola, colonna_id, colonne_dei_campi, nomi_di
from conciliazione.italiano.importi import MASSIMO
from conciliazione.schede import campi

FORMAZIONE, STUDIO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def foglio(*righe, **altri) -> bytes:
    """An XLSX as a person makes it: values of any kind, more sheets by name."""
    libro = openpyxl.Workbook()
    for riga in righe:
        libro.active.append(riga)
    for nome, sue in altri.items():
        nuovo = libro.create_sheet(nome)
        for riga in sue:
            nuovo.append(riga)
    return byte(libro)


def byte(libro) -> bytes:
    dentro = io.BytesIO()
    libro.save(dentro)
    return dentro.getvalue()


def rilegge(righe, etichette) -> tuple[tuple[str, ...], ...]:
    with scrivi_xlsx(righe, etichette) as file:
        return leggi_xlsx(file.read())[0].righe


def riparte(dati: bytes, **parti: bytes) -> bytes:
    """The same archive with some parts added or replaced."""
    dentro = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dati)) as vecchio, zipfile.ZipFile(dentro, "w", zipfile.ZIP_DEFLATED) as nuovo:
        for parte in vecchio.infolist():
            if parte.filename not in parti:
                nuovo.writestr(parte, vecchio.read(parte))
        for nome, contenuto in parti.items():
            nuovo.writestr(nome, contenuto)
    return dentro.getvalue()


# Reading XLSX.


def test_ogni_cella_di_excel_diventa_il_testo_che_una_persona_scriverebbe():
    dati = foglio(["Azione", 12500.0, 12500.5, 1.234, dt.date(2015, 12, 31), dt.datetime(2022, 7, 14, 11, 30), True, None, 26])
    assert leggi_xlsx(dati)[0].righe == (
        ("Azione", "12500", "12500,5", "1,234", "31/12/2015", "14/07/2022 11:30", "sì", "", "26"),
    )


@pytest.mark.parametrize(
    ("numero", "testo"),
    [(0.1 + 0.2, "0,3"), (226145.53, "226145,53"), (1e-7, "0,0000001"), (9_999_999_999.99, "9999999999,99"), (-5.5, "-5,5")],
)
def test_un_numero_di_excel_si_scrive_con_la_virgola_e_senza_i_suoi_errori(numero, testo):
    assert come_testo(numero) == testo


def test_le_righe_vuote_non_contano_ma_i_numeri_di_riga_restano_quelli_del_foglio():
    matrice = leggi_xlsx(foglio(["a"], [None], ["b"]))[0]
    assert matrice.numeri == (1, 3)
    assert coordinata(7, 2) == "C7"
    assert coordinata(1, 27) == "AB1"


def test_si_leggono_i_fogli_che_hanno_qualcosa():
    fogli = leggi_xlsx(foglio(Vuoto=[], Costi=[["Azione", "Costo"]]))
    assert [(f.nome, f.righe) for f in fogli] == [("Costi", (("Azione", "Costo"),))]


# Hostile and wrong files.

CASI_RIFIUTATI = {
    "vecchio": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "vecchio formato .xls, o è protetto"),
    "pdf": (b"%PDF-1.7 ...", "non è una cartella di Excel"),
    "zip qualunque": (riparte(foglio(["a"]), **{"[Content_Types].xml": b"<Types/>"})[:50], "non è una cartella di Excel"),
    "macro": (riparte(foglio(["a"]), **{"xl/vbaProject.bin": b"x"}), "contiene macro"),
    "ods": (riparte(foglio(["a"]), mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "LibreOffice"),
    "entita": (
        riparte(foglio(["a"]), **{"xl/sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "non è una cartella di Excel",
    ),
    "danneggiato": (riparte(foglio(["a"]), **{"xl/workbook.xml": b"<nessuno"}), "danneggiato"),
    "vuoto": (foglio(), "nessuna riga scritta"),
    "bomba": (riparte(foglio(["a"]), **{"xl/media/x.xml": b" " * 30_000_000}), "troppo grande"),
    "troppe parti": (riparte(foglio(["a"]), **{f"xl/p{n}.bin": b"" for n in range(600)}), "troppo grande"),
    "grosso": (b"PK" + b"0" * (5 * 1024 * 1024), "supera 5 MB"),
    "troppe righe": (foglio(*[["a"]] * 2_001), "più di 2.000 righe"),
    "troppe colonne": (foglio(["a"] * 301), "più di 300 colonne"),
}


@pytest.mark.parametrize("caso", CASI_RIFIUTATI)
def test_un_file_che_non_va_e_rifiutato_dicendo_perche(caso):
    dati, perche = CASI_RIFIUTATI[caso]
    with pytest.raises(FoglioIllegibile, match=perche):
        leggi_xlsx(dati)


def _un_foglio(xml: str) -> bytes:
    spazio = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{spazio}"><dimension ref="A1:XFD1048576"/><sheetData>{xml}</sheetData></worksheet>'.encode()


def _con_il_foglio(xml: str) -> bytes:
    return riparte(foglio(["a"]), **{"xl/worksheets/sheet1.xml": _un_foglio(xml)})


def test_un_foglio_che_dice_di_avere_un_milione_di_righe_non_e_creduto():
    dati = _con_il_foglio('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>')
    assert leggi_xlsx(dati)[0].numeri == (1, 1_048_576)


def test_una_riga_oltre_la_fine_di_excel_ferma_la_lettura():
    with pytest.raises(FoglioIllegibile, match="troppo grande"):
        leggi_xlsx(_con_il_foglio('<row r="99999999999"><c r="A1"><v>1</v></c></row>'))


def test_colonne_colorate_fino_in_fondo_non_impediscono_di_leggere():
    assert leggi_xlsx(_con_il_foglio('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row>'))[0].righe == (("1",),)


def test_troppe_celle_vuote_fermano_la_lettura():
    righe = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 2000))
    with pytest.raises(FoglioIllegibile, match="troppo grande"):
        leggi_xlsx(_con_il_foglio(righe))


# Pastes.


def test_le_celle_di_excel_tengono_a_capo_tabulazioni_e_virgolette():
    incollato = 'Azione\tNota\r\nformazione\t"due\nrighe e ""virgolette"""\r\n"IN...TEMPO"\tun "nome" solo\r\n'
    assert leggi_testo(incollato).righe == (
        ("Azione", "Nota"),
        ("formazione", 'due\nrighe e "virgolette"'),
        ('"IN...TEMPO"', 'un "nome" solo'),
    )


def test_una_cella_vuota_in_fondo_alla_riga_non_sposta_le_altre():
    assert leggi_testo("a\tb\tc\n1\t\t\n\t2\t").righe == (("a", "b", "c"), ("1", "", ""), ("", "2", ""))


def test_una_tabella_di_markdown():
    testo = "| Voce | Importo |\n|:--|--:|\n| A \\| B | **60.741,00** |\n| C<br>D | € 0 |"
    assert leggi_testo(testo).righe == (("Voce", "Importo"), ("A | B", "60.741,00"), ("C\nD", "€ 0"))


def test_un_csv_con_il_punto_e_virgola():
    assert leggi_testo('Azione;Costo\n"a; b";1.000,00\n').righe == (("Azione", "Costo"), ("a; b", "1.000,00"))
    assert leggi_csv("Società;Costo\nÈ;1".encode("cp1252")).righe == (("Società", "Costo"), ("È", "1"))
    assert leggi_csv("Società;Costo\nÈ;1".encode("utf-16")).righe == (("Società", "Costo"), ("È", "1"))


def test_un_elenco_di_nomi_e_una_colonna():
    assert leggi_testo("Comune di Crema\n\nKoala; cooperativa").righe == (("Comune di Crema",), ("Koala; cooperativa",))


def test_una_tabella_di_word_con_celle_unite():
    html = (
        "<html><head><style>td {mso-x: 1}</style></head><body><!--StartFragment--><table><tr><td rowspan=2><p>Koala</p>"
        "</td><td>a<br>b</td></tr><tr><td>c&nbsp;d</td></tr><tr><td colspan=2>Totale</td></tr></table></body></html>"
    )
    assert leggi_testo(html).righe == (("Koala", "a\nb"), ("Koala", "c d"), ("Totale", ""))


def test_di_una_pagina_si_legge_ogni_cella_senza_gli_stili_gli_script_e_le_tabelle_dentro():
    dentro = "<style>x</style>a<script>b</script><table><tr><td>altra</td></tr></table>c"
    assert leggi_testo(f"<table><tr><td>{dentro}<td>d<tr><th>e<th>f</table>").righe == (("ac", "d"), ("e", "f"))


def test_la_tabella_di_una_pagina_con_un_entita_sua_non_la_apre(tmp_path):
    (tmp_path / "segreto").write_text("segreto", encoding="utf-8")
    inizio = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{tmp_path}/segreto">]>'
    assert leggi_testo(f"{inizio}<table><tr><td>&b;</td></tr></table>").righe == (("&b;",),)


def test_una_tabella_html_smisurata_e_rifiutata():
    with pytest.raises(FoglioIllegibile, match=r"300 colonne|troppo grande"):
        leggi_testo("<table>" + "<tr>" + "<td colspan=99999 rowspan=99999>a</td>" * 900 + "</tr></table>")


@pytest.mark.parametrize("testo", ["", " \n\t\n", "<table></table>"])
def test_un_incollato_vuoto_lo_dice(testo):
    with pytest.raises(FoglioIllegibile, match="nessuna riga"):
        leggi_testo(testo)


def test_una_cella_di_csv_senza_fine_e_rifiutata():
    with pytest.raises(FoglioIllegibile, match="virgolette non si chiudono"):
        leggi_testo('Azione;Costo\nb;"' + "a" * 200_000)


def test_un_file_binario_non_e_un_testo():
    with pytest.raises(FoglioIllegibile, match="non si riconosce"):
        leggi_csv(b"abc\x00\x01")


@given(st.text(max_size=400))
def test_qualunque_testo_o_si_legge_o_si_rifiuta(testo):
    try:
        matrice = leggi_testo(testo)
    except FoglioIllegibile:
        return
    assert Matrice.letta(matrice.scritta()) == matrice


@pytest.mark.parametrize(
    "scritta",
    [
        "",
        "[]",
        '{"n":[1],"r":[],"nome":""}',
        '{"n":[1],"r":[[1]],"nome":""}',
        '{"n":["1"],"r":[["a"]],"nome":""}',
        '{"n":[1],"r":[["\\ud800"]],"nome":""}',
        "[" * 99_999,
    ],
)
def test_una_tabella_rimandata_guasta_e_rifiutata(scritta):
    with pytest.raises(FoglioIllegibile, match="non è arrivata intera"):
        Matrice.letta(scritta)


# Headings.


class Prova(campi.forms.Form):
    partecipazione = campi.SceltaRiga("Soggetto", fonte="partecipazioni", colonna="denominazione")
    titolo = campi.Riga("II. 1. - Azione")
    inizio = campi.Data("Inizio")
    mese = campi.Mese("da")
    numero = campi.Numero("Numero")
    importo = campi.Importo("Importo (€)")
    natura = campi.Scelta("Natura", scelte=(("monetario", "monetario"), ("valorizzazione", "in natura")), a_tendina=True)
    temi = campi.Scelte("Temi", scelte=(("tempo", "tempo; orari"), ("cura", "cura dei figli")))
    note = campi.Testo("Note")
    via_legale = campi.Riga("Indirizzo", gruppo="Sede legale")
    via_operativa = campi.Riga("Indirizzo", gruppo="Sede operativa")


KOALA = "33333333-3333-4333-8333-333333333333"


def tavola(aggiunge: bool = True, righe: list[RigaNota] | None = None) -> Tavola:
    prova = dict(Prova().fields)
    prova["partecipazione"].choices = [
        ("", "—"),
        (KOALA, "Koala Coop. Sociale ONLUS"),
        (STUDIO, "Koalà"),
        (FORMAZIONE, "Iride"),
    ]
    colonne = [*colonne_dei_campi(prova), colonna_id()]
    nomi = {KOALA: nomi_di({"denominazione": "Koala Coop. Sociale ONLUS", "codice_fiscale": "01258790193"}, "Koala coop")}
    valori = {"titolo": "formazione", "importo": "2000.00", "note": "come prima"}
    note = [
        RigaNota(FORMAZIONE, "formazione", valori, nomi=nomi_di({"titolo": "formazione"})),
        RigaNota(STUDIO, "studio", {"titolo": "studio"}, nomi=nomi_di({"titolo": "studio"})),
    ]
    return Tavola("Prova", colonne, note if righe is None else righe, aggiunge, nomi=nomi)


def anteprima(testo: str, tavola_=None, **scelte) -> Anteprima:
    return Anteprima(tavola_ or tavola(), leggi_testo(testo), Scelte(**scelte))


def test_le_intestazioni_si_riconoscono_senza_badare_a_maiuscole_accenti_e_numeri():
    testo = (
        "Prospetto del progetto\n\nSOGGETTO:\tazione\timporto\tsede LEGALE indirizzo\tindirizzo\tAltro\nKoala\ta\t1\tb\tc\td"
    )
    trovata = abbina(leggi_testo(testo), tavola().colonne)
    assert trovata.numero == 3
    assert trovata.scelte == {0: "partecipazione", 1: "titolo", 2: "importo", 3: "via_legale"}


def test_un_intestazione_che_comincia_allo_stesso_modo_basta():
    assert abbina(leggi_testo("Azione del progetto\tImporto totale\na\t1"), tavola().colonne).scelte == {
        0: "titolo",
        1: "importo",
    }


def test_senza_intestazioni_le_colonne_sono_nell_ordine_del_portale():
    trovata = abbina(leggi_testo("xx\tyy\nzz\tww"), tavola().colonne)
    assert (trovata.numero, trovata.scelte) == (0, {0: "partecipazione", 1: "titolo"})


def test_la_persona_sceglie_colonna_e_riga_delle_intestazioni():
    letta = anteprima("qui\tquanto\nstudio\t5\n", intestazione=1, colonne={0: "titolo", 1: "importo"})
    assert letta.righe[0].id == STUDIO
    assert letta.righe[0].celle[1].nuovo == "5,00"


def test_etichette_uguali_si_scrivono_con_cio_che_le_raccoglie():
    assert [c.etichetta for c in colonne_dei_campi(Prova().fields)][9:11] == [
        "Sede legale: Indirizzo",
        "Sede operativa: Indirizzo",
    ]


# Cells.


def campo(nome: str):
    return {c.chiave: c for c in tavola().colonne}[nome].campo


@pytest.mark.parametrize(
    ("nome", "testo", "valore"),
    [
        ("importo", "€ 65.000,00", "65000.00"),
        ("importo", "39.300,00 €", "39300.00"),
        ("importo", "€ 12500", "12500.00"),
        ("importo", "**60.741,00**", "60741.00"),
        ("importo", "12500,5", "12500.50"),
        ("importo", "0,00", "0.00"),
        ("inizio", "31.12.2015", "2015-12-31"),
        ("inizio", "14/07/2022", "2022-07-14"),
        ("inizio", "14 luglio 2022", "2022-07-14"),
        ("mese", "ottobre 2014", "2014-10"),
        ("mese", "01/10/2014", "2014-10"),
        ("numero", "1.200", 1200),
        ("natura", "In Natura", "valorizzazione"),
        ("natura", "valorizzazione", "valorizzazione"),
        ("temi", "Tempo, orari\ncura dei figli", ["tempo", "cura"]),
        ("temi", "tempo; cura dei figli", ["tempo", "cura"]),
        ("temi", "tempo; orari", ["tempo"]),
        ("partecipazione", "koala coop", KOALA),
        ("partecipazione", "01258790193", KOALA),
        ("partecipazione", "IRIDE", FORMAZIONE),
    ],
)
def test_una_cella_si_capisce_secondo_il_suo_campo(nome, testo, valore):
    assert capisci(campo(nome), testo, tavola().nomi).valore == valore


@pytest.mark.parametrize(
    ("nome", "testo", "perche"),
    [
        ("importo", "226,145,53", "intendevi 226.145,53?"),
        ("importo", "duemila", "scrivilo in cifre"),
        ("importo", "1,234", "più di due cifre|intendevi"),
        ("importo", "#DIV/0!", "errore di Excel"),
        ("inizio", "31/02/2015", "febbraio 2015 ha 28 giorni"),
        ("mese", "14/10/2014", "non è un mese"),
        ("natura", "a voce", "non è tra le scelte: monetario; in natura"),
        ("partecipazione", "Koala Coop. Sociale", "Koala"),
        ("titolo", "due\nrighe", "una riga sola"),
        ("temi", "tempo; altro", "«altro» non è tra le scelte"),
    ],
)
def test_una_cella_che_non_si_capisce_dice_che_cosa_non_va(nome, testo, perche):
    if nome == "partecipazione":
        nomi = tavola().nomi | {STUDIO: frozenset({chiave(testo)}), KOALA: frozenset({chiave(testo)})}
        perche = "può essere «Koala Coop. Sociale ONLUS» o «Koalà»"
    else:
        nomi = {}
    with pytest.raises(NonCapito, match=perche):
        capisci(campo(nome), testo, nomi)


def test_l_errore_dice_riga_colonna_e_coordinata():
    letta = anteprima("Azione\tNote\tImporto\nformazione\t\t226,145,53")
    ((dove, quale, perche),) = letta.errori
    assert (dove, quale) == ("cella-2-2", "riga 2, colonna Importo (€) (C2)")
    assert "intendevi 226.145,53?" in perche
    assert not [r for r in letta.prese if "importo" in r.valori]


@pytest.mark.parametrize("segno", ["Х", "X", "x", "✓", "sì", "SI", "1", "☒"])
def test_un_segno_in_una_colonna_di_una_scelta(segno):
    letta = anteprima(f"Azione\ttempo; orari\tcura dei figli\nstudio\t{segno}\t□")
    assert letta.righe[0].valori["temi"].valore == ["tempo"]


def test_due_segni_dove_ne_va_uno_sono_un_errore():
    letta = anteprima("Azione\tmonetario\tin natura\nstudio\tx\tx")
    assert "un segno solo" in letta.errori[0][2]


def test_uno_scarabocchio_non_e_un_segno():
    assert "non è un segno" in anteprima("Azione\tmonetario\tin natura\nstudio\tforse\t").errori[0][2]


# Rows.


def test_senza_id_una_riga_si_riconosce_dal_nome_e_se_no_e_nuova():
    letta = anteprima("Azione\tImporto\nFormazione\t3.000,00\nstudio\t\nglobal service\t12")
    assert [(r.stato, r.id == FORMAZIONE) for r in letta.righe] == [("cambia", True), ("uguale", False), ("nuova", False)]
    (_, cella), prima = letta.righe[0].celle, letta.righe[0].celle[1].vecchio
    assert (prima, cella.nuovo) == ("2.000,00", "3.000,00")
    assert letta.assenti == 0


def test_l_id_vince_sul_nome_e_un_id_sconosciuto_e_un_errore():
    letta = anteprima(f"id\tAzione\n{STUDIO}\tformazione bis\n{KOALA}\tx")
    assert letta.righe[0].id == STUDIO
    assert letta.righe[0].valori["titolo"].valore == "formazione bis"
    assert "di nessuna riga" in letta.righe[1].errore


def test_due_righe_del_foglio_per_la_stessa_riga_sono_un_errore():
    assert "Anche la riga 2" in anteprima("Azione\nstudio\nstudio").righe[1].errore


def test_una_riga_del_totale_non_si_prende():
    letta = anteprima("Azione\tImporto\nstudio\t5\n**Totale**\t5")
    assert [r.decisa for r in letta.righe] == [STUDIO, SALTA]
    assert letta.errori == []


def test_dove_non_si_aggiungono_righe_una_sconosciuta_e_un_errore_finche_non_si_sceglie():
    testo = "Azione\tImporto\nstudi\t5"
    assert anteprima(testo, tavola(aggiunge=False)).righe[0].errore
    scelta = anteprima(testo, tavola(aggiunge=False), righe={2: STUDIO})
    assert scelta.righe[0].id == STUDIO
    assert anteprima(testo, tavola(aggiunge=False), righe={2: NUOVA}).righe[0].errore
    assert anteprima(testo, tavola(aggiunge=False), righe={2: SALTA}).errori == []


def test_una_cella_vuota_non_tocca_niente_se_non_si_spunta_svuota():
    testo = "Azione\tNote\tImporto\nformazione\t\t2000"
    letta = anteprima(testo)
    assert letta.righe[0].stato == "uguale"
    assert letta.righe[0].celle[1].svuotabile
    assert anteprima(testo, svuotate={(2, 1)}).righe[0].valori["note"].valore is None


def test_zero_non_e_vuoto():
    assert anteprima("Azione\tImporto\nstudio\t0").righe[0].valori["importo"].valore == "0.00"


def test_una_cella_corretta_nella_pagina_vale_come_scritta_nel_foglio():
    letta = anteprima("Azione\tImporto\nstudio\t226,145,53", corrette={(2, 1): "226.145,53"})
    assert letta.errori == []
    assert letta.righe[0].valori["importo"].valore == "226145.53"


def test_una_riga_di_un_altro_si_legge_e_non_si_cambia():
    altrui = [RigaNota(STUDIO, "studio", {"titolo": "studio"}, scrivibile=False, nomi=frozenset({"studio"}))]
    assert anteprima("Azione\nstudio", tavola(righe=altrui)).righe[0].stato == "uguale"
    assert "non è tua" in anteprima("Azione\tNote\nstudio\tmia", tavola(righe=altrui)).righe[0].errore


def test_una_riga_senza_nome_si_riconosce_da_cio_che_dice_tutta_insieme():
    campi_ = {k: c for k, c in Prova().fields.items() if k in ("partecipazione", "natura", "importo")}
    campi_["partecipazione"].choices = [("", "—"), (KOALA, "Koala")]
    riga = RigaNota(STUDIO, "", {"partecipazione": KOALA, "natura": "monetario", "importo": "5.00"})
    quote = Tavola("Quote", colonne_dei_campi(campi_), [riga], aggiunge=True)
    letta = anteprima("Soggetto\tNatura\tImporto\nKoala\tmonetario\t7\nKoala\tin natura\t7", quote)
    assert [(r.decisa, r.stato) for r in letta.righe] == [(STUDIO, "cambia"), (NUOVA, "nuova")]


def test_le_righe_nuove_hanno_lo_stesso_nome_ogni_volta_che_la_pagina_torna():
    prima = anteprima("Azione\nnuova")
    dopo = anteprima("Azione\nnuova", seme=prima.scelte.seme)
    assert prima.righe[0].id == dopo.righe[0].id != anteprima("Azione\nnuova").righe[0].id


# Writing.


def test_in_excel_gli_importi_sono_numeri_e_le_date_sono_date():
    with scrivi_xlsx(
        [[Decimal("12500.50"), dt.date(2014, 10, 31), 26, "testo\nlungo", None]], ["a", "b", "c", "d", "e"]
    ) as file:
        riga = openpyxl.load_workbook(io.BytesIO(file.read())).active[2]
    assert [c.value for c in riga[:4]] == [12500.5, dt.datetime(2014, 10, 31), 26, "testo\nlungo"]
    assert [c.number_format for c in riga[:3]] == ["#,##0.00", "dd/mm/yyyy", "0"]
    assert riga[3].alignment.wrap_text


@pytest.mark.parametrize("testo", ["=1+1", "+39 0373", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "#N/D"])
def test_un_testo_non_diventa_mai_una_formula(testo):
    with scrivi_xlsx([[testo]], [testo]) as file:
        dati = file.read()
    celle = [r[0] for r in openpyxl.load_workbook(io.BytesIO(dati)).active.iter_rows()]
    assert [c.data_type for c in celle] == ["s", "s"]
    assert celle[1].quotePrefix == testo.startswith(("=", "+", "-", "@", "\t"))
    assert leggi_xlsx(dati)[0].righe[1][0] == testo
    with zipfile.ZipFile(io.BytesIO(dati)) as archivio:
        assert b"<f>" not in archivio.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("nome", "foglio_"),
    [("a/b:c*?[d]\\", "a b c d"), ("'", "Tabella"), ("x" * 40, "x" * 31), ("History", "Tabella"), ("", "Tabella")],
)
def test_il_nome_del_foglio_e_uno_che_excel_accetta(nome, foglio_):
    assert nome_di_foglio(nome) == foglio_


def test_un_testo_che_non_sta_in_una_cella_resta_nel_portale():
    assert riletto(campo("note"), "a" * 32_768) == NON_CI_STA
    assert riletto(campo("note"), "😀" * 16_384) == NON_CI_STA
    righe = [RigaNota(STUDIO, "studio", {"titolo": "studio", "note": "a" * 40_000}, nomi=frozenset({"studio"}))]
    letta = anteprima(f"Azione\tNote\nstudio\t{NON_CI_STA}", tavola(righe=righe))
    assert letta.righe[0].stato == "uguale"


def test_diecimila_righe_si_scrivono_con_la_memoria_di_mille():
    def picco(quante: int) -> int:
        righe = ([f"azione {n}", Decimal(n), "testo lungo " * 20, dt.date(2015, 1, 1)] for n in range(quante))
        tracemalloc.start()
        scrivi_xlsx(righe, ["a", "b", "c", "d"]).close()
        _, massimo = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return massimo

    picco(10)
    assert picco(10_000) < picco(1_000) * 1.5


@settings(deadline=None, max_examples=60)
@given(st.decimals(min_value=0, max_value=MASSIMO, places=2))
def test_qualunque_importo_torna_com_era(importo):
    (_, (letto,)) = rilegge([[importo]], ["Importo"])
    assert capisci(campo("importo"), letto, {}).valore == f"{importo:.2f}"
    assert letto == riletto(campo("importo"), f"{importo:.2f}")


@settings(deadline=None, max_examples=100)
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_qualunque_testo_torna_com_era(testo):
    (_, (letto,)) = rilegge([[testo]], ["Note"])
    assert letto == testo


@settings(deadline=None, max_examples=40)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_qualunque_data_torna_com_era(giorno):
    (_, (letto,)) = rilegge([[giorno]], ["Inizio"])
    assert capisci(campo("inizio"), letto, {}).valore == giorno.isoformat()


CELLE = st.text(st.characters(codec="utf-8", exclude_characters='"\r<\ufeff'), max_size=20)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(CELLE, min_size=2, max_size=4), min_size=1, max_size=5))
def test_qualunque_cella_copiata_da_excel_torna_com_era(righe):
    def copiata(cella: str) -> str:
        return f'"{cella}"' if "\n" in cella or "\t" in cella else cella

    attese = Matrice.di(righe)
    if attese.righe:
        assert leggi_testo("\n".join("\t".join(map(copiata, r)) for r in righe)).righe == attese.righe
