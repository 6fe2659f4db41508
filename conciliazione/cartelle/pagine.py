"""The pages of a shared folder, the same for whatever has one: an app says whose it is and what the reader may do there."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from ..file import allegati
from ..http import pagine
from ..http.middleware import solo_post
from ..http.parcheggio import inviati
from ..models import Documento, Revisione
from ..moduli.campi import Allegato, Giorno, Vestito
from . import documenti

AIUTO = "PDF, PDF firmato, immagini, Word, Excel, OpenDocument o testo, al massimo 10 MB, senza macro né script."


@dataclass(frozen=True)
class Cartella:
    """Whose folder it is, and what this reader may do in it. `spazio` is the namespace of the addresses."""

    oggetto: models.Model
    spazio: str
    vede: frozenset[str]
    """The visibilita of the documents that it sees; none is a 403."""
    scrive: bool = False
    dirige: bool = False
    """Also changes and removes what others put there."""

    def documenti(self):
        return Documento.objects.di(self.oggetto).filter(visibilita__in=self.vede, tolto_il=None)

    def url(self, nome: str, *altro) -> str:
        return reverse(f"{self.spazio}:{nome}", args=[self.oggetto.pk, *altro])

    def puo_cambiare(self, documento: Documento, utente) -> bool:
        return self.dirige or (self.scrive and documento.creato_da_id == utente.pk)


Apri = Callable[[HttpRequest, object], Cartella]
"""Fetches what an address names by its `pk`, checks that the person sees it, and opens its folder."""


class NuovoDocumento(Vestito):
    """A document for the folder."""

    titolo = forms.CharField(label="Titolo", max_length=200)
    genere = forms.ChoiceField(label="Tipo", choices=Documento.Genere.choices, initial=Documento.Genere.VERBALE)
    data = Giorno(label="Data del documento", initial=timezone.localdate)
    visibilita = forms.ChoiceField(label="Chi lo vede", initial=Documento.Visibilita.SOGGETTI)
    file = Allegato(label="File", ufficio=True, help_text=AIUTO)

    def __init__(self, *args, cartella: Cartella, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["visibilita"].choices = [s for s in Documento.Visibilita.choices if s[0] in cartella.vede]


class NuovaRevisione(Vestito):
    """The same document, as it is now."""

    file = Allegato(label="File", ufficio=True, help_text=AIUTO)
    nota = forms.CharField(label="Che cosa cambia", max_length=200, required=False)


def indirizzi(spazio: str, apri: Apri) -> list:
    """Return the addresses of the folders of an app, under those of what has one."""
    questa, uno = "<uuid:pk>/cartella/", "<uuid:pk>/cartella/<uuid:documento>/"
    return [
        path(questa, elenco, {"apri": apri}, name="cartella"),
        path(uno, documento, {"apri": apri}, name="documento"),
        path(f"{uno}<int:numero>/", scarica, {"apri": apri}, name="documento_scarica"),
        path(f"{uno}togli/", solo_post(f"{spazio}:cartella")(togli), {"apri": apri}, name="documento_togli"),
    ]


def elenco(request, pk, apri: Apri):
    """Show the documents, newest first, and the form to add one."""
    cartella = apri(request, pk)
    _entra(cartella)
    form = NuovoDocumento(inviati(request), request.FILES or None, cartella=cartella) if cartella.scrive else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            documento = documenti.aggiungi(cartella.oggetto, utente=request.user, **form.cleaned_data)
            messages.success(request, f"«{documento}» è nella cartella.")
            return redirect(cartella.url("cartella"))
    genere = request.GET.get("tipo", "")
    trovati = cartella.documenti()
    if genere in Documento.Genere.values:
        trovati = trovati.filter(genere=genere)
    pagina = pagine.pagina(request, _con_l_ultima(trovati))
    contesto = {"pagina": pagina, "form": form, "genere": genere, "generi": Documento.Genere.choices}
    contesto["base_pagine"] = f"?tipo={genere}&pagina="
    return _mostra(request, cartella, "conciliazione/cartelle/elenco.html", contesto, 422 if form and form.errors else 200)


def _con_l_ultima(trovati):
    ultime = Revisione.objects.filter(documento=OuterRef("pk")).order_by("-numero")
    return trovati.annotate(
        ultima=Subquery(ultime.values("numero")[:1]),
        ultima_il=Subquery(ultime.values("caricata_il")[:1]),
        grandezza=Subquery(ultime.values("grandezza")[:1]),
    )


def documento(request, pk, documento, apri: Apri):
    """Show a document with its revisions, and the form to put in a new one."""
    cartella = apri(request, pk)
    trovato = _documento(cartella, documento)
    cambia = cartella.puo_cambiare(trovato, request.user)
    form = NuovaRevisione(inviati(request), request.FILES or None) if cambia else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            nuova = documenti.revisiona(trovato, form.cleaned_data["file"], utente=request.user, nota=form.cleaned_data["nota"])
            messages.success(request, f"«{trovato}» è ora alla versione {nuova.numero}; quelle di prima restano.")
            return redirect(cartella.url("documento", documento))
    revisioni = trovato.revisioni.select_related("caricata_da").order_by("-numero")
    contesto = {"documento": trovato, "revisioni": revisioni, "form": form}
    return _mostra(request, cartella, "conciliazione/cartelle/documento.html", contesto, 422 if form and form.errors else 200)


def scarica(request, pk, documento, numero, apri: Apri):
    """Send one revision, as an attachment."""
    return allegati.scarica(get_object_or_404(_documento(apri(request, pk), documento).revisioni, numero=numero).file)


def togli(request, pk, documento, apri: Apri):
    cartella = apri(request, pk)
    trovato = _documento(cartella, documento)
    if not cartella.puo_cambiare(trovato, request.user):
        raise PermissionDenied
    documenti.togli(trovato)
    messages.success(request, f"«{trovato}» non è più nella cartella.")
    return redirect(cartella.url("cartella"))


def _entra(cartella: Cartella) -> None:
    if not cartella.vede:
        raise PermissionDenied


def _documento(cartella: Cartella, pk) -> Documento:
    """Return the document, with 404 for who does not see it."""
    _entra(cartella)
    trovato = cartella.documenti().select_related("creato_da").filter(pk=pk).first()
    if trovato is None:
        raise Http404("documento inesistente")
    return trovato


def _mostra(request, cartella: Cartella, modello: str, contesto: dict, status: int):
    urls = {"url_cartella": cartella.url("cartella"), "torna": cartella.url("dettaglio")}
    if "documento" in contesto:
        urls["url_togli"] = cartella.url("documento_togli", contesto["documento"].pk)
        for revisione in contesto["revisioni"]:
            revisione.url = cartella.url("documento_scarica", contesto["documento"].pk, revisione.numero)
    else:
        for voce in contesto["pagina"]:
            voce.url = cartella.url("documento", voce.pk)
            voce.url_scarica = cartella.url("documento_scarica", voce.pk, voce.ultima)
    comune = {"di_chi": cartella.oggetto, "scrive": cartella.scrive}
    return render(request, modello, contesto | urls | comune, status=status)
