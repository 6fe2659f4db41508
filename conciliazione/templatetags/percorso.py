"""The way that leads to a page, and what it says when it has nothing to show. Built into every template: no `{% load %}`.

`{% percorso %}{% passo "Avvisi" "progetti:avvisi" %}{% passo avviso "progetti:avviso" avviso.pk %}{% passo "Modifica" %}…`
"""

from django import template
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
    """A page that leads here: its title, the name of its address (or the address itself). Without one, it is this page."""
    if not dove:
        return format_html('<li><span aria-current="page">{}</span></li>', titolo)
    url = dove if dove.startswith("/") else reverse(dove, args=argomenti)
    return format_html('<li><a href="{}">{}</a></li>', url, titolo)


@register.simple_block_tag
def vuoto(content: str, titolo: str, azione_url: str = "", azione_testo: str = ""):
    """Around the words of an empty list, up to `{% endvuoto %}`: `{% vuoto "Nessun ente" indirizzo "Registra un ente" %}`."""
    testo = mark_safe(content.strip())  # written by a template, which escaped what it had to
    detto = {"titolo": titolo, "testo": testo, "azione_url": azione_url, "azione_testo": azione_testo}
    return render_to_string("_vuoto.html", detto)
