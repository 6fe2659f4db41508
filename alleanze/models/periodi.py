"""From when to when something holds: the same condition wherever a row has `dal` and `al`."""

from django.db.models import Q
from django.utils import timezone


def in_corso(prefisso: str = "") -> Q:
    """Return the condition «is in force today»; `prefisso` is the path to the row, with its underscores."""
    oggi = timezone.localdate()
    return Q(**{f"{prefisso}dal__lte": oggi}) & (Q(**{f"{prefisso}al": None}) | Q(**{f"{prefisso}al__gte": oggi}))
