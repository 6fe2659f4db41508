"""The bell, the mail at once, the daily digest: everybody is told as they chose, and never twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.messaggi import notifiche, posta
from conciliazione.messaggi.notifiche import avvisa, riassumi
from conciliazione.models import Messaggio, Notifica
from conciliazione.tasks import riassumi as compito

from ... import fabbrica
from ...test_interrogazioni import domande

SCADENZA = datetime(2030, 7, 15, 10, 0, tzinfo=UTC)
"""In Italy it is noon."""


@pytest.fixture
def partner(db):
    return fabbrica.incaricato(fabbrica.ente())


@pytest.fixture
def altro_partner(db):
    return fabbrica.incaricato(fabbrica.ente())


def vuole(utente, come: str):
    utente.notifiche_per_posta = come
    utente.save(update_fields=["notifiche_per_posta"])
    return utente


def posta_di(utente) -> list[Messaggio]:
    return list(Messaggio.objects.filter(destinatari__contains=[utente.email]).order_by("pk"))


@pytest.fixture(autouse=True)
def nessuna_notizia(request):
    """The demo has its own."""
    if "dimostrazione" in request.fixturenames:
        request.getfixturevalue("dimostrazione")
        Notifica.objects.all().delete()
        fabbrica.svuota_la_posta()


# Telling.


def test_chi_le_vuole_subito_riceve_una_e_mail_con_la_pagina_e_il_termine_con_l_ora(partner):
    avvisa([vuole(partner, "subito")], chiave="a", testo="Manca la conferma", url="/progetti/", scade_il=SCADENZA)
    (messaggio,) = posta_di(partner)
    assert messaggio.oggetto == "Manca la conferma"
    assert "15/07/2030 alle 12:00" in messaggio.testo
    assert f"{settings.INDIRIZZO_PUBBLICO}/progetti/" in messaggio.testo
    assert partner.notifiche.get().spedita_il


def test_la_stessa_cosa_non_si_dice_due_volte(partner):
    assert len(avvisa([partner, partner], chiave="a", testo="uno")) == 1
    assert avvisa([partner], chiave="a", testo="uno, di nuovo") == []
    assert len(avvisa([partner], chiave="b", testo="due")) == 1
    assert [m.oggetto for m in posta_di(partner)] == ["uno", "due"]


@pytest.mark.parametrize("come", ["riepilogo", "mai"])
def test_chi_non_le_vuole_subito_le_trova_nel_portale_e_non_nella_posta(partner, come):
    avvisa([vuole(partner, come)], chiave="a", testo="uno")
    assert partner.notifiche.get().testo == "uno"
    assert posta_di(partner) == []


def test_un_account_spento_non_riceve_niente(partner):
    partner.is_active = False
    assert avvisa([partner], chiave="a", testo="uno") == []


def test_una_frase_troppo_lunga_si_accorcia_e_non_si_perde(partner):
    avvisa([partner], chiave="a", testo="x" * 900)
    assert partner.notifiche.get().testo == "x" * 499 + "…"


@pytest.mark.django_db(transaction=True)
def test_due_che_dicono_la_stessa_cosa_insieme_la_dicono_una_volta(partner):
    insieme = threading.Barrier(2)

    def dice():
        try:
            with transaction.atomic():
                insieme.wait(120)
                avvisa([partner], chiave="a", testo="uno")
        finally:
            connection.close()

    fili = [threading.Thread(target=dice) for _ in range(2)]
    [f.start() for f in fili]
    [f.join(120) for f in fili]
    assert partner.notifiche.count() == 1
    assert len(posta_di(partner)) == 1


# The daily digest.


def test_il_riepilogo_dice_le_non_lette_con_le_scadenze_per_prime(partner):
    vuole(partner, "riepilogo")
    avvisa([partner], chiave="a", testo="La bozza è stata letta", url="/progetti/")
    avvisa([partner], chiave="b", testo="Manca la conferma", url="/da-fare/", scade_il=SCADENZA)
    avvisa([partner], chiave="c", testo="Già vista")
    partner.notifiche.filter(chiave="c").update(letta_il=timezone.now())
    assert riassumi(timezone.now()) == 1
    (messaggio,) = posta_di(partner)
    assert messaggio.oggetto == "2 cose da leggere su Conciliazione in rete"
    prima, dopo = messaggio.testo.index("Manca la conferma"), messaggio.testo.index("La bozza è stata letta")
    assert prima < dopo
    assert "Entro il 15/07/2030 alle 12:00" in messaggio.testo
    assert f"{settings.INDIRIZZO_PUBBLICO}/da-fare/" in messaggio.testo
    assert "Già vista" not in messaggio.testo


def test_una_scadenza_passata_nel_riepilogo_si_dice_scaduta(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno", scade_il=SCADENZA)
    Notifica.objects.update(creata_il=SCADENZA - timedelta(days=3))
    riassumi(SCADENZA + timedelta(hours=1))
    assert "Scaduta il 15/07/2030 alle 12:00" in posta_di(partner)[0].testo


def test_il_riepilogo_rifatto_non_ripete_niente(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno")
    assert [riassumi(timezone.now()) for _ in range(3)] == [1, 0, 0]
    avvisa([partner], chiave="b", testo="due")
    assert riassumi(timezone.now()) == 1
    ultimo = posta_di(partner)[1].testo
    assert "due" in ultimo
    assert "uno" not in ultimo


def test_ognuno_ha_il_suo_riepilogo_e_solo_le_sue_cose(partner, altro_partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="per Giulia")
    avvisa([vuole(altro_partner, "riepilogo")], chiave="b", testo="per Paolo")
    assert riassumi(timezone.now()) == 2
    assert "Paolo" not in posta_di(partner)[0].testo
    assert "per Paolo" in posta_di(altro_partner)[0].testo


def test_chi_intanto_ha_scelto_mai_non_riceve_il_riepilogo(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno")
    vuole(partner, "mai")
    assert riassumi(timezone.now()) == 0


def test_chi_non_ha_piu_l_account_non_riceve_il_riepilogo(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno")
    type(partner).objects.filter(pk=partner.pk).update(is_active=False)
    assert riassumi(timezone.now()) == 0


def test_il_riepilogo_di_ieri_non_dice_le_cose_di_oggi(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno")
    assert riassumi(timezone.now() - timedelta(days=1)) == 0
    assert compito(timezone.now().isoformat()) == 1


def test_interrotto_a_meta_riprende_da_chi_manca_e_non_ripete(partner, altro_partner, monkeypatch):
    for chi in (partner, altro_partner):
        avvisa([vuole(chi, "riepilogo")], chiave="a", testo="uno")
    vera, scritti = posta.invia, []

    def cade_al_secondo(*argomenti):
        scritti.append(vera(*argomenti))
        if len(scritti) == 2:
            raise KeyboardInterrupt  # the worker is killed after it has written the mail, before it has said so
        return scritti[-1]

    monkeypatch.setattr(notifiche.posta, "invia", cade_al_secondo)
    with pytest.raises(KeyboardInterrupt):
        riassumi(timezone.now())
    monkeypatch.setattr(notifiche.posta, "invia", vera)
    assert riassumi(timezone.now()) == 1
    assert [len(posta_di(chi)) for chi in (partner, altro_partner)] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_due_riepiloghi_insieme_ne_mandano_uno(partner):
    avvisa([vuole(partner, "riepilogo")], chiave="a", testo="uno")
    insieme, fatti = threading.Barrier(2), []

    def riassume():
        try:
            insieme.wait(120)
            fatti.append(riassumi(timezone.now()))
        finally:
            connection.close()

    fili = [threading.Thread(target=riassume) for _ in range(2)]
    [f.start() for f in fili]
    [f.join(120) for f in fili]
    assert sorted(fatti) == [0, 1]
    assert len(posta_di(partner)) == 1


def test_il_riepilogo_parte_ogni_mattina_alle_sette_in_italia():
    voce = settings.CELERY_BEAT_SCHEDULE["riepilogo delle notifiche"]
    assert voce["task"] == compito.name
    assert (voce["schedule"].hour, voce["schedule"].minute) == ({7}, {0})
    assert settings.CELERY_TIMEZONE == "Europe/Rome"


# The bell.


def test_la_campana_dice_quante_sono_da_leggere(entra, partner):
    browser = entra(partner)
    assert 'aria-label="Notifiche"' in browser.get(reverse("progetti:elenco")).content.decode()
    for n in range(3):
        avvisa([partner], chiave=str(n), testo="uno")
    assert 'aria-label="Notifiche, 3 da leggere"' in browser.get(reverse("progetti:elenco")).content.decode()


def test_chi_non_e_entrato_non_ha_la_campana(client, dimostrazione):
    assert "campana" not in client.get(reverse("scrivania")).content.decode()


def test_la_campana_chiede_una_volta_alla_base_dati(entra, partner):
    browser = entra(partner)
    with CaptureQueriesContext(connection) as chieste:
        browser.get(reverse("privacy"))
    assert sum("conciliazione_notifica" in q["sql"] for q in chieste) == 1


def test_aprire_una_notifica_la_segna_letta_e_porta_alla_sua_pagina(entra, partner):
    avvisa([partner], chiave="a", testo="uno", url="/progetti/?pagina=2")
    risposta = entra(partner).post(reverse("notifiche:apri", args=[partner.notifiche.get().pk]))
    assert (risposta.status_code, risposta.url) == (302, "/progetti/?pagina=2")
    prima = partner.notifiche.get().letta_il
    assert prima
    entra(partner).post(reverse("notifiche:apri", args=[partner.notifiche.get().pk]))
    assert partner.notifiche.get().letta_il == prima


@pytest.mark.parametrize(
    "fuori", ["https://male.example.org/", "//male.example.org/", "/\\male.example.org", "javascript:x", ""]
)
def test_una_notifica_non_porta_mai_fuori_dal_portale(entra, partner, fuori):
    avvisa([partner], chiave="a", testo="uno", url=fuori)
    risposta = entra(partner).post(reverse("notifiche:apri", args=[partner.notifiche.get().pk]))
    assert risposta.url == reverse("notifiche:elenco")


def test_la_notifica_di_un_altro_non_esiste(entra, partner, altro_partner):
    avvisa([partner], chiave="a", testo="solo per Giulia")
    browser = entra(altro_partner)
    assert browser.post(reverse("notifiche:apri", args=[partner.notifiche.get().pk])).status_code == 404
    assert "solo per Giulia" not in browser.get(reverse("notifiche:elenco")).content.decode()
    browser.post(reverse("notifiche:tutte_lette"))
    assert partner.notifiche.get().letta_il is None


def test_segna_tutte_come_lette(entra, partner):
    for n in range(3):
        avvisa([partner], chiave=str(n), testo="uno")
    assert entra(partner).post(reverse("notifiche:tutte_lette")).status_code == 302
    assert not partner.notifiche.da_leggere().exists()


def test_l_elenco_e_a_pagine_e_non_chiede_di_piu_con_molte(entra, partner):
    browser, url = entra(partner), reverse("notifiche:elenco")
    assert "Nessuna notifica" in browser.get(url).content.decode()
    avvisa([partner], chiave="a", testo="uno")
    prima = len(domande(browser, url))
    for n in range(60):
        avvisa([partner], chiave=str(n), testo=f"numero {n}")
    assert len(domande(browser, url)) == prima
    assert "Pagina 1 di 3" in browser.get(url).content.decode()


def test_il_testo_di_una_notifica_non_e_codice(entra, partner):
    avvisa([partner], chiave="a", testo="<script>alert(1)</script>")
    testo = entra(partner).get(reverse("notifiche:elenco")).content.decode()
    assert "<script>alert" not in testo
    assert "&lt;script&gt;alert" in testo


# What each one chose.


@pytest.mark.parametrize("come", Notifica.Posta.values)
def test_ognuno_sceglie_come_riceverle(entra, partner, come):
    url = reverse("notifiche:preferenze")
    assert entra(partner).post(url, {"notifiche_per_posta": come}).status_code == 302
    partner.refresh_from_db()
    assert partner.notifiche_per_posta == come


def test_una_scelta_che_non_c_e_si_rifiuta_e_si_dice(entra, partner):
    risposta = entra(partner).post(reverse("notifiche:preferenze"), {"notifiche_per_posta": "piccioni"})
    assert risposta.status_code == 422
    assert "riepilogo-errori" in risposta.content.decode()
    partner.refresh_from_db()
    assert partner.notifiche_per_posta == "subito"
