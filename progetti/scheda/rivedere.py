"""Cells that a person has still to look at: copied from another project, or read from an old paper."""

from collections.abc import Iterable

from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Blocco
from conciliazione.schede.modulo import Modulo
from conciliazione.schede.tipi import Luogo

from ..models import DaRivedere, Progetto
from ..permessi import capofila_di, nasconde
from . import permessi


def segna(progetto: Progetto, motivo: str, celle: Iterable[tuple[str, str, str, str]]) -> None:
    """Mark cells: block, row, field, and where the value comes from. A cell that was marked already is marked anew."""
    segni = {
        (blocco, riga, campo): DaRivedere(
            progetto=progetto, blocco=blocco, riga=riga, campo=campo, motivo=motivo, provenienza=provenienza[:300]
        )
        for blocco, riga, campo, provenienza in celle
    }
    DaRivedere.objects.bulk_create(
        segni.values(),
        update_conflicts=True,
        unique_fields=["progetto", "blocco", "riga", "campo"],
        update_fields=["motivo", "provenienza"],
    )


def visti(progetto: Progetto, blocco: str, riga: str = "", campi: Iterable[str] | None = None) -> int:
    """Take away the marks of a row's cells (all of them, without `campi`); returns how many there were.

    To be called when cells are written, and when somebody says that they are right.
    """
    segni = DaRivedere.objects.filter(progetto=progetto, blocco=blocco, riga=riga or "")
    if campi is not None:
        segni = segni.filter(campo__in=list(campi))
    quanti, _ = segni.delete()
    return quanti


def visto_il_blocco(utente, progetto: Progetto, blocco: Blocco, contenuto: Contenuto) -> int:
    """Mark the whole block as right, in the rows that the person may write; return how many marks went away."""
    mie = {r["id"] for r in blocco.righe(contenuto) if permessi.puo_scrivere_riga(utente, progetto, blocco, r)}
    quanti, _ = DaRivedere.objects.filter(progetto=progetto, blocco=blocco.chiave, riga__in=mie).delete()
    return quanti


def appunta(modulo: Modulo, contenuto: Contenuto) -> None:
    """Put its mark beside each field of a form that somebody has still to look at."""
    for segno in contenuto["da_rivedere"]:
        foglio = modulo.fogli.get(segno["riga"]) if segno["blocco"] == modulo.blocco.chiave else None
        if foglio and (campo := foglio.form.fields.get(segno["campo"])):
            campo.segno = segno | {"nome": MOTIVI[segno["motivo"]], "etichetta": campo.label, "scrive": True}


def etichetta(blocco: Blocco, riga: dict, campo) -> str:
    """Return how a cell is called in a sentence: block, row, printed group and label."""
    titolo = blocco.titolo_riga(riga) if riga.get("id") or riga.get("denominazione") else ""
    parti = [" ".join(str(p).split()).strip(" :-") for p in (blocco.chiamato, titolo, campo.gruppo, campo.label) if p]
    if len(parti) > 1 and parti[0].endswith(parti[-1]):
        parti.pop()  # the title of the block asks the question already
    return " · ".join(dict.fromkeys(parti))


def per_sezione(pagina) -> list[dict]:
    """Return the marked cells of a scheda, section by section, as one person sees them."""
    segnate = [_cella(pagina, segno) for segno in pagina.contenuto["da_rivedere"]]
    sezioni = []
    for sezione in pagina.edizione.sezioni:
        blocchi = [_blocco(pagina, b, [c for c in segnate if c and c["blocco"] == b.chiave]) for b in sezione.blocchi]
        if pieni := [b for b in blocchi if b["celle"]]:
            sezioni.append({"titolo": sezione.titolo, "blocchi": pieni})
    return sezioni


def _blocco(pagina, blocco: Blocco, celle: list[dict]) -> dict:
    scrivibile = any(c["scrive"] for c in celle)
    return {"titolo": blocco.chiamato, "chiave": blocco.chiave, "celle": celle, "scrive": scrivibile and len(celle) > 1}


def _cella(pagina, segno: dict) -> dict | None:
    """One of them; None when the form has no such field any more."""
    try:
        blocco = pagina.edizione.blocco(segno["blocco"])
    except KeyError:
        return None
    riga = next((r for r in blocco.righe(pagina.contenuto) if r["id"] == segno["riga"]), None)
    campi = blocco.form(pagina.contenuto, riga).fields if riga else {}
    if segno["campo"] not in campi:
        return None
    campo = campi[segno["campo"]]
    nascosto = nasconde(pagina.utente, pagina.progetto)(permessi.di_chi(blocco, riga) or "", campo.personale)
    testo = "" if nascosto else campo.testo(blocco.valore(pagina.contenuto, riga, segno["campo"]))
    return segno | {
        "etichetta": etichetta(blocco, riga, campo),
        "nome": MOTIVI[segno["motivo"]],
        "testo": testo,
        "url": pagina.indirizzo(Luogo(blocco.chiave, segno["riga"], segno["campo"])),
        "scrive": permessi.puo_scrivere_riga(pagina.utente, pagina.progetto, blocco, riga),
    }


MOTIVI = dict(DaRivedere.Motivo.choices)


def sorgenti(utente):
    """Return the projects that one may begin from: those of the enti one prepares schede for, newest first."""
    enti = capofila_di(utente)
    return Progetto.objects.filter(capofila__in=enti).select_related("avviso", "capofila").order_by("-creato_il", "pk")


def origine_di(progetto: Progetto, utente) -> Progetto | None:
    """Return the project that a scheda was begun from, if the person may still begin from it."""
    return sorgenti(utente).filter(pk=progetto.copiato_da_id).first() if progetto.copiato_da_id else None
