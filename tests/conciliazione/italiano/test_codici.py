"""Codes and addresses of the register data. Organisations' codes are public; every person here is invented."""

from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conciliazione.italiano import codici
from conciliazione.italiano.codici import (
    Lettura,
    ateco_scrittura,
    cf_di_prova,
    coerenza_codice_fiscale,
    controlla_ateco,
    controlla_cap,
    controlla_codice_fiscale,
    controlla_iban,
    controlla_partita_iva,
    controlla_pec,
    controlla_posta,
    controlla_provincia,
    controlla_telefono,
)

PARTITE_IVA = ["00111540191", "01397660190", "00891690190", "01258790193", "01097960197", "05347681008"]
CODICI_FISCALI_DI_ENTI = ["91035680197", *PARTITE_IVA[1:]]
IBAN = "IT17N0100003245133300061337"
NATA_IL = date(1970, 7, 14)
INVENTATA = cf_di_prova("Rossi", "Maria Grazia", NATA_IL, "F", "Crema")

CONTROLLI = [getattr(codici, nome) for nome in codici.__all__ if nome.startswith("controlla_")]
controlli = pytest.mark.parametrize("controllo", CONTROLLI)


@st.composite
def partite_iva(draw):
    from stdnum import luhn

    numero = draw(st.integers(1, 9_999_999))
    ufficio = draw(st.one_of(st.integers(1, 100), st.sampled_from([120, 121, 888, 999])))
    radice = f"{numero:07}{ufficio:03}"
    return radice + luhn.calc_check_digit(radice)


@st.composite
def persone(draw):
    nomi = st.text("abcdefghilmnopqrstuvz", min_size=2, max_size=10)
    nato_il = draw(st.dates(date(1930, 1, 1), date(2019, 12, 31)))
    sesso, comune = draw(st.sampled_from("MF")), draw(st.sampled_from(["Crema", "Milano", "Castro (LE)", "Francia"]))
    cognome, nome = draw(nomi), draw(nomi)
    return cf_di_prova(cognome, nome, nato_il, sesso, comune), cognome, nome, nato_il, sesso, comune


def omocodi(codice: str, posizioni: set[int]) -> str:
    """The code with letters in place of the digits at those positions, and its new check character."""
    from stdnum.it.codicefiscale import calc_check_digit

    lettere = dict(zip("0123456789", "LMNPQRSTUV", strict=True))
    radice = "".join(lettere[c] if i in posizioni else c for i, c in enumerate(codice[:15]))
    return radice + calc_check_digit(radice)


# What holds for every identifier


@controlli
@pytest.mark.parametrize("vuoto", ["", "  ", "\u00a0\n"])
def test_il_vuoto_non_e_un_errore(controllo, vuoto):
    assert controllo(vuoto) == Lettura(None)


@controlli
@given(testo=st.text(max_size=40))
def test_qualunque_testo_ha_un_valore_o_un_errore_mai_tutti_e_due(controllo, testo):
    lettura = controllo(testo)
    assert (lettura.valore is None) == (bool(lettura.errore) or not "".join(testo.split()).strip("\u200b./:-"))


@pytest.mark.parametrize(
    ("controllo", "scritto"),
    [
        (controlla_partita_iva, "IT 00111540191"),
        (controlla_codice_fiscale, INVENTATA.lower()),
        (controlla_iban, f"IBAN {IBAN}"),
        (controlla_cap, "26 013"),
        (controlla_provincia, "Cremona"),
        (controlla_telefono, "(+39) 0373/894500 int. 3"),
        (controlla_posta, "nome@EXAMPLE.org"),
        (controlla_pec, "nome@EXAMPLE.org"),
        (controlla_ateco, "78.20.0 - Attività"),
    ],
)
def test_la_forma_canonica_si_rilegge_uguale(controllo, scritto):
    valore = controllo(scritto).valore
    assert valore not in (None, scritto)
    assert controllo(valore) == Lettura(valore)


@controlli
@pytest.mark.parametrize("scritto", ["٠٠١١١٥٤٠١٩١", "٢٦٠١٣", "ΙΤ17N0100003245133300061337", "ꓓ", "😀"])
def test_lettere_e_cifre_di_altre_scritture_sono_rifiutate(controllo, scritto):
    assert controllo(scritto).errore


# Partita IVA


@pytest.mark.parametrize("codice", PARTITE_IVA)
def test_le_partite_iva_di_crema_si_leggono(codice):
    assert controlla_partita_iva(codice) == Lettura(codice)


@pytest.mark.parametrize("scritta", ["IT00111540191", "it 00111540191", "001 115 401 91", "00111540191\u00a0"])
def test_la_partita_iva_si_legge_con_spazi_e_sigla(scritta):
    assert controlla_partita_iva(scritta).valore == "00111540191"


@given(partite_iva())
def test_ogni_partita_iva_ben_formata_si_legge(codice):
    assert controlla_partita_iva(codice) == Lettura(codice)


@given(partite_iva(), st.integers(0, 10), st.integers(1, 9))
def test_una_partita_iva_con_una_cifra_cambiata_e_rifiutata(codice, posizione, scarto):
    cambiata = str((int(codice[posizione]) + scarto) % 10)
    sbagliata = codice[:posizione] + cambiata + codice[posizione + 1 :]
    assert "ricontrolla" in controlla_partita_iva(sbagliata).errore


def test_una_partita_iva_di_zeri_e_rifiutata():
    assert controlla_partita_iva("00000000000").errore


def test_una_partita_iva_di_un_ufficio_che_non_c_e_e_rifiutata():
    assert controlla_partita_iva("12345672005").errore


def test_alla_partita_iva_senza_gli_zeri_iniziali_si_propongono():
    assert "00111540191?" in controlla_partita_iva("111540191").errore


def test_il_codice_fiscale_di_una_persona_non_e_una_partita_iva():
    assert "codice fiscale di una persona" in controlla_partita_iva(INVENTATA).errore


@pytest.mark.parametrize(("scritta", "detto"), [("0011154019O", "una O è uno zero"), ("001115401911", "qui 12")])
def test_l_errore_dice_che_cosa_non_va_nella_partita_iva(scritta, detto):
    assert detto in controlla_partita_iva(scritta).errore


# Codice fiscale


@pytest.mark.parametrize("codice", CODICI_FISCALI_DI_ENTI)
def test_i_codici_fiscali_degli_enti_di_crema_si_leggono(codice):
    assert controlla_codice_fiscale(codice) == Lettura(codice)


def test_il_codice_fiscale_di_un_ente_di_un_ufficio_insolito_e_solo_un_avviso():
    lettura = controlla_codice_fiscale("12345672005")
    assert (lettura.valore, lettura.errore) == ("12345672005", "")
    assert "200" in lettura.avvisi[0]


@pytest.mark.parametrize("controllo", [controlla_partita_iva, controlla_codice_fiscale])
def test_undici_cifre_di_un_ufficio_ma_di_nessuno_sono_rifiutate(controllo):
    assert controllo("00000000190").errore


def test_il_codice_fiscale_di_un_ente_con_la_cifra_di_controllo_sbagliata_e_rifiutato():
    assert "cifra di controllo" in controlla_codice_fiscale("91035680198").errore


@given(persone())
def test_il_codice_di_una_persona_inventata_si_legge(persona):
    assert controlla_codice_fiscale(persona[0]) == Lettura(persona[0])


@given(persone(), st.sets(st.sampled_from([6, 7, 9, 10, 12, 13, 14])))
def test_il_codice_omocodo_si_legge(persona, posizioni):
    codice = omocodi(persona[0], posizioni)
    assert controlla_codice_fiscale(codice) == Lettura(codice)


@given(persone(), st.sampled_from(ascii_uppercase))
def test_il_codice_con_un_altro_carattere_di_controllo_e_rifiutato(persona, carattere):
    assume(carattere != persona[0][15])
    assert "carattere di controllo" in controlla_codice_fiscale(persona[0][:15] + carattere).errore


def test_il_codice_fiscale_si_legge_in_minuscolo_e_con_spazi():
    scritto = f"{INVENTATA[:6]} {INVENTATA[6:11]} {INVENTATA[11:]}".lower()
    assert controlla_codice_fiscale(scritto).valore == INVENTATA


@pytest.mark.parametrize("giorno", ["00", "32", "40", "72", "81"])
def test_un_giorno_di_nascita_che_non_esiste_e_rifiutato(giorno):
    codice = omocodi(INVENTATA[:9] + giorno + INVENTATA[11:], set())
    assert "giorno non esiste" in controlla_codice_fiscale(codice).errore


def test_un_codice_fiscale_troppo_corto_dice_quanti_caratteri_ha():
    errore = controlla_codice_fiscale(INVENTATA[:15]).errore
    assert errore == "Il codice fiscale ha 16 caratteri (11 cifre per gli enti): qui sono 15."


# Coerenza del codice fiscale


@given(persone(), st.sets(st.sampled_from([6, 7, 9, 10, 12, 13, 14])), st.booleans())
def test_una_persona_che_dice_di_se_il_vero_non_ha_avvisi(persona, posizioni, prima_il_nome):
    codice, cognome, nome, nato_il, sesso, comune = persona
    nominativo = f"{nome} {cognome}" if prima_il_nome else f"{cognome} {nome}"
    luogo, _, provincia = comune.partition(" (")
    avvisi = coerenza_codice_fiscale(
        omocodi(codice, posizioni),
        nominativo=nominativo,
        nato_il=nato_il,
        luogo=luogo,
        provincia=provincia,
        sesso=sesso,
    )
    assert avvisi == ()


def test_cio_che_non_e_detto_non_si_confronta():
    assert coerenza_codice_fiscale(INVENTATA) == ()


def test_di_un_codice_che_non_si_legge_non_si_dice_nulla():
    assert coerenza_codice_fiscale("RSSMRA", nominativo="Bianchi Luca", sesso="M") == ()


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_un_altra_data_di_nascita_e_un_avviso(nato_il):
    assume((nato_il.year % 100, nato_il.month, nato_il.day) != (70, 7, 14))
    (avviso,) = coerenza_codice_fiscale(INVENTATA, nato_il=nato_il)
    assert f"qui è scritto {nato_il:%d/%m/%Y}" in avviso


def test_l_avviso_sulla_nascita_dice_la_data_del_codice():
    (avviso,) = coerenza_codice_fiscale(INVENTATA, nato_il=date(1971, 7, 14))
    assert "nato/a il 14/07/1970" in avviso


def test_fra_i_due_secoli_del_codice_non_vale_quello_che_deve_ancora_venire():
    codice = cf_di_prova("Zaniboni", "Marta", date(1961, 3, 14), "F", "Crema")
    assert coerenza_codice_fiscale(codice, nato_il=date(1961, 3, 14)) == ()
    (avviso,) = coerenza_codice_fiscale(codice, nato_il=date(2061, 3, 14))
    assert avviso == "il codice fiscale dice nato/a il 14/03/1961, qui è scritto 14/03/2061."


def test_la_data_che_il_codice_dice_non_e_mai_nel_futuro():
    codice = cf_di_prova("Zaniboni", "Marta", date(1980, 3, 14), "F", "Crema")
    (avviso,) = coerenza_codice_fiscale(codice, nato_il=date(2003, 3, 14))
    assert "nato/a il 14/03/1980" in avviso


@pytest.mark.parametrize(("sesso", "avvisi"), [("M", 1), ("uomo", 1), ("F", 0), ("donna", 0), ("femmina", 0), ("-", 0)])
def test_il_sesso_diverso_da_quello_detto_e_un_avviso(sesso, avvisi):
    assert len(coerenza_codice_fiscale(INVENTATA, sesso=sesso)) == avvisi


@pytest.mark.parametrize("luogo", ["CREMA", "Crema (CR)", "crema, CR", "Creme", "Vattelapesca", "Santa Maria della Croce"])
def test_un_luogo_scritto_altrimenti_o_sconosciuto_non_e_un_avviso(luogo):
    assert coerenza_codice_fiscale(INVENTATA, luogo=luogo, provincia="CR") == ()


@pytest.mark.parametrize(
    ("comune", "scritto"),
    [
        ("Castellammare di Stabia", "Castellamare"),
        ("Castellammare di Stabia", "Castellamare di Stabia"),
        ("Reggio nell'Emilia", "Reggio Emilia"),
        ("Forlì", "FORLI'"),
        ("L'Aquila", "L’Aquila"),
        ("Bolzano", "Bozen"),
        ("Francia", "Parigi"),
        ("Francia", "Parigi (Francia)"),
        ("Brasile", "San Paolo"),
    ],
)
def test_il_luogo_scritto_con_varianti_non_e_un_avviso(comune, scritto):
    codice = cf_di_prova("Rossi", "Maria", NATA_IL, "F", comune)
    assert coerenza_codice_fiscale(codice, luogo=scritto) == ()


@pytest.mark.parametrize("luogo", ["Cremona", "Milano", "Germania"])
def test_un_altro_luogo_noto_e_un_avviso(luogo):
    (avviso,) = coerenza_codice_fiscale(INVENTATA, luogo=luogo)
    assert avviso == f"il codice fiscale dice nato/a a Crema, qui è scritto {luogo}."


def test_un_comune_italiano_scritto_per_chi_e_nato_all_estero_e_un_avviso_se_ne_e_detta_la_provincia():
    codice = cf_di_prova("Rossi", "Maria", NATA_IL, "F", "Francia")
    assert coerenza_codice_fiscale(codice, luogo="Milano") == ()
    assert len(coerenza_codice_fiscale(codice, luogo="Milano", provincia="MI")) == 1


@pytest.mark.parametrize(("provincia", "avvisi"), [("LE", 0), ("", 0), ("MI", 0), ("BG", 1), ("(bg)", 1)])
def test_fra_comuni_omonimi_decide_la_provincia(provincia, avvisi):
    codice = cf_di_prova("Rossi", "Maria", NATA_IL, "F", "Castro (LE)")
    assert len(coerenza_codice_fiscale(codice, luogo="Castro", provincia=provincia)) == avvisi


@pytest.mark.parametrize(
    "nominativo",
    [
        *("Rossi Maria Grazia", "Maria Grazia Rossi", "ROSSI Maria", "Maria Rossi", "Rossi M. Grazia", "M. Rossi"),
        *("Rossi M. G.", "Dott.ssa Maria Grazia Rossi", "dott.ssa Rossi", "Rossi", "Rossi Maria in Bianchi", "", " "),
    ],
)
def test_un_nominativo_possibile_non_e_un_avviso(nominativo):
    assert coerenza_codice_fiscale(INVENTATA, nominativo=nominativo) == ()


@pytest.mark.parametrize("nominativo", ["Bianchi Maria", "Rossi Luca", "Luca", "Bianchi", "Dott. Verdi Luca"])
def test_un_nominativo_impossibile_e_un_avviso(nominativo):
    (avviso,) = coerenza_codice_fiscale(INVENTATA, nominativo=nominativo)
    assert "RSS MGR" in avviso


@pytest.mark.parametrize(
    ("cognome", "nome", "nominativo"),
    [
        ("D'Angelo", "Niccolò", "Niccolò D’Angelo"),
        ("De Luca", "Anna Maria", "De Luca Anna Maria"),
        ("De Luca", "Anna Maria", "Anna De Luca"),
        ("Fo", "Ugo", "Ugo Fo"),
        ("Rossi Bianchi", "Ada", "Ada Rossi Bianchi"),
        ("Rossi", "Gianfranco", "Gianfranco Rossi"),
        ("Rossi", "Marco Aurelio", "Marco Rossi"),
        ("Strauss", "Ugo", "Ugo Strauß"),
    ],
)
def test_cognomi_composti_apostrofi_e_secondi_nomi_non_sono_avvisi(cognome, nome, nominativo):
    codice = cf_di_prova(cognome, nome, NATA_IL, "M", "Crema")
    assert coerenza_codice_fiscale(codice, nominativo=nominativo) == ()


def test_non_si_inventa_chi_e_nato_in_un_comune_che_non_c_e():
    with pytest.raises(ValueError, match="Vattelapesca"):
        cf_di_prova("Rossi", "Maria", NATA_IL, "F", "Vattelapesca")


def test_anche_di_un_codice_omocodo_si_confrontano_luogo_e_data():
    codice = omocodi(INVENTATA, {6, 10, 14})
    assert len(coerenza_codice_fiscale(codice, luogo="Milano", nato_il=date(1971, 7, 14))) == 2


@pytest.mark.parametrize(("anno", "si_legge"), [(1972, True), (2000, True), (1973, False)])
def test_il_29_febbraio_esiste_solo_negli_anni_bisestili(anno, si_legge):
    bisestile = cf_di_prova("Rossi", "Maria", date(1972, 2, 29), "F", "Crema")
    codice = omocodi(bisestile[:6] + f"{anno % 100:02}" + bisestile[8:], set())
    assert (controlla_codice_fiscale(codice).valore == codice) is si_legge


# IBAN


@pytest.mark.parametrize("scritto", [IBAN, "IT17 N 01000 03245 133300061337", "it17n0100003245133300061337", f"IBAN: {IBAN}"])
def test_l_iban_di_crema_si_legge_comunque_spaziato(scritto):
    assert controlla_iban(scritto) == Lettura(IBAN)


@given(st.integers(5, 26), st.integers(1, 9))
def test_un_iban_con_una_cifra_cambiata_e_rifiutato(posizione, scarto):
    cambiata = str((int(IBAN[posizione]) + scarto) % 10)
    assert "non torna" in controlla_iban(IBAN[:posizione] + cambiata + IBAN[posizione + 1 :]).errore


@pytest.mark.parametrize(("paese", "resto"), [("IT", "X0100003245133300061337"), ("SM", "V0322509800000000270100")])
def test_un_iban_dal_cin_sbagliato_e_rifiutato_anche_se_il_97_torna(paese, resto):
    cifre = "".join(str(int(carattere, 36)) for carattere in f"{resto}{paese}00")
    sbagliato = f"{paese}{98 - int(cifre) % 97:02}{resto}"
    assert f"lettera {resto[0]} dopo {sbagliato[:4]})" in controlla_iban(sbagliato).errore


def test_l_iban_di_san_marino_si_legge():
    assert controlla_iban("SM86U0322509800000000270100") == Lettura("SM86U0322509800000000270100")


def test_l_iban_di_un_altro_paese_e_accettato_con_un_avviso():
    lettura = controlla_iban("DE89 3704 0044 0532 0130 00")
    assert (lettura.valore, lettura.errore) == ("DE89370400440532013000", "")
    assert "Paese DE)" in lettura.avvisi[0]


@pytest.mark.parametrize(
    ("scritto", "detto"),
    [
        (IBAN[:-1], "27 caratteri: qui sono 26"),
        ("ZZ89370400440532013000", "sigla ZZ"),
        ("13300061337", "comincia con la sigla"),
    ],
)
def test_l_errore_dice_che_cosa_non_va_nell_iban(scritto, detto):
    assert detto in controlla_iban(scritto).errore


# CAP, provincia, telefono, posta


@pytest.mark.parametrize("cap", ["26013", "00010", "98168"])
def test_il_cap_ha_cinque_cifre(cap):
    assert controlla_cap(cap) == Lettura(cap)


@pytest.mark.parametrize("scritto", ["2601", "260133", "I-26013", "26013 Crema"])
def test_cio_che_non_ha_cinque_cifre_non_e_un_cap(scritto):
    assert "cinque cifre" in controlla_cap(scritto).errore


@pytest.mark.parametrize("cap", ["00000", "00009", "98169"])
def test_un_cap_che_nessuno_usa_e_un_avviso(cap):
    lettura = controlla_cap(cap)
    assert (lettura.valore, lettura.errore, len(lettura.avvisi)) == (cap, "", 1)


@pytest.mark.parametrize(
    ("scritta", "sigla"),
    [("CR", "CR"), ("(cr)", "CR"), ("Cremona", "CR"), ("L’AQUILA", "AQ"), ("Reggio nell'Emilia", "RE"), ("EE", "EE")],
)
def test_la_provincia_si_legge_da_sigla_o_nome(scritta, sigla):
    assert controlla_provincia(scritta) == Lettura(sigla)


@pytest.mark.parametrize("sigla", ["FU", "PL", "ZA", "PS", "FO", "OT"])
def test_la_provincia_di_una_volta_si_legge(sigla):
    assert controlla_provincia(sigla).valore == sigla


@pytest.mark.parametrize("scritta", ["ZZ", "Lombardia", "C", "CRE"])
def test_cio_che_non_e_una_provincia_e_rifiutato(scritta):
    assert "scrivi la sigla" in controlla_provincia(scritta).errore


def test_ogni_provincia_dei_comuni_di_ieri_e_di_oggi_e_nota():
    from codicefiscale.data import get_municipalities_data

    sigle = {comune["province"] for comune in get_municipalities_data() if comune["code"] != "ND"}
    assert {sigla for sigla in sigle if controlla_provincia(sigla).valore != sigla} == set()


@pytest.mark.parametrize(
    ("scritto", "numero"),
    [
        ("0373 894500", "0373894500"),
        ("0373/894500", "0373894500"),
        ("0373 - 894500", "0373894500"),
        ("(0373) 894.500", "0373894500"),
        ("tel. 0373 894500 int. 12", "0373894500"),
        ("+39 333 1234567", "+393331234567"),
        ("800 123456", "800123456"),
        ("12345", "12345"),
        ("1" * 15, "1" * 15),
    ],
)
def test_il_telefono_si_legge_con_i_segni_che_la_gente_mette(scritto, numero):
    assert controlla_telefono(scritto) == Lettura(numero)


@pytest.mark.parametrize("scritto", ["0373 894500 - 0373 894501", "0373 894500; 333 1234567", "0373 894500 o 333 1234567"])
def test_di_piu_telefoni_si_legge_il_primo_con_un_avviso(scritto):
    lettura = controlla_telefono(scritto)
    assert lettura.valore == "0373894500"
    assert "primo" in lettura.avvisi[0]


@pytest.mark.parametrize("scritto", ["n.d.", "1234", "chiedere in portineria", "1" * 16, "nome@example.org"])
def test_cio_che_non_si_puo_comporre_non_e_un_telefono(scritto):
    assert "in cifre" in controlla_telefono(scritto).errore


def test_l_indirizzo_di_posta_si_legge_col_dominio_in_minuscolo():
    assert controlla_posta(" Ufficio.Pace@Comune.Example.IT ") == Lettura("Ufficio.Pace@comune.example.it")


@pytest.mark.parametrize("scritto", ["nome@", "nome@dominio", "a@example.org; b@example.org", "www.example.org"])
def test_cio_che_non_e_un_indirizzo_di_posta_e_rifiutato(scritto):
    assert "scrivine uno solo" in controlla_posta(scritto).errore


@pytest.mark.parametrize(("dominio", "inteso"), [("libero.lt", "libero.it"), ("gmail.con", "gmail.com")])
def test_un_dominio_quasi_uguale_a_uno_comune_e_un_avviso(dominio, inteso):
    lettura = controlla_posta(f"nome@{dominio}")
    assert (lettura.valore, lettura.avvisi) == (f"nome@{dominio}", (f"«{dominio}»: intendevi {inteso}?",))


@pytest.mark.parametrize("dominio", ["libero.it", "tin.it", "mail.com", "comune.crema.example.it", "libera.example.org"])
def test_un_dominio_comune_o_tutto_diverso_non_e_un_avviso(dominio):
    assert controlla_posta(f"nome@{dominio}").avvisi == ()


@pytest.mark.parametrize("dominio", ["gmail.com", "Libero.it", "yahoo.it"])
def test_una_posta_ordinaria_al_posto_della_pec_e_un_avviso(dominio):
    lettura = controlla_pec(f"nome@{dominio}")
    assert lettura.errore == ""
    assert "PEC" in lettura.avvisi[0]


def test_una_pec_si_legge_senza_avvisi():
    assert controlla_pec("protocollo@pec.example.it") == Lettura("protocollo@pec.example.it")


def test_una_pec_che_non_e_un_indirizzo_e_rifiutata():
    assert controlla_pec("pec: nessuna").errore


# ATECO


@pytest.mark.parametrize(
    ("scritto", "valore", "scrittura"),
    [
        ("881000", "88.10.00", "senza punti"),
        ("87900", "87.90.00", "cinque cifre"),
        ("889100", "88.91.00", "senza punti"),
        ("63.11.11", "63.11.11", "canonica"),
        ("78.20.0 - Attività delle agenzie di fornitura di lavoro temporaneo", "78.20.00", "con descrizione"),
        ("88.10.00 Assistenza sociale", "88.10.00", "con descrizione"),
        ("88.10.00 (assistenza)", "88.10.00", "con descrizione"),
        (" 88.10.00. ", "88.10.00", "canonica"),
        ("88.10", "88.10.00", "abbreviata"),
        ("78.2", "78.20.00", "abbreviata"),
        ("78.20.0", "78.20.00", "abbreviata"),
        ("8810", "88.10.00", "abbreviata"),
        ("88 10 00", "88.10.00", "con altri segni"),
        ("88-10-00", "88.10.00", "con altri segni"),
        ("Q 88.10.00", "88.10.00", "con altri segni"),
        ("ateco 2007: 88.10.00", "88.10.00", "con altri segni"),
        ("Codice ATECO 881000", "88.10.00", "con altri segni"),
        ("ateco 201400", "20.14.00", "con altri segni"),
    ],
)
def test_il_codice_ateco_si_legge_comunque_scritto(scritto, valore, scrittura):
    assert (controlla_ateco(scritto).valore, ateco_scrittura(scritto)) == (valore, scrittura)


@pytest.mark.parametrize(("scritto", "letto"), [("87900", "87.90.00"), ("14700", "01.47.00"), ("8810", "88.10.00")])
def test_le_cifre_che_mancano_senza_punti_sono_un_avviso_che_dice_come_si_legge(scritto, letto):
    (avviso,) = controlla_ateco(scritto).avvisi
    assert avviso == f"«{scritto}» ha {len(scritto)} cifre invece di sei: si legge {letto}."


@pytest.mark.parametrize("scritto", ["881000", "88.10.00", "78.20.0 - Attività", "88.10", "01.19.20", "01.13.21", "01.11.00"])
def test_un_codice_di_una_delle_edizioni_non_ha_avvisi(scritto):
    assert controlla_ateco(scritto).avvisi == ()


def test_un_codice_che_non_c_e_in_ateco_e_solo_un_avviso():
    lettura = controlla_ateco("99.99.99")
    assert (lettura.valore, lettura.errore) == ("99.99.99", "")
    assert "nessuna edizione" in lettura.avvisi[0]


@pytest.mark.parametrize("scritto", ["88.10.00 e 88.91.00", "881000/889100", "88.10.00; 78.2, 88.91.00"])
def test_di_piu_codici_ateco_si_legge_il_primo_con_un_avviso(scritto):
    lettura = controlla_ateco(scritto)
    assert lettura.valore == "88.10.00"
    assert "più codici" in lettura.avvisi[-1]


@pytest.mark.parametrize("scritto", ["88", "Q", "assistenza", "8810000", "88.1.0", "88.10 00", "88.10.00abc", "88.10.001"])
def test_cio_che_non_e_un_codice_ateco_e_rifiutato(scritto):
    assert "88.10.00" in controlla_ateco(scritto).errore
    assert ateco_scrittura(scritto) == ""


@given(st.sampled_from(sorted(codici._codici_ateco())))
def test_ogni_codice_noto_si_legge_con_e_senza_punti(codice):
    assert controlla_ateco(codice) == controlla_ateco(codice.replace(".", "")) == Lettura(codice)


def test_nella_copia_dei_codici_ateco_ci_sono_solo_codici():
    assert len(codici._codici_ateco()) == 1853
    assert all(ateco_scrittura(codice) == "canonica" for codice in codici._codici_ateco())
