"""The kinds of the files that are made: of each, how it is made, who may have it, and the page that it belongs to.

`FileGenerato.argomento` says which kind a file is and what it is about. The kernel, which has the job that makes a file and
the page where one waits for it, knows no kind: each feature adds its own when its app is ready (`AppConfig.ready`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ..models import FileGenerato


@dataclass(frozen=True)
class Posto:
    """What a file is called on its page, and the ways back: `url` with its words, `percorso` from the top of the portal."""

    nome: str
    url: str
    torna: str
    percorso: list[tuple[str, str]]
    sottotitolo: str = ""


@dataclass(frozen=True)
class Genere:
    nome: str
    produci: Callable[[FileGenerato], bytes]
    """The bytes, from what the request kept."""
    posto: Callable[[HttpRequest, FileGenerato], Posto] | None = None
    """Fetch and check: the place of the file, for who may have it; raises Http404 or PermissionDenied for others.
    None: the file is another page's own, and has none by itself."""
    avvisi: Callable[[FileGenerato], list[str]] = lambda file: []
    """What there is to say of one that is ready."""


GENERI: dict[str, Genere] = {}


def aggiungi(*generi: Genere) -> None:
    GENERI.update({genere.nome: genere for genere in generi})


def produci(pk: int) -> bytes:
    file = FileGenerato.objects.get(pk=pk)
    return GENERI[file.genere].produci(file)


def visibile(request, pk) -> tuple[FileGenerato, Posto]:
    """Return a file and its place, if the person may have it."""
    file = get_object_or_404(FileGenerato, pk=pk)
    genere = GENERI.get(file.genere)
    if genere is None or genere.posto is None:
        raise Http404("file di genere sconosciuto")
    return file, genere.posto(request, file)
