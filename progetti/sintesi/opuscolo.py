"""Schede sintetiche put together with their projects, and printed: one by itself, or many in a booklet with its index."""

import io
import itertools
from dataclasses import dataclass
from pathlib import Path

from conciliazione.file import lavori
from conciliazione.models import FileGenerato
from conciliazione.schede.canonico import impronta
from conciliazione.schede.carta import Carta
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.lettura import leggi

from .. import permessi
from ..contenuto import contenuti
from ..edizioni import EDIZIONI
from ..models import Progetto, SchedaSintetica, Versione
from . import sintesi

PAGINE_MASSIME = 2
SCHEDE_MASSIME = 150
"""In one booklet: the job that makes it has four minutes."""
CARTA = Carta(("progetti/sintesi/pdf.html", "progetti/sintesi/_scheda.html"), (Path(__file__),), "sintesi.css")


@dataclass(frozen=True)
class Fonte:
    """What a project says: its newest version (with its number) or, for who reads it, the live scheda."""

    contenuto: Contenuto
    lettura: dict
    versione: int | None = None

    @property
    def proposta(self) -> dict[str, str]:
        return sintesi.proposta(self.contenuto, self.lettura)


def fonti(progetti: list[Progetto], utente) -> dict:
    """Return the source of each, by project; none for one that filed nothing and whose scheda this person does not read, or
    nobody can.
    """
    versioni = Versione.objects.filter(progetto__in=progetti).order_by("progetto", "-numero").distinct("progetto")
    trovate = {v.progetto_id: Fonte(v.contenuto, v.lettura, v.numero) for v in versioni}
    senza = [p for p in progetti if p.pk not in trovate]
    if not senza:
        return trovate
    permessi.ricorda_partecipazioni(utente, senza)
    vivi = [p for p in senza if p.edizione in EDIZIONI and permessi.puo_leggere_la_scheda(utente, p)]
    scritti = contenuti(vivi) if vivi else {}
    return trovate | {p.pk: _viva(p, scritti[p.pk], utente) for p in vivi}


def _viva(progetto: Progetto, contenuto: Contenuto, utente) -> Fonte:
    nascondi = permessi.nasconde(utente, progetto)
    return Fonte(contenuto, leggi(EDIZIONI[contenuto["edizione"]], contenuto, nascondi))


def fonte_di(scheda: SchedaSintetica, utente) -> Fonte | None:
    return fonti([scheda.progetto], utente).get(scheda.progetto_id) if scheda.progetto else None


def composta(scheda: SchedaSintetica, fonte: Fonte | None) -> dict:
    """Return a sheet as it is printed."""
    voci = sintesi.componi(scheda.nome, scheda.risposte, scheda.referenti, fonte.proposta if fonte else {})
    nome = next((v["testo"] for v in voci if v["chiave"] == "nome"), "") or str(scheda)
    capofila = next((v["testo"] for v in voci if v["chiave"] == "capofila"), "")
    return {"nome": nome, "capofila": capofila, "voci": [v for v in voci if v["chiave"] != "nome"]}


# The file.


def chiedi_pdf(scheda: SchedaSintetica, utente) -> FileGenerato:
    """Ask for the PDF of one sheet."""
    return _chiedi([scheda], utente, nome=f"scheda-sintetica-{scheda.pk.hex[:8]}.pdf", di_che=str(scheda.pk), copertina=None)


def chiedi_opuscolo(schede: list[SchedaSintetica], utente, *, titolo: str, a_cura: str) -> FileGenerato:
    """Ask for the booklet of many, in the order given."""
    copertina = {"titolo": titolo, "a_cura": a_cura}
    return _chiedi(schede, utente, nome="opuscolo-schede-sintetiche.pdf", di_che="opuscolo", copertina=copertina)


def _chiedi(schede: list[SchedaSintetica], utente, *, nome: str, di_che: str, copertina: dict | None) -> FileGenerato:
    """Asked twice, made once. Beside what is printed the request keeps what it is made of, for who may take it."""
    progetti = [s.progetto for s in schede if s.progetto]
    dette = fonti(progetti, utente)
    dati = {
        "copertina": copertina,
        "schede": [composta(s, dette.get(s.progetto_id)) for s in schede],
        "di": [str(s.pk) for s in schede],
        "vive": sorted(str(pk) for pk, fonte in dette.items() if fonte.versione is None),
    }
    return lavori.chiedi(
        parti=("sintesi", impronta(dati), CARTA.impronta),
        argomento=f"sintesi:{di_che}",
        nome=nome,
        dati=dati,
        utente=utente,
    )


def troppo_lunghe(file: FileGenerato) -> list[str]:
    """Return, of a file that is ready, the sheets that take more pages than a summary may."""
    from pypdf import PdfReader

    with file.file.open("rb") as aperto:
        lettore = PdfReader(io.BytesIO(aperto.read()))
    inizi = [lettore.get_destination_page_number(voce) for voce in lettore.outline if not isinstance(voce, list)]
    pagine = [dopo - prima for prima, dopo in itertools.pairwise([*inizi, len(lettore.pages)])]
    return [
        f"«{scheda['nome']}» occupa {quante} pagine: una scheda sintetica ne ha una, due al massimo."
        for scheda, quante in zip(file.dati["schede"], pagine, strict=True)
        if quante > PAGINE_MASSIME
    ]
