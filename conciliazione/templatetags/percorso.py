"""The frames that pages share: the way that leads there, the title, a table, an empty list. No `{% load %}` is needed.

`{% percorso %}{% passo "Avvisi" "progetti:avvisi" %}{% passo avviso "progetti:avviso" avviso.pk %}{% passo "Modifica" %}…`
`{% titolo_pagina %}{{ ente }}{% sottotitolo %}{{ ente.tipologia }}{% pulsanti %}<a class="btn" …>{% endtitolo_pagina %}`
`{% scorrevole "Persone di" ente %}<table class="tabella">…</table>{% endscorrevole %}`
"""

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_block_tag
def percorso(content: str):
    """Around the steps, up to `{% endpercorso %}`."""
    return format_html('<nav class="percorso" aria-label="Percorso di navigazione"><ol>{}</ol></nav>', content)


@register.simple_tag
def passo(titolo: object, dove: str = "", *argomenti):
    """Write a page that leads here: its title, its address by name or in full. Without one, it is this page."""
    if not dove:
        return format_html('<li><span aria-current="page">{}</span></li>', titolo)
    url = dove if dove.startswith("/") else reverse(dove, args=argomenti)
    return format_html('<li><a href="{}">{}</a></li>', url, titolo)


@register.simple_tag(takes_context=True)
def se_da_correggere(context) -> str:
    """Write «Da correggere: » before the title of a page that came back with errors: it is what a screen reader says first."""
    nomi = context.flatten()
    # By type: of what is lazy (the token of the forms, the person) nothing is to be asked here.
    moduli = [v for v in nomi.values() if issubclass(type(v), BaseForm | BaseFormSet) and v.is_bound]
    sbagliati = any(getattr(m, "total_error_count", lambda m=m: len(m.errors))() for m in moduli)
    return "Da correggere: " if nomi.get("errori") or nomi.get("altrui") or sbagliati else ""


PARTI = ("sottotitolo", "sotto", "pulsanti")


@register.tag
def titolo_pagina(parser, token):
    """Write the title, then the parts that the page has, in this order: `sottotitolo`, `sotto` (state, notes), `pulsanti`."""
    parti, nome = {}, "titolo"
    while nome != "endtitolo_pagina":
        seguono = PARTI[PARTI.index(nome) + 1 :] if nome in PARTI else PARTI
        parti[nome] = parser.parse((*seguono, "endtitolo_pagina"))
        nome = parser.next_token().contents
    return TitoloPagina(parti)


class TitoloPagina(template.Node):
    """A part that comes out blank leaves no empty element behind."""

    def __init__(self, parti: dict[str, template.NodeList]):
        self.parti = parti
        self.nodelist = template.NodeList(nodo for parte in parti.values() for nodo in parte)

    def render(self, context) -> str:
        scritte = {nome: parte.render(context).strip() for nome, parte in self.parti.items()}
        sotto = f'<p class="sottotitolo">{scritte["sottotitolo"]}</p>' if scritte.get("sottotitolo") else ""
        pulsanti = f'<div class="pulsanti">{scritte["pulsanti"]}</div>' if scritte.get("pulsanti") else ""
        detto = f"<div><h1>{scritte['titolo']}</h1>{sotto}{scritte.get('sotto', '')}</div>"
        return f'<div class="titolo-pagina">{detto}{pulsanti}</div>'


@register.simple_block_tag
def scorrevole(content: str, *nome: object):
    """Around a table that may be wider than the screen, under the name that a screen reader says: its words, put together."""
    detto = " ".join(str(parola) for parola in nome if parola)
    return format_html('<div class="tabella-scorrevole" role="region" tabindex="0" aria-label="{}">{}</div>', detto, content)


@register.simple_block_tag
def vuoto(content: str, titolo: str, azione_url: str = "", azione_testo: str = ""):
    """Around the words of an empty list, up to `{% endvuoto %}`: `{% vuoto "Nessun ente" indirizzo "Registra un ente" %}`."""
    testo = mark_safe(content.strip())  # written by a template, which escaped what it had to
    detto = {"titolo": titolo, "testo": testo, "azione_url": azione_url, "azione_testo": azione_testo}
    return render_to_string("_vuoto.html", detto)
