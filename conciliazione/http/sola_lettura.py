"""A GET cannot write: our own pages are answered inside a read-only transaction."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from ..models import Sguardo
from .non_disponibile import NonDisponibile, in_sua_vece

NOSTRE = ("conciliazione.", "alleanze.", "progetti.", "voucher.", "rendicontazione.")


class SolaLettura:
    """Runs a GET of one of our views in a transaction that PostgreSQL itself keeps from writing.

    Views of libraries (log-in, admin) are left alone: they write by their own rules.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in ("GET", "HEAD") or not view.__module__.startswith(NOSTRE):
            return None
        # A view marked `non_atomic_requests` answers even when there is no database to begin a transaction in.
        if getattr(view, "_non_atomic_requests", None):
            return None
        try:
            with transaction.atomic():
                with connection.cursor() as cursore:
                    cursore.execute("SET TRANSACTION READ ONLY")
                risposta = view(request, *args, **kwargs)
                # Nothing to keep; a rollback also gives the access mode back to the transaction around (tests have one).
                transaction.set_rollback(True)
        except NonDisponibile as errore:
            return in_sua_vece(request, errore)
        scrivi(request)
        return risposta


# Who looked at what: a view that shows something whose looks are kept says so, and it is written once the page is made.


def annota(request, oggetto: Model) -> None:
    """Keep who saw the `oggetto` that this page shows. (A GET is answered in a transaction that cannot write.)"""
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
