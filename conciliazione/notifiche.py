"""Telling people: behind the bell, and by mail at once or in a daily digest, as each chose. Never the same thing twice."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import posta
from .models import Notifica, Utente


def avvisa(
    utenti: Iterable[Utente], *, chiave: str, testo: str, url: str = "", scade_il: datetime | None = None
) -> list[Notifica]:
    """Tell these people; who was told of `chiave` already is not told again. Returns what is new.

    `chiave` names the fact («quesito:<id>:assegnato»), `testo` says it in one sentence, `url` is the page (a path).
    """
    nuove = [
        Notifica(utente=u, chiave=chiave, testo=testo, url=url, scade_il=scade_il, per_posta=u.notifiche_per_posta)
        for u in {u.pk: u for u in utenti if u.is_active}.values()
    ]
    with transaction.atomic():
        gia = set(Notifica.objects.filter(chiave=chiave, utente__in=[n.utente for n in nuove]).values_list("utente", flat=True))
        scritte = [n for n in nuove if n.utente_id not in gia and _scrivi(n)]
        for notifica in scritte:
            if notifica.per_posta == Notifica.Posta.SUBITO:
                _spedisci(notifica)
    return scritte


def _scrivi(notifica: Notifica) -> bool:
    """Whether it is new: two workers may be telling the same thing, and the database lets one of them."""
    _, nuova = Notifica.objects.get_or_create(
        utente=notifica.utente,
        chiave=notifica.chiave,
        defaults={c: getattr(notifica, c) for c in ("testo", "url", "scade_il", "per_posta")},
    )
    return nuova


def _spedisci(notifica: Notifica) -> None:
    contesto = {"notifica": notifica, "portale": settings.INDIRIZZO_PUBBLICO}
    posta.invia("notifica", [notifica.utente.email], contesto)
    Notifica.objects.filter(utente=notifica.utente, chiave=notifica.chiave).update(spedita_il=timezone.now())
