"""Who owes what, and asking for it: by a click, and by itself before the deadline. Never twice."""

import re
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.inviti import collegamenti
from conciliazione.models import Invito, Messaggio, Notifica
from progetti import contenuto
from progetti.models import Avviso, Compilazione, Incaricato, Sollecito
from progetti.partner import solleciti
from progetti.presentazione import transizioni
from progetti.tasks import sollecita as compito

from ... import fabbrica
from ...moduli import apri, nome
from ...test_interrogazioni import domande, moltiplica
from .test_conferme import soggetto

ROMA = ZoneInfo("Europe/Rome")
CHIUDE = datetime(2031, 5, 20, 12, 0, tzinfo=ROMA)


@pytest.fixture(autouse=True)
def nessuna_notizia(dimostrazione):
    """The demo has its own."""
    Sollecito.objects.all().delete()
    Notifica.objects.all().delete()
    fabbrica.svuota_la_posta()


def tabellone(progetto) -> str:
    return reverse("progetti:tabellone", args=[progetto.pk])


def pagina(progetto) -> str:
    return reverse("progetti:sollecita", args=[progetto.pk])


def parole(risposta) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", risposta.content.decode()).replace("&#x27;", "'").split())


def riga(risposta, ente: str) -> str:
    """The row of a soggetto, as it reads."""
    testo = risposta.content.decode()
    (trovata,) = [r for r in re.findall(r"<tr id=.*?</tr>", testo, re.DOTALL) if ente in r]
    return " ".join(re.sub(r"<[^>]+>", " ", trovata).split())


def sollecita(browser, progetto, *enti: str, testo: str = "Manca la vostra parte.", segue: bool = True):
    soggetti = [str(soggetto(progetto, e).pk) for e in enti]
    return browser.post(pagina(progetto), {"soggetti": soggetti, "testo": testo}, follow=segue)


def a_chi() -> list[list[str]]:
    return [m.destinatari for m in Messaggio.objects.order_by("pk")]


def di(persona) -> list[Messaggio]:
    """What was written to that person: others may write for the same soggetto."""
    return list(Messaggio.objects.filter(destinatari=[persona.email]).order_by("pk"))


# The board.


def test_il_tabellone_dice_di_ciascuno_parti_conferma_e_chi_scrive(entra, capofila, progetto):
    Invito.objects.all().delete()
    risposta = entra(capofila).get(tabellone(progetto))
    iride, csc = riga(risposta, "Iride Società"), riga(risposta, "Comunità Sociale")
    assert "Paolo Inzoli" in iride
    assert "da confermare" in iride
    assert "nessuna, per ora" in iride
    assert "confermata" in csc
    assert "nessuno ha un accesso" in riga(risposta, "Koala")


def test_l_ultima_mano_e_di_chi_ha_salvato_e_quando(entra, capofila, altro_partner, progetto):
    iride = soggetto(progetto, "Iride")
    browser, url = entra(altro_partner), reverse("progetti:riga", args=[progetto.pk, "II.B", iride.pk])
    dati = apri(browser, url) | {nome("II.B", "legale_citta", iride.pk): "Crema"}
    assert browser.post(url, dati).status_code == 302
    assert Compilazione.objects.get(blocco="II.B", riga=iride.pk).aggiornata_da == altro_partner
    letta = riga(entra(capofila).get(tabellone(progetto)), "Iride Società")
    assert f"Paolo Inzoli {timezone.localdate():%d/%m/%Y}" in letta


def test_spostare_un_soggetto_non_e_metterci_mano(entra, capofila, progetto):
    browser = entra(capofila)
    browser.post(reverse("progetti:soggetto_su", args=[progetto.pk, soggetto(progetto, "Koala").pk]))
    assert "nessuna, per ora" in riga(browser.get(tabellone(progetto)), "Koala")


def test_chi_ha_un_invito_non_usato_si_vede(entra, capofila, progetto):
    collegamenti.crea(soggetto(progetto, "Koala"), email="koala@example.org", ruolo="operatore", mandato_da=capofila)
    assert "invito mandato il" in riga(entra(capofila).get(tabellone(progetto)), "Koala")


def test_il_partner_legge_il_tabellone_senza_i_nomi_degli_altri_e_senza_pulsanti(entra, altro_partner, progetto):
    risposta = entra(altro_partner).get(tabellone(progetto))
    assert "Giulia Samarani" not in parole(risposta)
    assert "Sollecita" not in parole(risposta)
    assert "il tuo ente" in riga(risposta, "Iride Società")


def test_il_tabellone_non_chiede_di_piu_con_molti_soggetti(entra, capofila, progetto):
    browser = entra(capofila)
    prima = len(domande(browser, tabellone(progetto)))
    # progetto, appartenenze, 2 of the content, mine; persons (4), incaricati, invitations (2), reminders, papers, hands (4)
    assert prima <= 20
    moltiplica(progetto)
    assert len(domande(browser, tabellone(progetto))) == prima


# By a click.


def test_il_sollecito_arriva_a_chi_scrive_con_le_parole_del_capofila_e_cio_che_manca(entra, capofila, altro_partner, progetto):
    risposta = sollecita(entra(capofila), progetto, "Iride", testo="Caro Paolo, ci servono le cifre.")
    assert "Sollecito mandato a Iride" in parole(risposta)
    (messaggio,) = di(altro_partner)
    assert "Caro Paolo, ci servono le cifre." in messaggio.testo
    parte = reverse("progetti:tua_parte", args=[progetto.pk, soggetto(progetto, "Iride").pk])
    assert settings.INDIRIZZO_PUBBLICO + parte in messaggio.testo
    assert " alle 12:00" in messaggio.testo
    notifica = altro_partner.notifiche.get()
    assert (notifica.scade_il, notifica.url) == (progetto.avviso.chiude_il, parte)
    fatto = Sollecito.objects.get()
    assert fatto.mandato_da == capofila
    assert altro_partner.email in fatto.a


def test_chi_ha_scelto_il_riepilogo_trova_il_sollecito_nel_riepilogo(entra, capofila, altro_partner, progetto):
    type(altro_partner).objects.filter(pk=altro_partner.pk).update(notifiche_per_posta="riepilogo")
    sollecita(entra(capofila), progetto, "Iride")
    assert di(altro_partner) == []
    assert altro_partner.notifiche.da_riassumere().count() == 1


def test_dove_nessuno_ha_un_accesso_si_scrive_al_referente_con_l_indirizzo_per_entrare(entra, capofila, progetto):
    koala = soggetto(progetto, "Koala")
    Compilazione.objects.filter(riga=koala.pk, blocco="II.B").delete()
    Compilazione.objects.create(
        progetto=progetto, blocco="II.B", riga=koala.pk, risposte={"referente_email": "ref@koala.example.org"}
    )
    sollecita(entra(capofila), progetto, "Koala")
    assert a_chi() == [["ref@koala.example.org"]]
    assert settings.INDIRIZZO_PUBBLICO + reverse("account_login") in Messaggio.objects.get().testo


def test_un_incaricato_riceve_il_sollecito_e_chi_non_lo_e_piu_no(entra, capofila, estraneo, partner, progetto):
    koala = soggetto(progetto, "Koala")
    Incaricato.objects.create(partecipazione=koala, utente=estraneo)
    Incaricato.objects.create(partecipazione=koala, utente=partner, dal="2020-01-01", al="2020-12-31")
    sollecita(entra(capofila), progetto, "Koala")
    assert a_chi() == [[estraneo.email]]


def test_dove_non_c_e_nessuno_a_cui_scrivere_si_dice(entra, capofila, progetto):
    Compilazione.objects.filter(riga=soggetto(progetto, "Koala").pk).delete()
    risposta = sollecita(entra(capofila), progetto, "Koala")
    assert "non c'è nessuno a cui scrivere" in parole(risposta)
    assert not Sollecito.objects.exists()


def test_chi_non_deve_niente_non_riceve_niente(entra, capofila, progetto):
    conferma = contenuto.contenuto(progetto)["conferme"]
    assert str(soggetto(progetto, "Comunità").pk) in conferma
    risposta = sollecita(entra(capofila), progetto, "Comunità")
    assert "non manca più niente" in parole(risposta)
    assert a_chi() == []


def test_quaranta_clic_in_un_minuto_fanno_una_e_mail_e_un_messaggio_chiaro(entra, capofila, altro_partner, progetto):
    browser = entra(capofila)
    for _ in range(40):
        sollecita(browser, progetto, "Iride", segue=False)
    assert len(di(altro_partner)) == 1
    ora = timezone.localtime(Sollecito.objects.get().mandato_il)
    assert parole(browser.get(pagina(progetto))).count(f"già sollecitato alle {ora:%H:%M} da Olga Perini") >= 39


@pytest.mark.django_db(transaction=True)
def test_clic_contemporanei_fanno_una_e_mail(capofila, altro_partner, progetto):
    insieme, codici = threading.Barrier(6), []
    dati = {"soggetti": [str(soggetto(progetto, "Iride").pk)], "testo": "Manca la vostra parte."}

    def clic():
        browser = Client()
        browser.force_login(capofila)
        try:
            insieme.wait(120)
            codici.append(browser.post(pagina(progetto), dati).status_code)
        finally:
            connection.close()

    fili = [threading.Thread(target=clic) for _ in range(6)]
    [f.start() for f in fili]
    [f.join(120) for f in fili]
    assert codici == [302] * 6
    assert len(di(altro_partner)) == 1
    assert Sollecito.objects.count() == 1


def test_dopo_un_ora_si_puo_di_nuovo(capofila, altro_partner, progetto):
    iride, ora = [str(soggetto(progetto, "Iride").pk)], timezone.now()
    esiti = [solleciti.sollecita(progetto.pk, capofila, iride, "x", ora + timedelta(minutes=m)) for m in (0, 59, 61)]
    assert [bool(e.mandati) for e in esiti] == [True, False, True]
    assert len(di(altro_partner)) == 2


def test_sollecita_tutti_scrive_a_ciascuno_solo_del_suo(entra, capofila, altro_partner, progetto):
    browser = entra(capofila)
    scelti = apri(browser, pagina(progetto))["soggetti"]
    browser.post(pagina(progetto), {"soggetti": scelti, "testo": "Forza."})
    assert Sollecito.objects.count() == len(scelti) > 1
    (del_partner,) = (m.testo for m in di(altro_partner))
    assert "Koala" not in del_partner


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"soggetti": [], "testo": "x"}, "Spunta almeno un soggetto"),
        ({"soggetti": ["non-un-soggetto"], "testo": "Le mie parole"}, "non deve più niente"),
    ],
)
def test_un_sollecito_sbagliato_si_rifiuta_e_ciò_che_si_e_scritto_resta(entra, capofila, progetto, dati, messaggio):
    risposta = entra(capofila).post(pagina(progetto), dati)
    assert risposta.status_code == 422
    assert messaggio in parole(risposta)
    assert dati["testo"] in risposta.content.decode()


def test_solo_chi_prepara_sollecita(partner, ats, progetto):
    for chi in (partner, ats):
        with pytest.raises(PermissionDenied):
            solleciti.sollecita(progetto.pk, chi, [], "x")


def test_a_scheda_presentata_non_si_sollecita_piu(entra, capofila, presentato):
    risposta = entra(capofila).get(pagina(presentato), follow=True)
    assert "non c'è più niente da sollecitare" in parole(risposta)


# Before the deadline.


@pytest.fixture
def scade(progetto):
    """«Tempo per tutti» is the only scheda whose avviso closes in those days."""
    Avviso.objects.update(chiude_il=None)
    Avviso.objects.filter(pk=progetto.avviso_id).update(chiude_il=CHIUDE)
    progetto.refresh_from_db()
    return progetto


def alle(giorni: int, ora: int = 9, minuto: int = 0) -> datetime:
    return (CHIUDE - timedelta(days=giorni)).replace(hour=ora, minute=minuto)


@pytest.mark.parametrize(("giorni", "quando"), [(7, "Fra 7 giorni"), (3, "Fra 3 giorni"), (1, "Domani")])
def test_prima_della_scadenza_il_portale_scrive_da_solo_con_il_giorno_e_l_ora(scade, altro_partner, capofila, giorni, quando):
    assert solleciti.prima_della_scadenza(alle(giorni)) > 0
    al_partner = Messaggio.objects.filter(destinatari=[altro_partner.email]).get()
    assert quando in al_partner.oggetto
    assert "20/05/2031 alle 12:00" in al_partner.testo
    del_capofila = capofila.notifiche.get(chiave__startswith=f"scadenza:{scade.pk}")
    assert "Iride" in del_capofila.testo
    assert del_capofila.scade_il == CHIUDE


def test_la_stessa_scadenza_non_si_ricorda_due_volte(scade):
    solleciti.prima_della_scadenza(alle(3))
    prima = (Messaggio.objects.count(), Notifica.objects.count(), Sollecito.objects.count())
    for ora in (9, 10, 23):
        assert solleciti.prima_della_scadenza(alle(3, ora)) == 0
    assert (Messaggio.objects.count(), Notifica.objects.count(), Sollecito.objects.count()) == prima
    assert solleciti.prima_della_scadenza(alle(1)) > 0


@pytest.mark.parametrize(("giorni", "ora"), [(7, 8), (6, 9), (2, 9), (0, 9), (-1, 9), (8, 23)])
def test_negli_altri_giorni_e_prima_delle_nove_tace(scade, giorni, ora):
    assert solleciti.prima_della_scadenza(alle(giorni, ora)) == 0


def test_se_alle_nove_era_spento_si_ricorda_piu_tardi_nello_stesso_giorno(scade):
    assert compito(alle(3, 16, 30).isoformat()) > 0


def test_di_un_progetto_presentato_non_si_ricorda_niente(scade):
    type(scade).objects.filter(avviso=scade.avviso_id).update(stato="presentato")
    assert solleciti.prima_della_scadenza(alle(3)) == 0


def test_chi_ha_fatto_la_sua_parte_non_riceve_niente(scade, partner):
    solleciti.prima_della_scadenza(alle(3))
    assert not partner.notifiche.filter(chiave__startswith=f"scadenza:{scade.pk}").exists()


def test_di_una_scadenza_prorogata_si_ricorda_di_nuovo(scade, capofila):
    solleciti.prima_della_scadenza(alle(3))
    Avviso.objects.filter(pk=scade.avviso_id).update(chiude_il=CHIUDE + timedelta(days=30))
    solleciti.prima_della_scadenza(alle(3) + timedelta(days=30))
    assert capofila.notifiche.filter(chiave__startswith=f"scadenza:{scade.pk}:capofila").count() == 2


@pytest.mark.django_db(transaction=True)
def test_due_lavoratori_insieme_ricordano_una_volta(scade, altro_partner):
    insieme = threading.Barrier(2)

    def ricorda():
        try:
            insieme.wait(120)
            solleciti.prima_della_scadenza(alle(3))
        finally:
            connection.close()

    fili = [threading.Thread(target=ricorda) for _ in range(2)]
    [f.start() for f in fili]
    [f.join(120) for f in fili]
    assert Messaggio.objects.filter(destinatari=[altro_partner.email]).count() == 1
    per_soggetto = list(Sollecito.objects.values_list("partecipazione", flat=True))
    assert len(per_soggetto) == len(set(per_soggetto)) > 0


@pytest.mark.django_db(transaction=True)
def test_un_sollecito_non_si_infila_mentre_si_presenta(presentato, capofila, responsabile):
    transizioni.riapri(presentato.pk, responsabile)
    csc = soggetto(presentato, "Comunità")
    csc.conferme.all().delete()
    fabbrica.svuota_la_posta()
    esito = []

    def clic():
        try:
            solleciti.sollecita(presentato.pk, capofila, [str(csc.pk)], "x")
        except PermissionDenied:
            esito.append("presentata")
        finally:
            connection.close()

    with transaction.atomic():
        transizioni.presenta(presentato.pk, responsabile)
        filo = threading.Thread(target=clic)
        filo.start()
        filo.join(1.5)
    filo.join(120)
    assert esito == ["presentata"]
    assert not Sollecito.objects.exists()


# Who only adheres or supports is asked nothing.


@pytest.fixture(params=["aderente", "sostenitore"])
def chi_sostiene(request, progetto):
    """Iride, that owes its part and its confirmation as long as it is a partner."""
    iride = soggetto(progetto, "Iride")
    Compilazione.objects.filter(progetto=progetto, riga=iride.pk).delete()
    progetto.partecipazioni.filter(pk=iride.pk).update(ruolo=request.param)
    return iride


def test_chi_aderisce_o_sostiene_non_e_in_chi_deve_cosa(entra, capofila, progetto, chi_sostiene):
    testo = entra(capofila).get(tabellone(progetto)).content.decode()
    assert "Iride" not in parole_del_corpo(testo)


def parole_del_corpo(testo: str) -> str:
    return testo.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_chi_aderisce_o_sostiene_non_si_manda_nessun_sollecito(entra, capofila, progetto, chi_sostiene):
    assert str(chi_sostiene.pk) not in [r["id"] for r in solleciti.in_ritardo(progetto, tutti=True)]
    esito = solleciti.sollecita(progetto.pk, capofila, [str(chi_sostiene.pk)], "Manca la vostra parte.")
    assert (esito.mandati, Sollecito.objects.count()) == ([], 0)


def test_chi_aderisce_o_sostiene_non_ha_niente_da_fare(entra, altro_partner, capofila, progetto, chi_sostiene):
    browser = entra(altro_partner)
    for url in (reverse("scrivania"), reverse("progetti:dettaglio", args=[progetto.pk])):
        testo = parole(browser.get(url))
        assert "Compila «" not in testo
        assert "Conferma i dati e le cifre" not in testo
        assert "Il tuo cofinanziamento" not in testo
    assert "non gli è chiesto niente" in testo
    assert "Iride" not in parole(entra(capofila).get(reverse("scrivania"))).partition("Sollecita chi è in ritardo")[2][:120]
