"""Who looked at what: a view that shows something whose looks are kept says so, and it is written once the page is made."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import Sguardo


def annota(request, oggetto: Model) -> None:
    """This page shows `oggetto`: keep who saw it. (A GET is answered in a transaction that cannot write.)"""
    if not hasattr(request, "sguardi"):
        request.sguardi = []
    request.sguardi.append(oggetto)


def scrivi(request) -> None:
    visti = getattr(request, "sguardi", ())
    if visti and request.user.is_authenticated:
        Sguardo.objects.bulk_create(
            Sguardo(
                tipo=ContentType.objects.get_for_model(oggetto),
                oggetto_id=str(oggetto.pk),
                utente=request.user,
                pagina=request.path[:300],
            )
            for oggetto in visti
        )
