"""The frame of the pages and the fields: what can be checked without a database and without a browser."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import resolve

from conciliazione.models import Notifica

RADICE = Path(__file__).resolve().parent.parent
CSS = ["caratteri.css", "portale.css", "moduli.css", "scheda.css"]


class Prova(forms.Form):
    """One field of each kind that a scheda may ask."""

    domanda = forms.CharField(label="Descrivere\nle attività", help_text="Massimo <30> righe", widget=forms.Textarea)
    settore = forms.ChoiceField(label="Settore", choices=[("a", "Pubblico"), ("b", "Privato")], widget=forms.RadioSelect)
    aree = forms.MultipleChoiceField(
        label="Aree", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    vero = forms.BooleanField(label="Dichiaro il vero")


def richiesta(percorso: str = "/", utente=None):
    richiesta = RequestFactory().get(percorso)
    richiesta.user = utente or AnonymousUser()
    richiesta.resolver_match = resolve(percorso)
    return richiesta


def persona(**altro) -> SimpleNamespace:
    nome = {
        "is_authenticated": True,
        "agisce_solo_per": None,
        "_ricordi": {"incarichi": []},
        "notifiche": SimpleNamespace(da_leggere=Notifica.objects.none),
        "is_staff": False,
        "email": "anna@example.org",
        "get_full_name": lambda: "Anna Bianchi",
    }
    return SimpleNamespace(**nome | altro)


def campo(nome: str, dati=None) -> str:
    return render_to_string("_campo.html", {"campo": Prova(dati)[nome]})


def pagina(**altro) -> str:
    return render_to_string("base.html", request=richiesta(**altro))


def test_chi_non_ha_fatto_l_accesso_vede_solo_cio_che_e_di_tutti():
    testo = pagina()
    assert ">Accedi</a>" in testo
    assert '"/pubblico/progetti/"' in testo
    assert '"/progetti/' not in testo


def test_la_voce_del_menu_dice_dove_si_e():
    testo = pagina(utente=persona())
    assert re.search(r'aria-current="page">Scrivania<', testo)
    assert testo.count("aria-current") == 1
    assert "Amministrazione" not in testo
    assert "Amministrazione" in pagina(utente=persona(is_staff=True))


def test_si_esce_con_una_post():
    testo = pagina(utente=persona())
    assert re.search(r'<form method="post" action="[^"]*logout/">\s*<input type="hidden" name="csrf', testo)


def test_i_salti_sono_i_primi_collegamenti_e_il_piede_ha_quelli_di_legge():
    testo = pagina()
    assert re.findall(r'<a [^>]*href="([^"]+)"', testo)[:2] == ["#contenuto", "#menu"]
    for elemento in ("privacy-policy-link", "accessibility-link"):
        assert f'data-element="{elemento}"' in testo


def test_la_dimostrazione_si_dichiara(settings):
    settings.DIMOSTRAZIONE = True
    assert "dati inventati" in pagina()
    settings.DIMOSTRAZIONE = False
    assert "dati inventati" not in pagina()


@pytest.mark.parametrize("nome", ["400", "403", "403_csrf", "404", "429", "500"])
def test_le_pagine_di_errore_non_chiedono_nulla_al_contesto(nome):
    testo = get_template(f"{nome}.html").render()
    assert '<html lang="it">' in testo
    assert "<h1>" in testo


@pytest.mark.parametrize("nome", ["privacy", "accessibilita", "note_legali"])
def test_le_pagine_legali_hanno_un_titolo(nome):
    testo = render_to_string(f"conciliazione/pagine/{nome}.html", request=richiesta())
    assert testo.count("<h1>") == 1


def test_un_campo_mette_le_istruzioni_prima_e_l_errore_dopo():
    testo = campo("domanda", {})
    posti = [testo.index(cerca) for cerca in ("<label", 'id="id_domanda_helptext"', "<textarea", 'id="id_domanda_error"')]
    assert posti == sorted(posti)
    assert 'aria-describedby="id_domanda_helptext id_domanda_error"' in testo
    assert "Massimo &lt;30&gt; righe" in testo


@pytest.mark.parametrize("nome", ["settore", "aree"])
def test_un_gruppo_di_scelte_ha_una_legenda_e_un_posto_dove_arrivare(nome):
    testo = campo(nome, {})
    assert "<legend" in testo
    assert re.search(rf'<fieldset [^>]*id="id_{nome}"', testo)
    for numero in (0, 1):
        assert f'for="id_{nome}_{numero}"' in testo
        assert f'id="id_{nome}_{numero}"' in testo


def test_una_spunta_ha_la_domanda_accanto():
    assert re.search(r'<input type="checkbox"[^>]*><label for="id_vero">', campo("vero"))


@pytest.mark.parametrize(("quanti", "titolo"), [(1, "C’è una cosa da correggere"), (2, "Ci sono 2 cose da correggere")])
def test_il_riepilogo_porta_ai_campi(quanti, titolo):
    testo = render_to_string("_riepilogo_errori.html", {"errori": [("id_a", "CAP", "Servono cinque cifre.")] * quanti})
    assert titolo in testo
    assert testo.count('href="#id_a"') == quanti
    assert 'role="alert" tabindex="-1" id="riepilogo-errori"' in testo


def test_senza_errori_non_c_e_riepilogo():
    assert "alert" not in render_to_string("_riepilogo_errori.html", {"errori": []})


@pytest.mark.parametrize("nome", CSS)
def test_ogni_file_di_cui_parla_lo_stile_esiste(nome):
    """Each `url(../fonts/…)` is found among the static files, and nothing comes from another site."""
    testo = (RADICE / "static/css" / nome).read_text()
    for indirizzo in re.findall(r'url\("?([^")]+)', testo):
        if not indirizzo.startswith("data:"):
            assert indirizzo.startswith("../")
            assert finders.find(indirizzo.removeprefix("../")), indirizzo


def test_nessun_modello_porta_stile_o_codice_con_se():
    """Our CSP refuses them, in silence: the page would only look wrong."""
    vietato = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    # The template of the PDF and those of mail do not pass under the CSP.
    modelli = [m for m in (RADICE / "templates").rglob("*.html") if not {"pdf.html", "posta"} & set(m.parts)]
    assert modelli
    assert [str(m) for m in modelli if vietato.search(m.read_text())] == []
