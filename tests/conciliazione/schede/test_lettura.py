"""The same reading on the page and in the PDF: everything that was said is there, and what was not said stays blank."""

import html
import re

import pytest
from django.template.loader import render_to_string

from conciliazione.schede import pdf
from conciliazione.schede.lettura import RISERVATO, leggi
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014

from ... import scheda_di_crema as crema


def pagina(lettura: dict) -> str:
    return render_to_string("conciliazione/schede/lettura/scheda.html", {"lettura": lettura})


def parole(markup: str) -> str:
    """What is read of a page: no tags, single spaces."""
    corpo = re.sub(r"<(style|title)\b.*?</\1>", " ", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", corpo)).split())


def blocco(markup: str, chiave: str) -> str:
    identificativo = DGR1081_2014.blocco(chiave).id
    return re.search(rf'<section [^>]*id="{re.escape(identificativo)}">.*?</section>', markup, flags=re.S)[0]


def blocchi(lettura: dict) -> list[dict]:
    return [b for sezione in lettura["sezioni"] for b in sezione["blocchi"]]


@pytest.fixture
def lettura() -> dict:
    return crema.lettura(crema.contenuto())


def detti(blocco: dict) -> list[str]:
    """Everything that a block prints: titles, labels, and answers as they were declared or written."""
    voci = [v for riga in blocco["righe"] for v in riga["voci"]] + blocco["totale"]
    titoli = [blocco["titolo"], blocco["istruzioni"], blocco["etichetta_totale"] if blocco["totale"] else ""]
    titoli += [riga[chiave] for riga in blocco["righe"] for chiave in ("titolo", "etichetta")]
    etichette = [v["etichetta"] for v in voci] if blocco["genere"] != "cronoprogramma" else []
    risposte = [v["dichiarato"] or v["testo"] for v in voci if v["testo"] != "x" and not v["opzioni"]]
    scelte = [opzione["etichetta"] for v in voci for opzione in v["opzioni"]]
    return [detto for detto in titoli + etichette + risposte + scelte if detto]


def test_nella_pagina_ci_sono_tutte_le_domande_e_tutte_le_risposte(lettura):
    letto = parole(pagina(lettura))
    mancano = {d for b in blocchi(lettura) for d in detti(b) if " ".join(d.split()) not in letto}
    # Only a calculated amount that is blank is left out, with its label.
    assert mancano == {"Cofinanziamento"}


def test_nel_pdf_ci_sono_tutte_le_domande_e_tutte_le_risposte_dei_blocchi_stampati(lettura):
    dati = crema.contenuto()
    letto = parole(pdf.html_scheda(lettura, dati, **crema.parametri(dati)))
    stampati = [b for b in blocchi(lettura) if b["stampato"]]
    assert {d for b in stampati for d in detti(b) if " ".join(d.split()) not in letto} == {"Cofinanziamento"}


def test_i_blocchi_che_la_scheda_non_stampa_si_vedono_solo_nella_pagina(lettura):
    dati = crema.contenuto()
    assert "Da chi viene il cofinanziamento" in parole(pagina(lettura))
    assert "Da chi viene il cofinanziamento" not in parole(pdf.html_scheda(lettura, dati, **crema.parametri(dati)))


def test_i_blocchi_sono_nell_ordine_del_modulo(lettura):
    markup = pagina(lettura)
    posti = [markup.index(f'id="{b["id"]}"') for b in blocchi(lettura)]
    assert posti == sorted(posti)


def test_una_scheda_vuota_non_scrive_mai_none():
    letto = parole(pagina(crema.lettura(crema.vuota())))
    assert not re.search(r"\b(None|null|nan)\b", letto)


def test_le_caselle_spuntate_sono_due_e_dicono_di_esserlo(lettura):
    aree = blocco(pagina(lettura), "I.2").split("Ambito territoriale")[0]
    assert aree.count("<title>casella barrata</title>") == 2
    assert aree.count("<title>casella vuota</title>") == 5


def test_un_importo_dichiarato_si_legge_come_scritto_con_accanto_quello_calcolato(lettura):
    assert parole(blocco(pagina(lettura), "I.7")) == "I. 7. - Contributo richiesto € 51.000,00 (calcolato: 49.000,00)"


def test_un_importo_dichiarato_giusto_non_ha_note(lettura):
    assert parole(blocco(pagina(lettura), "I.6")) == "I. 6. - Costo totale del progetto € 65.000,00"


def test_un_importo_solo_calcolato_ha_il_suo_segno_di_euro():
    dati = crema.contenuto() | {"dichiarati": []}
    assert parole(blocco(pagina(crema.lettura(dati)), "I.6")) == "I. 6. - Costo totale del progetto € 65.000,00"


def test_zero_si_scrive_e_il_vuoto_resta_vuoto(lettura):
    righe = re.findall(r"<tr>(.*?)</tr>", blocco(pagina(lettura), "IV.1.2"), flags=re.S)
    formazione = [parole(cella) for cella in re.findall(r"<td[^>]*>(.*?)</td>", righe[1], flags=re.S)]
    assert formazione == ["2.000,00", "0,00", "2.000,00", ""]


def test_la_riga_del_totale_e_la_somma_delle_colonne(lettura):
    totale = re.search(r'<tr class="totale">(.*?)</tr>', blocco(pagina(lettura), "IV.1.2"), flags=re.S)[1]
    assert parole(totale) == "Totale 65.000,00 49.000,00 8.000,00 8.000,00"


def test_il_piano_temporale_ha_ventiquattro_mesi_e_una_colonna_per_azione(lettura):
    griglia = blocco(pagina(lettura), "IV.1.1")
    assert len(re.findall(r'<th scope="row">', griglia)) == 24
    assert re.findall(r'<th scope="col">(Azione \d): ([^<]+)</th>', griglia) == [
        ("Azione 1", "formazione"),
        ("Azione 2", "studio e start-up piattaforma on line"),
        ("Azione 3", "attività di global service"),
        ("Azione 4", "interventi di conciliazione"),
    ]


def test_un_mese_segnato_e_un_segno_e_una_parola_resta_una_parola(lettura):
    righe = re.findall(r"<tr[^>]*>(.*?)</tr>", blocco(pagina(lettura), "IV.1.1"), flags=re.S)
    mese_2 = re.findall(r"<td[^>]*>(.*?)</td>", righe[2], flags=re.S)
    assert ["<title>sì</title>" in cella for cella in mese_2] == [True, True, False, False]
    assert parole(re.findall(r"<td[^>]*>(.*?)</td>", righe[15], flags=re.S)[0]) == "verifica"


def test_le_risorse_finanziarie_mostrano_il_cofinanziamento_del_soggetto_e_la_nota():
    dati = crema.contenuto()
    dati["cofinanziamenti"][1]["partecipazione"] = dati["partecipazioni"][1]["id"]
    tabella = parole(blocco(pagina(crema.lettura(dati)), "III.1.3-soggetti"))
    assert "Finanziarie Le somme vanno alle azioni 1 e 2 Cofinanziamento € 5.000,00" in tabella


def test_il_capofila_e_detto_nella_tabella_dei_soggetti(lettura):
    tabella = parole(blocco(pagina(lettura), "III.1.3-soggetti"))
    assert "Soggetto n. 1 (capofila) Comune di Crema" in tabella
    assert "Soggetto n. 2 Comunità Sociale Cremasca a.s.c." in tabella


def test_i_dati_del_legale_rappresentante_stanno_su_una_riga(lettura):
    capofila = parole(blocco(pagina(lettura), "II.A"))
    assert "Legale Rappresentante: Nominativo Stefania Quaini Codice fiscale QNUSFN72H55D142J Nato/a il 15/06/1972" in capofila


def test_un_dato_personale_nascosto_non_e_nella_pagina():
    letta = leggi(DGR1081_2014, crema.contenuto(), lambda riga, personale: personale)
    markup = pagina(letta)
    assert "NVRBNC68C52D142R" not in markup
    assert RISERVATO in markup


def test_il_markup_di_una_risposta_si_legge_come_testo():
    dati = crema.con_testo("<script>alert(1)</script><img src=http://esempio.it/x.png>")
    markup = pagina(crema.lettura(dati))
    assert "<script" not in markup
    assert "<img" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markup


def test_ogni_intestazione_di_tabella_dice_di_che_cosa_lo_e(lettura):
    markup = pagina(lettura)
    assert re.findall(r"<th(?![a-z])[^>]*>", markup)
    assert not [th for th in re.findall(r"<th(?![a-z])[^>]*>", markup) if "scope=" not in th]


def test_gli_spazi_in_fondo_a_una_risposta_non_si_stampano():
    (voce,) = next(b for b in blocchi(crema.lettura(crema.con_testo("fine.\n\n "))) if b["chiave"] == "III.1.1")["righe"][0][
        "voci"
    ]
    assert voce["testo"] == "fine."
    assert voce["valore"] == "fine.\n\n "
