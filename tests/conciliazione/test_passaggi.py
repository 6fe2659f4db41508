"""The kernel of what has states: fetch and check, take, pass, refuse, tell."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from alleanze.models import Appartenenza
from conciliazione.accesso import trova
from conciliazione.models import Passaggio
from conciliazione.passaggi import Rifiuto, in_parole, passa, prendi, racconta, spiega_i_rifiuti
from progetti.models import Progetto
from progetti.permessi import prepara
from progetti.stati import Stato


class Modulo(forms.Form):
    email = forms.CharField()


@pytest.fixture
def richiesta(db):
    request = RequestFactory().post("/")
    request.user, request.session = AnonymousUser(), {}
    request._messages = FallbackStorage(request)
    return request


def mai(utente, oggetto) -> bool:
    return False


# Fetch and check.


def test_chi_aspetta_una_riga_e_intanto_perde_l_incarico_non_puo_piu(richiesta, progetto, capofila):
    richiesta.user = capofila
    assert prepara(capofila, progetto)
    Appartenenza.objects.filter(utente=capofila).delete()
    assert trova(richiesta, Progetto.objects.all(), progetto.pk, prepara) == progetto
    with pytest.raises(PermissionDenied):
        trova(richiesta, Progetto.objects.all(), progetto.pk, prepara, blocca=True)


def test_una_riga_che_non_si_vede_non_c_e(richiesta, progetto):
    with pytest.raises(Http404):
        trova(richiesta, Progetto.objects.none(), progetto.pk, mai)


def test_una_riga_che_si_vede_e_non_si_puo_toccare_e_vietata(richiesta, progetto):
    with pytest.raises(PermissionDenied):
        trova(richiesta, Progetto.objects.all(), progetto.pk, mai)


def test_senza_chiedere_niente_basta_vedere(richiesta, progetto):
    assert trova(richiesta, Progetto.objects.all(), progetto.pk) == progetto


def test_bloccare_una_riga_non_blocca_quelle_a_cui_e_legata(richiesta, progetto):
    with CaptureQueriesContext(
        connection,
    ) as fatte:
        trova(richiesta, Progetto.objects.select_related("capofila"), progetto.pk, blocca=True)
    assert fatte[0]["sql"].endswith('FOR NO KEY UPDATE OF "progetti_progetto"')


# Take and pass.


def test_chi_prende_troppo_tardi_sa_perche_anche_se_non_potrebbe_piu(progetto):
    Progetto.objects.filter(pk=progetto.pk).update(stato=Stato.PRESENTATO)
    with pytest.raises(Rifiuto, match="Il progetto è «presentato»: questa operazione non è più possibile"):
        prendi(Progetto.objects, progetto.pk, "presenta", None, mai)


def test_chi_non_puo_non_prende(progetto):
    with pytest.raises(PermissionDenied):
        prendi(Progetto.objects, progetto.pk, "presenta", None, mai)


def test_un_passo_puo_dire_a_parole_sue_perche_e_tardi(progetto):
    Progetto.objects.filter(pk=progetto.pk).update(stato=Stato.PRESENTATO)
    with pytest.raises(Rifiuto, match="non c'è più una bozza da prestare"):
        prendi(Progetto.objects, progetto.pk, "presta")


def test_passare_scrive_lo_stato_i_campi_e_chi_perche(progetto, capofila):
    preso = prendi(Progetto.objects, progetto.pk)
    passa(preso, "presenta", capofila, "per prova", titolo="Un altro titolo")
    progetto.refresh_from_db()
    assert (progetto.stato, progetto.titolo) == (Stato.PRESENTATO, "Un altro titolo")
    ultimo = Passaggio.objects.di(progetto).last()
    assert (ultimo.azione, ultimo.da, ultimo.a) == ("presenta", "bozza", "presentato")
    assert (ultimo.utente, ultimo.motivo) == (capofila, "per prova")


def test_passare_non_riscrive_i_campi_che_non_si_nominano(progetto, capofila):
    preso = prendi(Progetto.objects, progetto.pk)
    Progetto.objects.filter(pk=progetto.pk).update(titolo="Scritto intanto")
    passa(preso, "presenta", capofila)
    progetto.refresh_from_db()
    assert progetto.titolo == "Scritto intanto"


def test_passare_dice_che_la_riga_e_cambiata(progetto, capofila):
    prima = progetto.modificato_il
    passa(prendi(Progetto.objects, progetto.pk), "presenta", capofila)
    progetto.refresh_from_db()
    assert progetto.modificato_il > prima


def test_da_uno_stato_che_la_tabella_non_dice_non_si_passa(progetto, capofila):
    prima = Passaggio.objects.count()
    with pytest.raises(Rifiuto):
        passa(progetto, "riapri", capofila)
    progetto.refresh_from_db()
    assert progetto.stato == Stato.BOZZA
    assert Passaggio.objects.count() == prima


def test_cio_che_non_cambia_lo_stato_lascia_scritto_chi_l_ha_fatto(progetto, capofila):
    passa(progetto, "presta", capofila, "ATS")
    progetto.refresh_from_db()
    ultimo = Passaggio.objects.di(progetto).last()
    assert progetto.stato == Stato.BOZZA
    assert (ultimo.da, ultimo.a, ultimo.utente) == ("bozza", "bozza", capofila)


# Refuse.


def test_un_rifiuto_dice_tutti_i_suoi_motivi(richiesta):
    with spiega_i_rifiuti(richiesta):
        raise Rifiuto("Manca la data.", "Manca l'importo.")
    assert [str(m) for m in get_messages(richiesta)] == ["Manca la data.", "Manca l'importo."]


@pytest.mark.parametrize(("campo", "dove"), [("email", "email"), ("ente", "__all__"), (None, "__all__")])
def test_un_rifiuto_si_legge_nel_modulo_accanto_al_suo_campo(richiesta, campo, dove):
    modulo = Modulo({"email": "a"})
    with spiega_i_rifiuti(richiesta, modulo):
        raise Rifiuto("Aspetta un'ora.", campo=campo)
    assert modulo.errors == {dove: ["Aspetta un'ora."]}
    assert not list(get_messages(richiesta))


def test_cio_che_non_e_un_rifiuto_non_si_nasconde(richiesta):
    with pytest.raises(PermissionDenied), spiega_i_rifiuti(richiesta):
        raise PermissionDenied


# Tell.


def test_la_storia_dice_che_cosa_chi_e_perche(progetto, capofila):
    passa(progetto, "presta", capofila, "ATS della Val Padana")
    detto = racconta(progetto)[-1]
    assert (detto.che_cosa, detto.chi, detto.motivo) == ("bozza prestata", str(capofila), "ATS della Val Padana")


def test_un_motivo_puo_stare_dentro_la_frase(csc_nominato):
    ente, passaggio = csc_nominato
    detto = in_parole(ente, passaggio)
    assert (detto.che_cosa, detto.motivo) == ("entra in carica: legale rappresentante Ada Neri", "")


@pytest.fixture
def csc_nominato(progetto):
    ente = progetto.capofila
    detto = "legale rappresentante Ada Neri"
    return ente, Passaggio.objects.annota(ente, "nomina", None, da="", a="in carica", motivo=detto)


def test_chi_ha_agito_senza_entrare_ha_un_nome_se_lo_si_sa(csc_nominato):
    ente, _ = csc_nominato
    assert racconta(ente, anonimo="Ada Neri")[-1].chi == "Ada Neri"


def test_un_azione_che_non_sta_in_tabella_si_legge_col_suo_nome(progetto):
    passaggio = Passaggio.objects.annota(progetto, "copiata_da_altrove", None, da="bozza", a="bozza")
    assert in_parole(progetto, passaggio).che_cosa == "copiata da altrove"
