"""The rules on how long a text may be."""

from collections.abc import Iterator

from conciliazione.schede import righe
from conciliazione.schede.campo import Campo
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione


def righe_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A text that takes more printed lines than the form allows, with the count; width, size and weight are the avviso's."""
    avviso = contenuto["avviso"]
    misure = avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"]
    if None in (avviso["righe_gravita"], *misure):
        return []
    trovate, gravita = [], Gravita(avviso["righe_gravita"])
    for luogo, campo, massimo, testo in _testi(edizione, contenuto, "max_righe"):
        contate, detto = righe.misura(testo, massimo, *misure)
        if contate > massimo:
            dati = {"righe": contate, "massimo": massimo}
            trovate.append(Segnalazione("too_many_lines", gravita, f"{campo.label}: {detto}.", (luogo,), dati))
    return trovate


def caratteri_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A text of more characters than the form allows; it weighs what the avviso says of the lines."""
    avviso = contenuto["avviso"]
    if avviso["righe_gravita"] is None:
        return []
    trovate, gravita = [], Gravita(avviso["righe_gravita"])
    for luogo, campo, massimo, testo in _testi(edizione, contenuto, "max_caratteri"):
        contati, detto = righe.misura_caratteri(testo, massimo)
        if contati > massimo:
            dati = {"caratteri": contati, "massimo": massimo}
            trovate.append(Segnalazione("too_many_characters", gravita, f"{campo.label}: {detto}.", (luogo,), dati))
    return trovate


def _testi(edizione: Edizione, contenuto: Contenuto, limite: str) -> Iterator[tuple[Luogo, Campo, int, str]]:
    """Yield the texts of the fields that have that limit, each with the limit."""
    for blocco in edizione.blocchi:
        for nome, campo in blocco.campi().items():
            massimo = getattr(campo, limite)
            for riga in blocco.righe(contenuto) if massimo else ():
                luogo = Luogo(blocco.chiave, riga["id"], nome, str(campo.label))
                yield luogo, campo, massimo, str(blocco.valore(contenuto, riga, nome) or "")
