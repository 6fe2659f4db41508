"""Open data: the page that tells what there is, the files, what describes them to machines."""

from django.db.models import Max
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from conciliazione.http.pubbliche import pubblica

from ..models import Progetto
from . import dati_forme, dati_schema
from .dati_insiemi import INSIEMI

FORME = {"csv": (dati_forme.in_csv, "text/csv; charset=utf-8"), "json": (dati_forme.in_json, "application/json")}
DA_OVUNQUE = {"Access-Control-Allow-Origin": "*"}
"""Pages of other sites may read the data too: there is nothing of anybody in them."""


@pubblica
def dati(request):
    contesto = {"insiemi": INSIEMI.values(), "forme": FORME, "aggiornato": _aggiornato(), "separa": dati_forme.SEPARA}
    return render(request, "progetti/pubblico/dati.html", contesto)


@pubblica
def scarica(request, insieme, forma):
    if insieme not in INSIEMI or forma not in FORME:
        raise Http404("insieme o forma inesistente")
    scrive, tipo = FORME[forma]
    risposta = StreamingHttpResponse(scrive(INSIEMI[insieme]), content_type=tipo, headers=DA_OVUNQUE)
    risposta["Content-Disposition"] = f'attachment; filename="{insieme}.{forma}"'
    return risposta


@pubblica
def schema(request):
    return _json(dati_schema.schema(), "application/schema+json")


@pubblica
def catalogo(request):
    return _json(dati_schema.catalogo(_aggiornato()), "application/ld+json")


def _json(dati: dict, tipo: str) -> JsonResponse:
    opzioni = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(dati, json_dumps_params=opzioni, content_type=tipo, headers=DA_OVUNQUE)


def _aggiornato():
    """When a public project last changed; None when there is none."""
    return Progetto.objects.pubblici().aggregate(ultimo=Max("modificato_il"))["ultimo"]
