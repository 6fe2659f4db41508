"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from . import permessi
from .models import Alleanza


def alleanza_visibile(request, pk) -> Alleanza:
    return get_object_or_404(Alleanza.objects.visibili_a(request.user).select_related("capofila", "ats"), pk=pk)


def alleanza_gestibile(request, pk, *, blocca: bool = False) -> Alleanza:
    """One whose list the person keeps; `blocca` locks its row until commit. The administrator keeps those of all."""
    alleanze = Alleanza.objects.all() if request.user.is_superuser else Alleanza.objects.visibili_a(request.user)
    if blocca:
        alleanze = alleanze.select_for_update(of=("self",), no_key=True)
    alleanza = get_object_or_404(alleanze.select_related("capofila", "ats"), pk=pk)
    if not permessi.puo_gestire(request.user, alleanza):
        raise PermissionDenied
    return alleanza
