"""Fetch and check in one call: a stranger gets 404."""

from django.shortcuts import get_object_or_404

from .models import Alleanza


def alleanza_visibile(request, pk) -> Alleanza:
    return get_object_or_404(Alleanza.objects.visibili_a(request.user).select_related("capofila", "ats"), pk=pk)
