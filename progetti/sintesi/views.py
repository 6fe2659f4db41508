"""Schede sintetiche: the list, one of them read and written, their PDF and the booklet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from conciliazione.http import sola_lettura
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.schede.canonico import impronta

from ..accesso import progetto_visibile, segna_il_prestito
from ..models import SchedaSintetica
from ..permessi import prepara
from . import accesso, opuscolo, permessi, sintesi
from .elenco import Elenco
from .forms import NuovaSintesi, Opuscolo, Referenti, Sintesi, diverse, referenti_propri


def elenco(request):
    """Show all the sheets that one sees, and the way to make a booklet of some of them."""
    if request.method == "POST":
        return _opuscolo(request)
    return _elenco(request, Elenco(request.user, request.GET), Opuscolo())


def _elenco(request, elenco: Elenco, form: Opuscolo, errore: str = ""):
    contesto = {
        "elenco": elenco,
        "form": form,
        "errore": errore,
        "puo_aprire": permessi.puo_aprire_sintesi(request.user),
    }
    return render(request, "progetti/sintesi/elenco.html", contesto, status=422 if errore or form.errors else 200)


def _opuscolo(request):
    """A booklet of the sheets that were ticked, or of all that the filters let through."""
    elenco, form = Elenco(request.user, request.POST), Opuscolo(request.POST)
    schede = elenco.trovate if "tutte" in request.POST else elenco.spuntate
    errore = "" if schede else "Spunta almeno una scheda: l'opuscolo è fatto di quelle."
    if len(schede) > opuscolo.SCHEDE_MASSIME:
        errore = f"Le schede sono {len(schede)} e in un opuscolo ne stanno {opuscolo.SCHEDE_MASSIME}: restringi la scelta."
    if errore or not form.is_valid():
        return _elenco(request, elenco, form, errore)
    return redirect("progetti:file", opuscolo.chiedi_opuscolo(schede, request.user, **form.cleaned_data).pk)


def nuova(request):
    """Open a sheet for a project that another body funds."""
    if not permessi.puo_aprire_sintesi(request.user):
        raise PermissionDenied
    form = NuovaSintesi(inviati(request), utente=request.user)
    if request.method == "POST" and form.is_valid():
        scheda = SchedaSintetica.objects.create(**form.cleaned_data)
        return redirect("progetti:sintesi_modifica", scheda.pk)
    return render(request, "progetti/sintesi/nuova.html", {"form": form}, status=422 if form.errors else 200)


def del_progetto(request, pk):
    """Show the sheet of a project: the way to it, or to begin it."""
    if request.method == "POST":
        progetto = progetto_visibile(request, pk, prepara)
        scheda, _ = SchedaSintetica.objects.get_or_create(progetto=progetto, defaults={"ente_id": progetto.capofila_id})
        return redirect("progetti:sintesi_modifica", scheda.pk)
    progetto = progetto_visibile(request, pk)
    segna_il_prestito(request, progetto)
    scheda = SchedaSintetica.objects.filter(progetto=progetto).first()
    if scheda:
        return redirect("progetti:sintesi", scheda.pk)
    contesto = {"progetto": progetto, "prepara": prepara(request.user, progetto)}
    return render(request, "progetti/sintesi/del_progetto.html", contesto)


def leggi(request, pk):
    """Show the sheet as it will be printed."""
    scheda = accesso.sintesi_visibile(request, pk)
    if scheda.progetto:
        segna_il_prestito(request, scheda.progetto)
    fonte = opuscolo.fonte_di(scheda, request.user)
    contesto = {
        "scheda": scheda,
        "composta": opuscolo.composta(scheda, fonte),
        "fonte": fonte,
        "scrive": permessi.puo_scrivere_sintesi(request.user, scheda),
    }
    return render(request, "progetti/sintesi/sintesi.html", contesto)


@solo_post("progetti:sintesi")
def chiedi_pdf(request, pk):
    scheda = accesso.sintesi_visibile(request, pk)
    if scheda.progetto:
        segna_il_prestito(request, scheda.progetto)
        sola_lettura.scrivi(request)
    return redirect("progetti:file", opuscolo.chiedi_pdf(scheda, request.user).pk)


@solo_post("progetti:sintesi")
def elimina(request, pk):
    """Throw a sheet away; the project and its scheda stay as they are."""
    scheda = accesso.sintesi_visibile(request, pk, permessi.puo_scrivere_sintesi, blocca=True)
    nome = str(scheda)
    scheda.delete()
    messages.success(request, f"La scheda sintetica «{nome}» è stata eliminata.")
    return redirect("progetti:sintesi_elenco")


def modifica(request, pk):
    """Write the sheet. What a colleague saved meanwhile is shown before it is written over."""
    scheda = accesso.sintesi_visibile(request, pk, permessi.puo_scrivere_sintesi, blocca=request.method == "POST")
    fonte = opuscolo.fonte_di(scheda, request.user)
    candidati = sintesi.candidati(fonte.contenuto) if fonte else []
    dati = inviati(request)
    pubblicabile = permessi.puo_pubblicare_sintesi(request.user, scheda)
    form = Sintesi(dati, scheda=scheda, candidati=candidati, pubblicabile=pubblicabile)
    righe = Referenti(dati, initial=referenti_propri(scheda, candidati), prefix="proprio")
    pagina = {"scheda": scheda, "fonte": fonte, "form": form, "righe": righe, "impronta": impronta(scheda.detta)}
    if request.method != "POST":
        return _pagina(request, pagina | ({"impronta": dati.get("impronta", "")} if dati else {}))
    if not (form.is_valid() and righe.is_valid()):
        return _pagina(request, pagina | {"impronta": request.POST.get("impronta", "")}, 422)
    scritta = _scritta(scheda, form, righe)
    altrui = diverse(scritta, scheda.detta) if request.POST.get("impronta") != pagina["impronta"] else []
    if altrui:
        return _pagina(request, pagina | {"altrui": altrui}, 409)
    return _salva(request, scheda, scritta)


def _scritta(scheda: SchedaSintetica, form: Sintesi, righe) -> dict:
    propri = [{c: riga.get(c, "") for c in sintesi.RECAPITI} for riga in righe.cleaned_data if riga.get("nominativo")]
    return {
        "nome": form.cleaned_data["nome"],
        "risposte": form.risposte(),
        "referenti": form.referenti_scelti() + propri,
        "pubblica": form.cleaned_data.get("pubblica", scheda.pubblica),
    }


def _salva(request, scheda: SchedaSintetica, scritta: dict):
    for campo, valore in scritta.items():
        setattr(scheda, campo, valore)
    scheda.save(update_fields=[*scritta, "modificata_il"])
    messages.success(request, "La scheda sintetica è salvata.")
    return redirect("progetti:sintesi", scheda.pk)


def _pagina(request, pagina: dict, codice: int = 200):
    form, righe, fonte = pagina["form"], pagina["righe"], pagina["fonte"]
    della_scheda = fonte.proposta if fonte else {}
    contesto = pagina | {
        "altrui": pagina.get("altrui", []),
        "scelti": form["scelti"] if "scelti" in form.fields else None,
        "pubblica": form["pubblica"] if "pubblica" in form.fields else None,
        "voci": [{"campo": form[nome], "della_scheda": della_scheda.get(_voce_di(nome), "")} for nome in form.testi],
        "errori": [(c.auto_id, c.label, e) for f in (form, *righe) for c in f for e in c.errors],
    }
    contesto["errori"] += [("", "Altri referenti", e) for e in righe.non_form_errors()]
    return render(request, "progetti/sintesi/modifica.html", contesto, status=codice)


def _voce_di(campo: str) -> str:
    """The heading that a field answers to; of the three of the duration the first tells what the scheda says."""
    return "durata" if campo == sintesi.DURATA[0] else campo
