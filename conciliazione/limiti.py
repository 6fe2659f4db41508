"""How many times in a while: what one may do many times, but not forty in a minute."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone


@transaction.atomic
def passa(chiave: str, quanti: int, in_quanto: timedelta) -> bool:
    """Whether this may be done once more, and then it counts: at most `quanti` times in any stretch as long as `in_quanto`.

    `chiave` says what and who («quesito:<utente>»). Two requests at once are counted one after the other.
    """
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"limite:{chiave}"])
    adesso = timezone.now()
    volte = [quando for quando in cache.get(f"limite:{chiave}", ()) if quando > adesso - in_quanto]
    if len(volte) >= quanti:
        return False
    cache.set(f"limite:{chiave}", [*volte, adesso], in_quanto.total_seconds())
    return True
