"""The register of the enti: the list, the page of one, its data, its addresses, a new one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect, render

from conciliazione.http import pagine
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.italiano.parole import per_nome
from conciliazione.moduli.contesi import riepilogo
from conciliazione.passaggi import racconta

from .. import accesso, agganci, permessi
from ..dimensione import conto
from ..models import Alleanza, Carica, Ente, Sede
from ..persone.permessi import vede_le_persone
from . import registro
from .forms import DatiEnte, DatiSede, NuovoEnte


def elenco(request):
    """Show the enti that the person acts for, and those of its alliances; found by name, other name or code."""
    parole = request.GET.get("q", "").strip()[:100]
    enti = Ente.objects.visibili_a(request.user)
    if parole:
        enti = enti.trovati(parole)
    pagina = pagine.pagina(request, enti.per_elenco())
    miei = permessi.enti_di(request.user)
    contesto = {
        "pagina": pagina,
        "righe": [(ente, ente.pk in miei) for ente in pagina],
        "parole": parole,
        "base": f"?{urlencode({'q': parole})}&pagina=" if parole else "?pagina=",
        "puo_registrare": registro.puo_registrare_enti(request.user),
    }
    return render(request, "alleanze/enti/elenco.html", contesto)


def ente(request, pk):
    """Show all that the register says of an ente; what is personal only to its own people."""
    ente = accesso.ente_visibile(request, pk)
    adesioni = ente.adesioni.filter(alleanza__in=Alleanza.objects.visibili_a(request.user)).select_related("alleanza")
    contesto = {
        "ente": ente,
        "scrive": permessi.puo_scrivere_ente(request.user, ente),
        "agisce": vede_le_persone(request.user, ente),
        "dichiara": permessi.puo_dichiarare_dimensione(request.user, ente),
        "relazioni": _relazioni(ente, request.user),
        "sedi": list(ente.sedi.order_by("tipo", "pk")),
        "adesioni": adesioni.order_by(per_nome("alleanza__nome"), "pk"),
        "dichiarazioni": _dichiarazioni(ente),
        "riquadri": agganci.riquadri(ente, request.user),
        "passaggi": racconta(ente)[::-1],
        **_cariche(ente),
    }
    return render(request, "alleanze/enti/ente.html", contesto)


def _cariche(ente: Ente) -> dict:
    """Return the cariche in office (or yet to come) and the past ones, each kind in its order, the newest first."""
    tipi = list(Carica.Tipo.values)
    tutte = ente.cariche.select_related("persona").order_by("-dal", "-pk")
    cariche = sorted(tutte, key=lambda c: tipi.index(c.tipo))
    passate = [c for c in cariche if c.passata]
    return {"cariche": [c for c in cariche if not c.passata], "cariche_passate": passate, "tipi_di_carica": Carica.Tipo.choices}


def _relazioni(ente: Ente, utente) -> list[tuple[str, list[tuple[Ente, bool]]]]:
    """Both ways; of each other ente, whether the person may open its page."""
    legati = Ente.objects.filter(
        Q(articolazione_di=ente) | Q(succede_a=ente) | Q(rappresenta=ente) | Q(pk__in=ente.rappresenta.values("pk"))
    )
    legati = list(legati.distinct().order_by("denominazione", "pk").prefetch_related("rappresenta"))
    rappresentati = {r.pk for r in ente.rappresenta.all()}
    gruppi = {
        "Articolazione di": [ente.articolazione_di] if ente.articolazione_di else [],
        "Sue articolazioni": [e for e in legati if e.articolazione_di_id == ente.pk],
        "Succede a": [ente.succede_a] if ente.succede_a else [],
        "Gli è succeduto": [e for e in legati if e.succede_a_id == ente.pk],
        "Rappresenta": [e for e in legati if e.pk in rappresentati],
        "Rappresentato da": [e for e in legati if ente in e.rappresenta.all()],
    }
    pk = [e.pk for gruppo in gruppi.values() for e in gruppo]
    visibili = set(Ente.objects.visibili_a(utente).filter(pk__in=pk).values_list("pk", flat=True)) if pk else set()
    return [(nome, [(e, e.pk in visibili) for e in gruppo]) for nome, gruppo in gruppi.items() if gruppo]


def _dichiarazioni(ente: Ente) -> list:
    """The newest first, each with its working."""
    fatte = ente.dichiarazioni_dimensione.select_related("dichiarata_da").prefetch_related("legate")
    return [(fatta, conto.conto_di(fatta)) for fatta in fatte.order_by("-del_giorno", "-pk")]


@transaction.atomic
def modifica(request, pk):
    """Change what an ente says of itself; what a colleague saved meanwhile is not written over."""
    ente = accesso.ente_proprio(request, pk, blocca=request.method == "POST")
    nome = str(ente)
    form = DatiEnte(inviati(request), oggetto=ente, utente=request.user)
    if request.method == "POST" and form.is_valid() and form.salva():
        messages.success(request, "I dati dell'ente sono salvati.")
        return redirect("alleanze:ente", pk)
    contesto = {"ente": ente, "nome": nome, "form": form, "errori": riepilogo(form)} | _doppio(form, request.user)
    return render(request, "alleanze/enti/modifica.html", contesto, status=codice_di(form))


def codice_di(form) -> int:
    return 409 if form.conflitti else 422 if form.errors else 200


def _doppio(form: DatiEnte, utente) -> dict:
    """The ente that is there already, with whether its page may be opened."""
    visibili = Ente.objects.visibili_a(utente)
    return {"doppio": form.doppio, "doppio_si_apre": bool(form.doppio) and visibili.filter(pk=form.doppio.pk).exists()}


@transaction.atomic
def nuovo(request):
    """Enter an ente in the register; one that is there already is offered, and not doubled."""
    if not registro.puo_registrare_enti(request.user):
        raise PermissionDenied
    form = NuovoEnte(inviati(request), utente=request.user)
    if request.method == "POST" and form.is_valid() and form.salva():
        registro.registra(form.oggetto, request.user, form.entra_in)
        messages.success(request, f"{form.oggetto} è registrato.")
        return redirect("alleanze:ente", form.oggetto.pk)
    if form.doppio and "usa" in request.POST and form.entra_in:
        registro.fa_entrare(form.doppio, form.entra_in)
        messages.success(request, f"{form.doppio} fa parte dell'alleanza.")
        return redirect("alleanze:ente", form.doppio.pk)
    contesto = {
        "form": form,
        "errori": riepilogo(form),
        "omonimi": form.omonimi,
        "alleanza_scelta": form.entra_in if form.doppio else None,
    } | _doppio(form, request.user)
    return render(request, "alleanze/enti/nuovo.html", contesto, status=codice_di(form))


# The addresses of an ente.


@transaction.atomic
def sede_nuova(request, pk):
    ente = accesso.ente_proprio(request, pk, blocca=request.method == "POST")
    return _pagina_della_sede(request, Sede(ente=ente))


@transaction.atomic
def sede_modifica(request, pk, sede):
    return _pagina_della_sede(request, accesso.sede_propria(request, pk, sede))


@solo_post("alleanze:ente")
@transaction.atomic
def sede_elimina(request, pk, sede):
    """Take an address away; the projects that copied it keep their copy."""
    accesso.sede_propria(request, pk, sede).delete()
    messages.success(request, "La sede è eliminata.")
    return redirect("alleanze:ente", pk)


def _pagina_della_sede(request, sede: Sede):
    form = DatiSede(inviati(request), oggetto=sede)
    if request.method == "POST" and form.is_valid() and form.salva():
        messages.success(request, "La sede è salvata.")
        return redirect("alleanze:ente", sede.ente_id)
    contesto = {"ente": sede.ente, "sede": sede, "form": form, "errori": riepilogo(form)}
    return render(request, "alleanze/enti/sede.html", contesto, status=codice_di(form))
