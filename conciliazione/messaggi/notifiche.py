"""Telling people: behind the bell, and by mail at once or in a daily digest, as each chose. Never the same thing twice."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Notifica, Utente
from . import posta

TESTO_MASSIMO = Notifica._meta.get_field("testo").max_length


def avvisa(
    utenti: Iterable[Utente],
    *,
    chiave: str,
    testo: str,
    url: str = "",
    scade_il: datetime | None = None,
    lettera: tuple[str, dict] | None = None,
) -> list[Notifica]:
    """Tell these people; who was told of `chiave` already is not told again. Returns what is new.

    `chiave` names the fact («quesito:<id>:assegnato»), `testo` says it in one sentence, `url` is the page (a path).
    `lettera` is the mail of who wants it at once, where one sentence is not enough: a name and a context, for `posta`.
    """
    # The titles of a project and of its enti may together be longer than a sentence is.
    testo = testo if len(testo) <= TESTO_MASSIMO else testo[: TESTO_MASSIMO - 1] + "…"
    nuove = [
        Notifica(utente=u, chiave=chiave, testo=testo, url=url, scade_il=scade_il, per_posta=u.notifiche_per_posta)
        for u in {u.pk: u for u in utenti if u.is_active}.values()
    ]
    with transaction.atomic():
        gia = set(Notifica.objects.filter(chiave=chiave, utente__in=[n.utente for n in nuove]).values_list("utente", flat=True))
        scritte = [n for n in nuove if n.utente_id not in gia and _scrivi(n)]
        for notifica in scritte:
            if notifica.per_posta == Notifica.Posta.SUBITO:
                _spedisci(notifica, lettera)
    return scritte


def _scrivi(notifica: Notifica) -> bool:
    """Whether it is new: two workers may be telling the same thing, and the database lets one of them."""
    _, nuova = Notifica.objects.get_or_create(
        utente=notifica.utente,
        chiave=notifica.chiave,
        defaults={c: getattr(notifica, c) for c in ("testo", "url", "scade_il", "per_posta")},
    )
    return nuova


def _spedisci(notifica: Notifica, lettera: tuple[str, dict] | None) -> None:
    contesto = {"notifica": notifica, "portale": settings.INDIRIZZO_PUBBLICO}
    if lettera:
        posta.invia(lettera[0], [notifica.utente.email], lettera[1] | contesto)
    else:
        posta.invia("notifica", [notifica.utente.email], contesto)
    Notifica.objects.filter(utente=notifica.utente, chiave=notifica.chiave).update(spedita_il=timezone.now())


def riassumi(adesso: datetime) -> int:
    """Send the daily mail of who asked for one: what is still to be read and was never mailed. Returns how many mails.

    Each person is a transaction of its own: killed between two of them, it goes on from the next when it runs again.
    """
    in_attesa = Notifica.objects.da_riassumere().filter(creata_il__lte=adesso, utente__is_active=True)
    persone = in_attesa.exclude(utente__notifiche_per_posta=Notifica.Posta.MAI).order_by("utente")
    return sum(_riassumi(utente, adesso) for utente in persone.values_list("utente", flat=True).distinct())


@transaction.atomic
def _riassumi(utente: int, adesso: datetime) -> bool:
    """The rows are locked and then looked at again: who came second finds them mailed, and has nothing to say."""
    proprie = Notifica.objects.da_riassumere().filter(utente=utente, creata_il__lte=adesso)
    notifiche = list(proprie.select_for_update(of=("self",)).select_related("utente"))
    if not notifiche:
        return False
    contesto = {
        "adesso": adesso,
        "quante": len(notifiche),
        "con_scadenza": sorted((n for n in notifiche if n.scade_il), key=lambda n: n.scade_il),
        "altre": [n for n in notifiche if not n.scade_il],
        "portale": settings.INDIRIZZO_PUBBLICO,
    }
    posta.invia("riepilogo", [notifiche[0].utente.email], contesto)
    Notifica.objects.filter(pk__in=[n.pk for n in notifiche]).update(spedita_il=adesso)
    return True
