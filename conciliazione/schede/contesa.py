"""After a saving that left the page open: the fingerprints that the page goes on with. Pure.

A fingerprint is given anew only where the page holds what the scheda holds. Given where it does not, it would hide that
somebody else changed the value meanwhile, and the next saving would overwrite it unseen.
"""

from typing import Any

from django.http import QueryDict

from .contenuto import Contenuto
from .modulo import APPESE, CONTESA, ELIMINA, IMPRONTA, SCELTA, Modulo, appese, rimandi
from .salvataggio import RIGA, Conflitto, Esito, impronta

DECISIONI = (ELIMINA, SCELTA, CONTESA)
"""Suffixes of what a person decides by pressing a button: a page that saves by itself decides nothing."""


def senza_decisioni(dati: QueryDict) -> QueryDict:
    """What a page sent, without removals and choices between two texts."""
    soli = dati.copy()
    for nome in [n for n in soli if n.endswith(DECISIONI)]:
        del soli[nome]
    return soli


def impronte_salvate(modulo: Modulo, dopo: Contenuto) -> dict[str, str]:
    """By the name of its hidden input; `dopo` is the content after the saving. Of what was refused, none."""
    adesso = modulo.blocco.attuali(dopo)
    trovate = {}
    for riga, valori in modulo.miei().items():
        mostrati = valori.keys() & modulo.fogli[riga].form.fields.keys() & adesso.get(riga, {}).keys()
        for campo in mostrati:
            if impronta(valori[campo]) == impronta(adesso[riga][campo]):
                trovate[modulo.nome(riga, campo) + IMPRONTA] = impronta(valori[campo])
    return trovate | _appese(modulo, dopo)


def _appese(modulo: Modulo, dopo: Contenuto) -> dict[str, str]:
    """What hangs from a row may have changed with this very saving: then, and only then, it is no news to the page."""
    nomi = {riga: modulo.prefisso(riga) + APPESE for riga in modulo.righe} if modulo.aggiunge else {}
    indice = rimandi(dopo)
    return {nome: appese(dopo, riga, indice) for riga, nome in nomi.items() if modulo.dati.get(nome) == modulo.appese(riga)}


# The page of conflicts: of each contested field both texts, and the inputs that bring the choice back to the same form.


def respinti(modulo: Modulo, fusione: Esito) -> list[tuple[str, str]]:
    """What was typed in this block and refused, as it was sent: the page of conflicts, which asks of other fields, sends it
    along."""
    contese = {(c.riga, c.campo) for c in fusione.conflitti}
    nomi = [modulo.nome_righe]
    for pk, foglio in modulo.fogli.items():
        suoi = [n for n in foglio.form.errors if n in foglio.form.fields and not contese & {(pk, n), (pk, RIGA)}]
        nomi += [modulo.nome(pk, nome) + coda for nome in suoi for coda in ("", IMPRONTA)]
    return [(nome, valore) for nome in nomi for valore in modulo.dati.getlist(nome)]


def dopo_il_salvataggio(modulo: Modulo, fusione: Esito, dopo: Contenuto) -> QueryDict:
    """What was sent, as the page goes on with it after what was right in it was saved: without the rows that were removed,
    with the fingerprints of what is saved."""
    dati = modulo.dati.copy()
    tolte = {riga for riga in fusione.da_eliminare if all(r["id"] != riga for r in modulo.blocco.righe(dopo))}
    for nome in [n for n in dati if any(n.startswith(modulo.prefisso(riga)) for riga in tolte)]:
        del dati[nome]
    dati.setlist(modulo.nome_righe, [riga for riga in dati.getlist(modulo.nome_righe) if riga not in tolte])
    for nome, valore in (_impronte_delle_nate(modulo, dopo) | impronte_salvate(modulo, dopo)).items():
        dati[nome] = valore
    return dati


def _impronte_delle_nate(modulo: Modulo, dopo: Contenuto) -> dict[str, str]:
    """Of rows that were new on this page and are there now: they were born blank, and so is what of them is not saved yet."""
    nate_davvero = modulo.nate_qui & modulo.fogli.keys() & modulo.blocco.attuali(dopo).keys()
    nate = [(pk, campo) for pk in nate_davvero for campo in modulo.fogli[pk].form.fields]
    return {nome: impronta(None) for pk, campo in nate if (nome := modulo.nome(pk, campo) + IMPRONTA) not in modulo.dati}


def scelte(modulo: Modulo) -> list[Conflitto]:
    """The conflicts that the person has just decided."""
    decisi = []
    for pk, foglio in modulo.fogli.items():
        for nome, campo in foglio.form.fields.items():
            if modulo.dati.get(modulo.nome(pk, nome) + SCELTA, "") in {"mio", "loro"} and pk in modulo.attuali:
                mio = campo.al_filo(foglio.form.cleaned_data.get(nome))
                decisi.append(Conflitto(pk, nome, mio, modulo.attuali[pk].get(nome)))
    return decisi


def lasciate(modulo: Modulo) -> list[Conflitto]:
    """The rows that somebody else removed and that the person, asked, did not put back: what was typed in them."""
    prefisso = f"{modulo.blocco.id}_"
    nomi = [c for c in modulo.dati if c.startswith(prefisso) and c.endswith(CONTESA)]
    contese = [nome.removeprefix(prefisso).removesuffix(CONTESA) for nome in nomi]
    return [Conflitto(pk, RIGA, _scritti(modulo, pk), None) for pk in contese if pk not in modulo.nate_qui]


def _scritti(modulo: Modulo, pk: str) -> dict[str, list[str]]:
    nomi = {campo: modulo.nome(pk, campo) for campo in modulo.campi}
    return {campo: modulo.dati.getlist(nome) for campo, nome in nomi.items() if nome in modulo.dati}


def da_decidere(modulo: Modulo, conflitti: list[Conflitto]) -> list[dict[str, Any]]:
    """What the page of conflicts shows: for each field both texts, and the inputs to send again."""
    return [_riga_contesa(modulo, c) if c.campo == RIGA else _campo_conteso(modulo, c) for c in conflitti]


def _campo_conteso(modulo: Modulo, conflitto: Conflitto) -> dict[str, Any]:
    campo = modulo.fogli[conflitto.riga].form.fields[conflitto.campo]
    nome = modulo.nome(conflitto.riga, conflitto.campo)
    return {
        "genere": campo.genere,
        "etichetta": f"{modulo.fogli[conflitto.riga].titolo} {campo.label}".strip(),
        "nome": nome,
        "nome_scelta": nome + SCELTA,
        "nome_impronta": nome + IMPRONTA,
        "impronta": impronta(conflitto.loro),
        "mio": campo.testo(conflitto.mio),
        "loro": campo.testo(conflitto.loro),
        "grezzi": modulo.dati.getlist(nome),
        "nome_righe": modulo.nome_righe,
        "blocco": modulo.blocco.chiave,
        "riga": conflitto.riga,
        "campo": conflitto.campo,
        "di_riga": False,
    }


def _riga_contesa(modulo: Modulo, conflitto: Conflitto) -> dict[str, Any]:
    """One removed what the other changed: sent again as a removal or as a new row, or not sent."""
    foglio, mia_eliminazione = modulo.fogli[conflitto.riga], conflitto.mio is None
    form = foglio.form
    valori = conflitto.loro if mia_eliminazione else conflitto.mio
    fatti = [
        (modulo.nome(conflitto.riga, nome), form.fields[nome].dal_filo(v)) for nome, v in valori.items() if nome in form.fields
    ]
    return {
        "di_riga": True,
        "etichetta": foglio.titolo or modulo.blocco.chiamato,
        "mia_eliminazione": mia_eliminazione,
        "nome_righe": modulo.nome_righe,
        "blocco": modulo.blocco.chiave,
        "riga": conflitto.riga,
        "campo": conflitto.campo,
        "nome_elimina": modulo.prefisso(conflitto.riga) + ELIMINA,
        "impronte": [(modulo.nome(conflitto.riga, n) + IMPRONTA, impronta(v)) for n, v in valori.items()]
        + ([(modulo.prefisso(conflitto.riga) + APPESE, modulo.appese(conflitto.riga))] if mia_eliminazione else []),
        "contesa": modulo.prefisso(conflitto.riga) + CONTESA,
        "valori": fatti,
        "testi": [(str(form.fields[n].label), form.fields[n].testo(v)) for n, v in valori.items() if n in form.fields],
    }
