from django.conf import settings


def portale(request) -> dict:
    """What every page shows around its own content."""
    return {
        "dimostrazione": settings.DIMOSTRAZIONE,
        "ente_gestore": settings.ENTE_GESTORE,
        "dichiarazione_accessibilita": settings.DICHIARAZIONE_ACCESSIBILITA,
        # Asked of the database only by a page that has the bell: fragments and errors have none.
        "da_leggere": lambda: request.user.notifiche.da_leggere().count(),
    }
