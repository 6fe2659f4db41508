"""The frames that pages share, each written by one tag."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
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


def titolo(parti: str, **contesto) -> str:
    return Template(f"{{% titolo_pagina %}}{parti}{{% endtitolo_pagina %}}").render(Context(contesto))


def test_il_titolo_di_una_pagina_porta_sottotitolo_note_e_pulsanti():
    html = titolo("\n Enti {% sottotitolo %}Tutti{% sotto %}<p>bozza</p>{% pulsanti %}\n <a>Nuovo</a>\n")
    assert html == (
        '<div class="titolo-pagina"><div><h1>Enti</h1><p class="sottotitolo">Tutti</p><p>bozza</p></div>'
        '<div class="pulsanti"><a>Nuovo</a></div></div>'
    )


def test_una_parte_del_titolo_che_resta_vuota_non_si_scrive():
    html = titolo(
        "{{ ente }}{% sottotitolo %}{% if no %}x{% endif %}{% pulsanti %} {% if no %}<a>y</a>{% endif %} ", ente="<b>"
    )
    assert html == '<div class="titolo-pagina"><div><h1>&lt;b&gt;</h1></div></div>'


def test_le_parti_del_titolo_hanno_un_ordine():
    with pytest.raises(TemplateSyntaxError):
        titolo("Enti{% pulsanti %}<a>Nuovo</a>{% sottotitolo %}Tutti")


def test_una_tabella_scorre_sotto_il_suo_nome():
    html = Template('{% scorrevole "Persone di" ente %}<table></table>{% endscorrevole %}').render(Context({"ente": "<b>"}))
    assert html == (
        '<div class="tabella-scorrevole" role="region" tabindex="0" aria-label="Persone di &lt;b&gt;"><table></table></div>'
    )
