"""After a saving that left the page open: the fingerprints that the page goes on with. Pure.

A fingerprint is given anew only where the page holds what the scheda holds. Given where it does not, it would hide that
somebody else changed the value meanwhile, and the next saving would overwrite it unseen.
"""

from .modulo import APPESE, CONTESA, ELIMINA, IMPRONTA, SCELTA, Modulo, appese, rimandi
from .salvataggio import impronta
from .tipi import Contenuto

DECISIONI = (ELIMINA, SCELTA, CONTESA)
"""Suffixes of what a person decides by pressing a button: a page that saves by itself decides nothing."""


def senza_decisioni(dati):
    """What a page sent, without removals and choices between two texts."""
    soli = dati.copy()
    for nome in [n for n in soli if n.endswith(DECISIONI)]:
        del soli[nome]
    return soli


def impronte_salvate(modulo: Modulo, dopo: Contenuto) -> dict[str, str]:
    """By the name of its hidden input; `dopo` is the content after the saving. Of a form that was refused, none."""
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
