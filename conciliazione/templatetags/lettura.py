"""For the templates that read a scheda: what the reading itself answers."""

from django import template

from ..schede import lettura

register = template.Library()
register.filter(lettura.modelli)
register.filter(lettura.che_completa)
register.filter(lettura.senza_completamenti)
