"""The administrator's desk: what it makes, what it refuses and where it says so, what it leaves alone."""

import re
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.urls import reverse

from alleanze.models import Adesione, Alleanza, Carica, Ente, Persona, Sede
from conciliazione.messaggi import posta
from conciliazione.models import Lettera, Messaggio, Utente
from progetti.models import Avviso, Versione

from .. import fabbrica
from ..moduli import campi


@pytest.fixture
def scrivania(entra, amministratore):
    return entra(amministratore)


def aggiungi(browser, modello: str, **dati):
    """Opens «aggiungi», fills in what is said, sends the rest as the page held it."""
    url = reverse(f"admin:{modello}_add")
    pagina = campi(browser.get(url))
    return browser.post(url, pagina | {k.replace("__", "-"): v for k, v in dati.items()})


def errori(risposta) -> str:
    """What the page says is wrong."""
    assert risposta.status_code == 200, "non è stato rifiutato"
    testo = risposta.content.decode().replace("&#x27;", "'").replace("&#39;", "'")
    return " ".join(re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', testo, re.DOTALL))


def in_linea(nome: str, **dati) -> dict:
    return {f"{nome}__TOTAL_FORMS": "1"} | {f"{nome}__0__{campo}": valore for campo, valore in dati.items()}


ENTE = {"denominazione": "Cooperativa Prova", "settore": "privato", "genere": "ordinario"}


def test_un_ente_con_sede_carica_e_incarico(scrivania, capofila):
    persona = fabbrica.persona("Ada", "Prova")
    risposta = aggiungi(
        scrivania,
        "alleanze_ente",
        **ENTE,
        codice_fiscale="12345678903",
        **in_linea("sedi", tipo="legale", indirizzo="via Roma 1", cap="26013", citta="Crema", provincia="CR"),
        **in_linea("cariche", persona=str(persona.pk), tipo="lr", dal="01/03/2024", atto="delibera 3"),
        **in_linea("appartenenze", utente=str(capofila.pk), ruolo="operatore", dal="01/03/2024"),
    )
    assert risposta.status_code == 302, errori(risposta)
    ente = Ente.objects.get(denominazione=ENTE["denominazione"])
    assert Sede.objects.get(ente=ente).cap == "26013"
    assert Carica.objects.get(ente=ente).dal.isoformat() == "2024-03-01"
    assert ente.appartenenze.get().utente == capofila


def test_un_ente_senza_codice_fiscale(scrivania):
    assert aggiungi(scrivania, "alleanze_ente", **ENTE).status_code == 302
    assert aggiungi(scrivania, "alleanze_ente", **ENTE | {"denominazione": "Ufficio di Piano"}).status_code == 302


def test_due_enti_non_hanno_lo_stesso_codice_fiscale(scrivania, dimostrazione):
    risposta = aggiungi(scrivania, "alleanze_ente", **ENTE, codice_fiscale="01397660190")
    assert "C'è già un ente con questo codice fiscale." in errori(risposta)
    assert not Ente.objects.filter(denominazione=ENTE["denominazione"]).exists()


def test_lo_stesso_codice_fiscale_scritto_in_minuscolo_e_lo_stesso(scrivania):
    fabbrica.ente("Ditta", codice_fiscale="RSSMRA80A01H501U")
    risposta = aggiungi(scrivania, "alleanze_ente", **ENTE, codice_fiscale="rssmra80a01h501u")
    assert "C'è già un ente con questo codice fiscale." in errori(risposta)


def test_un_articolazione_ha_il_codice_fiscale_del_suo_ente(scrivania):
    comune = Ente.objects.get(denominazione="Comune di Crema")
    dati = ENTE | {"denominazione": "Ufficio di Piano", "codice_fiscale": comune.codice_fiscale}
    assert aggiungi(scrivania, "alleanze_ente", **dati, articolazione_di=str(comune.pk)).status_code == 302


@pytest.mark.parametrize(
    ("campo", "valore", "messaggio"),
    [
        ("partita_iva", "01397660191", "La cifra di controllo non torna"),
        ("codice_fiscale", "RSSMRA80A01H501X", "Il carattere di controllo non torna"),
        ("codice_fiscale", "123", "cifre"),
        ("ateco", "boh", "Non è un codice ATECO"),
        ("pec", "comune@", "indirizzo email valido"),
        ("denominazione", "", "obbligatorio"),
        ("settore", "", "obbligatorio"),
    ],
)
def test_un_ente_sbagliato_e_rifiutato_accanto_al_campo(scrivania, campo, valore, messaggio):
    risposta = aggiungi(scrivania, "alleanze_ente", **ENTE | {campo: valore})
    assert messaggio in errori(risposta)
    assert re.search(rf'errors[^>]*field-{campo}|field-{campo}[^>]*errors|id="id_{campo}_error"', risposta.content.decode())
    assert not Ente.objects.filter(denominazione=ENTE["denominazione"]).exists()


@pytest.mark.parametrize(("campo", "valore", "messaggio"), [("cap", "2601", "cinque cifre"), ("provincia", "ZZ", "la sigla")])
def test_una_sede_sbagliata_e_rifiutata(scrivania, campo, valore, messaggio):
    sede = {"tipo": "legale", "indirizzo": "via Roma 1", "cap": "26013", "citta": "Crema", "provincia": "CR"} | {campo: valore}
    assert messaggio in errori(aggiungi(scrivania, "alleanze_ente", **ENTE, **in_linea("sedi", **sede)))


def test_una_carica_che_finisce_prima_di_cominciare_e_rifiutata(scrivania):
    persona = fabbrica.persona("Ada", "Prova")
    carica = in_linea("cariche", persona=str(persona.pk), tipo="lr", dal="01/03/2024", al="01/02/2024")
    assert "finisce prima di cominciare" in errori(aggiungi(scrivania, "alleanze_ente", **ENTE, **carica))


def test_una_persona(scrivania):
    dati = {"nome": "Mario", "cognome": "Rossi", "codice_fiscale": "RSSMRA80A01H501U", "nato_il": "01/01/1980"}
    assert aggiungi(scrivania, "alleanze_persona", **dati).status_code == 302
    assert Persona.objects.get(codice_fiscale="RSSMRA80A01H501U").nato_il.isoformat() == "1980-01-01"


@pytest.mark.parametrize(
    ("campo", "valore", "messaggio"),
    [
        ("codice_fiscale", "RSSMRA80A01H501X", "Il carattere di controllo non torna"),
        ("codice_fiscale", "01397660190", "di un ente"),
        ("nato_provincia", "QQ", "la sigla"),
        ("cap", "abcde", "cinque cifre"),
        ("telefono", "mai", "telefono"),
    ],
)
def test_una_persona_sbagliata_e_rifiutata(scrivania, campo, valore, messaggio):
    risposta = aggiungi(scrivania, "alleanze_persona", **{"nome": "Mario", "cognome": "Rossi"} | {campo: valore})
    assert messaggio in errori(risposta)


def test_un_alleanza_con_i_suoi_soggetti(scrivania, dimostrazione):
    ats, comune = Ente.objects.get(denominazione="ATS della Val Padana"), Ente.objects.get(denominazione="Comune di Crema")
    dati = {"nome": "Alleanza di prova", "ats": str(ats.pk), "capofila": str(comune.pk)}
    adesione = in_linea("adesioni", ente=str(comune.pk), ruolo="capofila", dal="01/03/2024")
    assert aggiungi(scrivania, "alleanze_alleanza", **dati, **adesione).status_code == 302
    assert Adesione.objects.get(alleanza__nome="Alleanza di prova").ente == comune


def test_l_ats_di_un_alleanza_e_un_ats(scrivania, dimostrazione):
    comune = Ente.objects.get(denominazione="Comune di Crema")
    risposta = aggiungi(scrivania, "alleanze_alleanza", nome="Prova", ats=str(comune.pk), capofila=str(comune.pk))
    assert errori(risposta)
    assert not Alleanza.objects.filter(nome="Prova").exists()


AVVISO = {
    "titolo": "Avviso di prova",
    "codice": "avviso-di-prova",
    "atto": "DGR 1 del 01/01/2026",
    "moduli__0__edizione": "dgr1081-2014",
    "apre_il_0": "01/01/2026",
    "apre_il_1": "09:00",
    "chiude_il_0": "31/12/2026",
    "chiude_il_1": "12:00",
}


def test_un_avviso(scrivania, dimostrazione):
    risposta = aggiungi(scrivania, "progetti_avviso", **AVVISO, contributo_massimo="50.000,00")
    assert risposta.status_code == 302, errori(risposta)
    avviso = Avviso.objects.get(codice="avviso-di-prova")
    assert (str(avviso.contributo_massimo), avviso.spese_generali_massimo) == ("50000.00", None)
    assert avviso.chiude_il.isoformat() == "2026-12-31T11:00:00+00:00"


def test_un_avviso_si_puo_riaprire_e_salvare_senza_cambiarlo(scrivania, dimostrazione):
    avviso = Avviso.objects.get(codice="dgr1081-2014-dimostrativo")
    prima = Avviso.objects.filter(pk=avviso.pk).values().get()
    url = reverse("admin:progetti_avviso_change", args=[avviso.pk])
    risposta = scrivania.post(url, campi(scrivania.get(url)))
    assert risposta.status_code == 302, errori(risposta)
    dopo = Avviso.objects.filter(pk=avviso.pk).values().get()
    senza = {"apre_il"}  # the form shows no fractions of a second
    assert {k: v for k, v in dopo.items() if k not in senza} == {k: v for k, v in prima.items() if k not in senza}


@pytest.mark.parametrize(
    ("cambi", "messaggio"),
    [
        ({"chiude_il_0": "31/12/2025"}, "si chiude prima di aprirsi"),
        ({"moduli__0__edizione": "dgr-che-non-c-e"}, "Scegli un'opzione valida"),
        ({"codice": "dgr1081-2014-dimostrativo"}, "esiste già"),
        ({"spese_generali_massimo": "101"}, "100"),
        ({"titolo": ""}, "obbligatorio"),
    ],
)
def test_un_avviso_sbagliato_e_rifiutato(scrivania, dimostrazione, cambi, messaggio):
    assert messaggio in errori(aggiungi(scrivania, "progetti_avviso", **AVVISO | cambi))
    assert not Avviso.objects.filter(codice="avviso-di-prova").exists()


def test_un_account_per_una_persona_nuova(scrivania):
    parola = "Una-parola-lunga-1"
    dati = {"email": "Nuova@Example.org", "nome": "Nuova", "cognome": "Persona", "password1": parola, "password2": parola}
    risposta = aggiungi(scrivania, "conciliazione_utente", **dati)
    assert risposta.status_code == 302, errori(risposta)
    assert Utente.objects.get(email__iexact="nuova@example.org").check_password(parola)


def test_lo_stesso_indirizzo_scritto_diversamente_e_rifiutato(scrivania):
    parola = "Una-parola-lunga-1"
    dati = {"email": "ADMIN@example.org", "nome": "A", "cognome": "B", "password1": parola, "password2": parola}
    assert errori(aggiungi(scrivania, "conciliazione_utente", **dati))


def test_un_ente_in_uso_non_si_elimina(scrivania, dimostrazione):
    comune = Ente.objects.get(denominazione="Comune di Crema")
    url = reverse("admin:alleanze_ente_delete", args=[comune.pk])
    assert "Impossibile cancellare" in scrivania.get(url).content.decode()
    assert scrivania.post(url, {"post": "yes"}).status_code in (200, 403)
    assert Ente.objects.filter(pk=comune.pk).exists()


@pytest.mark.parametrize(
    "modello",
    [
        "progetti_progetto",
        "progetti_versione",
        "progetti_presentazione",
        *(f"conciliazione_{nome}" for nome in ("passaggio", "atto", "termine", "lettera")),
    ],
)
def test_cio_che_scrive_il_portale_si_guarda_e_non_si_tocca(scrivania, dimostrazione, modello):
    assert scrivania.get(reverse(f"admin:{modello}_changelist")).status_code == 200
    assert scrivania.get(reverse(f"admin:{modello}_add")).status_code == 403


def test_una_versione_non_si_cambia_ne_si_elimina_dall_amministrazione(scrivania, presentato):
    versione = Versione.objects.get(progetto=presentato)
    assert scrivania.get(reverse("admin:progetti_versione_change", args=[versione.pk])).status_code == 200
    assert scrivania.post(reverse("admin:progetti_versione_change", args=[versione.pk]), {}).status_code == 403
    assert scrivania.post(reverse("admin:progetti_versione_delete", args=[versione.pk]), {"post": "yes"}).status_code == 403


def test_di_una_lettera_l_amministrazione_vede_il_numero_e_non_le_parole(scrivania, dimostrazione):
    lettera = Lettera.objects.first()
    pagina = scrivania.get(reverse("admin:conciliazione_lettera_change", args=[lettera.pk])).content.decode()
    assert (lettera.mittente in pagina, lettera.testo[:40] in pagina) == (True, False)


def test_chi_non_amministra_non_entra(entra, capofila):
    assert entra(capofila).get(reverse("admin:index")).status_code == 302


def test_ogni_pagina_dell_amministrazione_risponde_in_italiano(scrivania, dimostrazione):
    indice = scrivania.get(reverse("admin:index")).content.decode()
    elenchi = sorted(set(re.findall(r'href="(/amministrazione/\w+/\w+/)"', indice)))
    assert len(elenchi) >= 6
    for url in elenchi:
        pagina = scrivania.get(url)
        assert pagina.status_code == 200, url
        visibile = re.sub(r"<svg.*?</svg>", "", pagina.content.decode(), flags=re.DOTALL)
        assert not re.search(r">\s*(Add|Save|Delete|Search|Select)\b", visibile), url


def test_il_catalogo_compilato_e_quello_scritto():
    cartella = settings.LOCALE_PATHS[0] / "it" / "LC_MESSAGES"
    scritte = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (cartella / "django.po").read_text(encoding="utf-8"), re.MULTILINE)
    with (cartella / "django.mo").open("rb") as file:
        compilato = GNUTranslations(file)
    assert scritte
    assert [(testo, compilato.gettext(testo)) for testo, _ in scritte] == scritte


def parole(risposta) -> str:
    """What the page says, without its markup."""
    testo = re.sub(r"<(script|style|svg).*?</\1>", "", risposta.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", testo).replace("&#x27;", "'").split())


@pytest.mark.parametrize("pagina", ["conciliazione_utente_change", "auth_user_password_change"])
def test_la_pagina_di_un_account_non_ha_parole_inglesi_ne_permessi_da_dare(scrivania, capofila, pagina):
    testo = parole(scrivania.get(reverse(f"admin:{pagina}", args=[capofila.pk])))
    assert not re.search(r"\b(the|password for|Reset|user|Enabled|Disabled|salt|hash|stored|Groups)\b", testo)
    assert "Permessi" not in testo
    assert "Gruppi" not in testo


def test_della_password_si_dice_in_italiano_che_non_si_legge(scrivania, capofila):
    testo = parole(scrivania.get(reverse("admin:conciliazione_utente_change", args=[capofila.pk])))
    assert "La password non si può leggere" in testo
    assert "Cambia la password" in testo


def test_i_messaggi_dell_amministrazione_non_sbagliano_l_articolo(scrivania):
    url = reverse("admin:alleanze_ente_add")
    dati = campi(scrivania.get(url)) | ENTE
    aggiunto = parole(scrivania.post(url, dati, follow=True))
    assert re.search("Aggiunto: ente « ?Cooperativa Prova ?»", aggiunto)
    ente = Ente.objects.get(denominazione=ENTE["denominazione"])
    modifica = reverse("admin:alleanze_ente_change", args=[ente.pk])
    assert "Modificato: ente" in parole(scrivania.post(modifica, campi(scrivania.get(modifica)), follow=True))
    cancellato = parole(scrivania.post(reverse("admin:alleanze_ente_delete", args=[ente.pk]), {"post": "yes"}, follow=True))
    assert "Cancellato: ente «Cooperativa Prova»." in cancellato
    assert not re.search(r"\bIl ente|un altro (sede|carica|adesione|ente)\b", aggiunto + cancellato)


@pytest.mark.parametrize(
    ("quando", "messaggio"),
    [("01/01/2999", "la data di nascita è nel futuro"), ("31/12/1899", "la data di nascita è prima del 1900")],
)
def test_una_persona_non_nasce_nel_futuro_ne_nell_ottocento(scrivania, quando, messaggio):
    risposta = aggiungi(scrivania, "alleanze_persona", nome="Mario", cognome="Rossi", nato_il=quando)
    assert messaggio in errori(risposta)


def test_chi_amministra_senza_ente_trova_sulla_scrivania_che_cosa_gestire(scrivania):
    risposta = scrivania.get(reverse("scrivania"))
    testo = parole(risposta)
    assert "non è ancora collegato" not in testo
    for modello in ("alleanze_ente", "alleanze_persona", "alleanze_alleanza", "progetti_avviso", "conciliazione_utente"):
        assert reverse(f"admin:{modello}_changelist") in risposta.content.decode()


def test_chi_amministra_per_un_ente_ha_anche_la_sua_scrivania(entra, capofila):
    capofila.is_staff = True
    capofila.save()
    testo = parole(entra(capofila).get(reverse("scrivania")))
    assert "Cosa devo fare" in testo
    assert "Che cosa puoi gestire" not in testo


@pytest.fixture
def non_spedito(dimostrazione) -> Messaggio:
    return Messaggio.objects.create(
        destinatari=["anna@example.org"],
        oggetto="Parola d'ordine",
        testo="https://portale/segretissimo",
        tentativi=posta.TENTATIVI,
        errore="ConnectionRefusedError",
    )


def test_un_messaggio_non_spedito_si_trova_e_si_rispedisce(
    scrivania, non_spedito, monkeypatch, django_capture_on_commit_callbacks
):
    accodati = []
    monkeypatch.setattr(posta.lavori, "accoda", lambda lavoro, pk: accodati.append(pk))
    url = reverse("admin:conciliazione_messaggio_changelist") + "?spedizione=non_spedita"
    elenco = scrivania.get(url).content.decode()
    assert "non spedita" in elenco
    assert "Rispedisci quelle non spedite" in elenco
    with django_capture_on_commit_callbacks(execute=True):
        risposta = scrivania.post(url, {"action": "rispedisci", "_selected_action": [non_spedito.pk]}, follow=True)
    assert "Messaggi rimessi in coda: 1." in risposta.content.decode()
    non_spedito.refresh_from_db()
    assert (non_spedito.tentativi, non_spedito.errore) == (0, "")
    assert accodati == [non_spedito.pk]


def test_il_testo_di_un_messaggio_non_si_legge_dall_amministrazione(scrivania, non_spedito):
    """It may hold the link that changes somebody's password."""
    pagina = scrivania.get(reverse("admin:conciliazione_messaggio_change", args=[non_spedito.pk]))
    assert pagina.status_code == 200
    assert "segretissimo" not in pagina.content.decode()
