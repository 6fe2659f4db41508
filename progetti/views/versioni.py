from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST

from conciliazione import lavori, word
from conciliazione.models import FileGenerato

from .. import accesso, opuscolo, permessi, regole, versioni
from ..edizioni import EDIZIONI
from ..fascicolo.accesso import file_della_carta
from ..pagina import TONI_GRAVITA

FORMATI = {".pdf": ("PDF", "application/pdf"), ".docx": ("documento Word", word.TIPO)}
"""What a file is, for who waits for it and for the browser."""


@login_required
def versione(request, pk):
    """A frozen version as a page, as it was labelled on the day it was filed."""
    versione = accesso.versione_visibile(request, pk)
    nascondi = permessi.nasconde(request.user, versione.progetto)
    nascosti = permessi.oscura(versione.lettura, nascondi)
    contesto = {
        "progetto": versione.progetto,
        "versione": versione,
        "presentazione": versione.domanda,
        "lettura": versione.lettura,
        "segnalazioni": [s | {"tono": TONI_GRAVITA[s["gravita"]]} for s in permessi.tace(versione.segnalazioni, nascosti)],
        "verifiche": _limiti(versione),
        "puo_esportare": permessi.puo_esportare(request.user, versione.progetto),
    }
    return render(request, "progetti/versione.html", contesto)


def _limiti(versione) -> list[tuple]:
    """The limits of the avviso on the frozen figures, each with the place of the page where those are."""
    edizione = EDIZIONI.get(versione.edizione)
    trovate = regole.verifiche(edizione, versione.contenuto) if edizione else []
    return [(v, f"#{edizione.blocco(v.luogo.blocco).id}") for v in trovate]


@login_required
@require_POST
def chiedi_pdf(request, pk):
    versione = accesso.versione_visibile(request, pk, permessi.puo_esportare)
    return redirect("progetti:file", versioni.chiedi_pdf(versione, request.user).pk)


@login_required
@require_POST
def chiedi_anteprima(request, pk):
    """The PDF of the draft as it is now, at any time and however incomplete."""
    progetto = accesso.progetto_visibile(request, pk, permessi.e_capofila)
    return redirect("progetti:file", versioni.chiedi_anteprima(progetto, request.user).pk)


@login_required
def file(request, pk):
    """How far a requested file is; asks by itself until it is ready or failed."""
    file = accesso.file_visibile(request, pk)
    if request.htmx and request.GET.get("visto") == file.fase:
        return HttpResponse(status=204)  # nothing new to draw, nor to read aloud
    modello = "progetti/_file.html" if request.htmx else "progetti/file.html"
    contesto = {"file": file, "formato": _formato(file)[0], "di": _di_che(request, file), "righe_di_troppo": _troppe(file)}
    risposta = render(request, modello, contesto)
    if request.htmx and (file.pronto or file.fallito):
        risposta.status_code = 286  # htmx: this is the last answer, stop asking
    return risposta


def _formato(file: FileGenerato) -> tuple[str, str]:
    return FORMATI[file.nome[file.nome.rindex(".") :]]


def _troppe(file: FileGenerato) -> list[str]:
    """What of a file that is ready is longer than it may be."""
    if not file.pronto:
        return []
    return opuscolo.troppo_lunghe(file) if file.argomento.startswith("sintesi:") else versioni.righe_di_troppo(file)


def _di_che(request, file: FileGenerato) -> dict:
    """What a file is about, and the way back to it."""
    genere, _, di_che = file.argomento.partition(":")
    if genere == "sintesi":
        return _di_sintesi(file, di_che)
    if genere in ("fascicolo", "da_firmare"):
        return _di_fascicolo(request, genere, di_che)
    if genere == "versione":
        progetto = accesso.versione_visibile(request, di_che).progetto
    else:
        progetto = accesso.progetto_visibile(request, di_che)
    url = reverse("progetti:dettaglio", args=[progetto.pk])
    return {"nome": str(progetto), "url": url, "torna": "Torna al progetto", "dove": "Progetti", "elenco": _PROGETTI}


_PROGETTI, _SINTESI = reverse_lazy("progetti:elenco"), reverse_lazy("progetti:sintesi_elenco")


def _di_fascicolo(request, genere: str, di_che: str) -> dict:
    if genere == "da_firmare":
        carta = file_della_carta(request, di_che)
        progetto = carta.partecipazione.progetto
        nome = f"{carta.get_genere_display()}: {carta.partecipazione}"
        di = {"nome": nome, "url": reverse("progetti:carta_da_firmare", args=[progetto.pk, carta.pk])}
        di["torna"] = "Torna al documento, dove lo si riconsegna firmato"
    else:
        progetto = accesso.progetto_visibile(request, di_che)
        di = {"nome": f"Documenti da firmare di «{progetto}»", "url": reverse("progetti:fascicolo", args=[di_che])}
        di["torna"] = "Torna ai documenti da firmare"
    return di | {"dove": str(progetto), "elenco": reverse("progetti:dettaglio", args=[progetto.pk])}


def _di_sintesi(file: FileGenerato, di_che: str) -> dict:
    copertina = file.dati["copertina"]
    if copertina:
        di = {"nome": copertina["titolo"], "url": _SINTESI, "torna": "Torna alle schede sintetiche"}
    else:
        url = reverse("progetti:sintesi", args=[di_che])
        di = {"nome": file.dati["schede"][0]["nome"], "url": url, "torna": "Torna alla scheda sintetica"}
    return di | {"dove": "Schede sintetiche", "elenco": _SINTESI}


@login_required
def scarica(request, pk):
    file = accesso.file_visibile(request, pk)
    if not file.pronto:
        raise Http404("il file non è ancora pronto")
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.nome, content_type=_formato(file)[1])


@login_required
@require_POST
def riprova(request, pk):
    """Ask again for a file that failed."""
    file = accesso.file_visibile(request, pk)
    if file.fallito:
        lavori.ritenta(file)
    return redirect("progetti:file", pk)
