"""How many times in a while: what one may do many times, but not forty in a minute."""

import hashlib
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone


@transaction.atomic
def passa(chiave: str, quanti: int, in_quanto: timedelta) -> bool:
    """Whether this may be done once more, and then it counts: at most `quanti` times in any stretch as long as `in_quanto`.

    `chiave` says what and who («quesito:<utente>»), in any words. Two requests at once are counted one after the other.
    """
    voce = f"limite:{hashlib.sha256(chiave.encode()).hexdigest()}"
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [voce])
    adesso = timezone.now()
    volte = [quando for quando in cache.get(voce, ()) if quando > adesso - in_quanto]
    if len(volte) >= quanti:
        return False
    cache.set(voce, [*volte, adesso], in_quanto.total_seconds())
    return True


def da_dove(request) -> str:
    """Return the address that a request comes from; behind a proxy, the one that the proxy says."""
    return get_adapter(request).get_client_ip(request)
