"""What the pages of the sportello and of the frequent questions need."""

from django import template
from django.utils.safestring import SafeString

from ..sportello.ricerca import segna

register = template.Library()


@register.filter
def segnato(estratto: str) -> SafeString:
    """An `estratto` of `ricerca.cerca`, with the found words marked."""
    return segna(estratto)
