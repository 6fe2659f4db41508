"""The way that leads to a page, written by one tag."""

from django.template import Context, Template
from django.urls import reverse


def percorso(passi: str, **contesto) -> str:
    return Template(f"{{% percorso %}}{passi}{{% endpercorso %}}").render(Context(contesto))


def test_ogni_passo_porta_alla_sua_pagina_e_l_ultimo_e_questa():
    html = percorso('{% passo "Progetti" "progetti:elenco" %}{% passo "Qui" %}')
    assert html == (
        '<nav class="percorso" aria-label="Percorso di navigazione"><ol>'
        f'<li><a href="{reverse("progetti:elenco")}">Progetti</a></li>'
        '<li><span aria-current="page">Qui</span></li></ol></nav>'
    )


def test_un_passo_puo_avere_gia_il_suo_indirizzo():
    html = percorso('{% passo "Cartella" torna %}', torna="/cartella/?a=1&b=2")
    assert '<a href="/cartella/?a=1&amp;b=2">Cartella</a>' in html


def test_un_titolo_non_porta_html():
    assert "<b>" not in percorso("{% passo titolo %}{% passo titolo torna %}", titolo="<b>", torna="/<b>")


def test_un_elenco_vuoto_dice_che_cosa_ci_sara_e_porta_dove_si_comincia():
    modello = '{% vuoto "Nessun ente" torna "Registra un ente" %}\n  Qui, {{ chi }}.\n{% endvuoto %}'
    html = Template(modello).render(Context({"torna": "/a?b&c", "chi": "<b>"}))
    assert '<p class="vuoto-titolo">Nessun ente</p>' in html
    assert "<p>Qui, &lt;b&gt;.</p>" in html
    assert 'href="/a?b&amp;c">Registra un ente</a>' in html


def test_un_elenco_vuoto_puo_non_portare_a_niente():
    assert "href" not in Template('{% vuoto "Nessun ente" %}Qui.{% endvuoto %}').render(Context())
