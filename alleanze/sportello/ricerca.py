"""Full text, in Italian, over the published questions; the same for who asks and for who reads without an account."""

import re

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

APRE, CHIUDE = "\x02", "\x03"
"""Where a found word begins and ends in `estratto`: no text of ours has them, and markup is made of them only once it is
escaped."""
LUNGA = 200
"""As much as anybody types into a search box."""
SIMILE = 3
"""Words in common: with fewer two questions are not alike."""


def cerca(quesiti: QuerySet, parole: str) -> QuerySet:
    """The questions with those words (as typed in a search engine: «…», or, -), the best first, each with its `estratto`.

    No words: all of them, the newest first, with an empty `estratto`. Show `estratto` with the filter `segnato`.
    """
    parole = parole.replace("\x00", "").strip()[:LUNGA]
    if not parole:
        return quesiti.annotate(estratto=Value("", output_field=TextField())).order_by("-pubblicato_il", "pk")
    domanda = SearchQuery(parole, config="italian", search_type="websearch")
    testo = Concat("faq_domanda", Value("\n"), "faq_risposta", output_field=TextField())
    limiti = {"start_sel": APRE, "stop_sel": CHIUDE, "max_words": 35, "min_words": 15, "max_fragments": 2}
    trovati = quesiti.filter(ricerca=domanda).annotate(rango=SearchRank(F("ricerca"), domanda))
    estratto = SearchHeadline(testo, domanda, config="italian", fragment_delimiter=" … ", **limiti)
    return trovati.annotate(estratto=estratto).order_by("-rango", "-pubblicato_il", "pk")


class InComune(Func):
    """How many words (as full text sees them) a text has in common with what is searched."""

    template = (
        "cardinality(ARRAY(SELECT unnest(tsvector_to_array(to_tsvector('italian', %(expressions)s))) "
        "INTERSECT SELECT unnest(tsvector_to_array(%(colonna)s))))"
    )
    output_field = IntegerField()


def simili(quesiti: QuerySet, testo: str, quanti: int = 3) -> QuerySet:
    """The questions most like that text: those with most words in common, and not just a few of them."""
    parole = " ".join(list(dict.fromkeys(re.findall(r"\w{3,}", testo.lower())))[:80])
    una_di_loro = SearchQuery(parole.replace(" ", " or "), config="italian", search_type="websearch")
    trovati = quesiti.filter(ricerca=una_di_loro)
    colonna = f'"{quesiti.model._meta.db_table}"."ricerca"'
    trovati = trovati.annotate(in_comune=InComune(Value(parole), colonna=colonna))
    return trovati.filter(in_comune__gte=SIMILE).order_by("-in_comune", "-pubblicato_il", "pk")[:quanti]


def segna(estratto: str) -> SafeString:
    """As markup: the text escaped, the found words marked."""
    sicuro = str(escape(estratto)).replace(APRE, "<mark>").replace(CHIUDE, "</mark>")
    return mark_safe(sicuro)  # escaped above; the two marks are ours
