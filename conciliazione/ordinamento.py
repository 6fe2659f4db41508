"""One order for the names that people read, on every PostgreSQL: accents and capitals do not count."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F
from django.db.models.functions import Collate, Lower


def per_nome(campo: str):
    """An expression for `order_by`: «Àlea» stands beside «alea», whatever the collation of the database."""
    return Collate(Lower(Unaccent(F(campo))), "C")
