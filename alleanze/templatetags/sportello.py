"""What the pages of the sportello and of the frequent questions need."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..sportello.orologio import momento
from ..sportello.ricerca import APRE, CHIUDE

register = template.Library()
register.filter("momento", momento)


@register.filter
def segnato(estratto: str) -> SafeString:
    """Return an `estratto` of `sportello.ricerca.cerca` as markup: the text escaped, the found words marked."""
    sicuro = str(escape(estratto)).replace(APRE, "<mark>").replace(CHIUDE, "</mark>")
    return mark_safe(sicuro)  # escaped above; the two marks are ours
