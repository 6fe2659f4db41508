"""A long list is read a page at a time: `?pagina=2` of its address. What is no page of it is the first or the last."""

from django.core.paginator import Page, Paginator

PER_PAGINA = 25


def pagina(request, righe, quante: int = PER_PAGINA) -> Page:
    """Return the rows (a QuerySet in an order of its own, or a list) of the page that the address asks for; `_pagine.html`
    shows the way to the others.
    """
    return Paginator(righe, quante).get_page(request.GET.get("pagina"))
