"""The rules on how long a text may be."""

from conciliazione.schede import righe
from conciliazione.schede.campi import Testo
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.tipi import Contenuto, Gravita, Luogo, Segnalazione


def righe_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A text that takes more printed lines than the form allows, with the count; width, size and weight are the avviso's."""
    avviso = contenuto["avviso"]
    if None in (avviso["righe_gravita"], avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"]):
        return []
    trovate = []
    for blocco in edizione.blocchi:
        for nome, campo in blocco.campi().items():
            if not isinstance(campo, Testo) or not campo.max_righe:
                continue
            for riga in blocco.righe(contenuto):
                testo = blocco.valore(contenuto, riga, nome) or ""
                misure = (campo.max_righe, avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"])
                contate, detto = righe.misura(testo, *misure)
                if contate > campo.max_righe:
                    luogo = Luogo(blocco.chiave, riga["id"], nome, str(campo.label))
                    messaggio = f"{campo.label}: {detto}."
                    gravita = Gravita(avviso["righe_gravita"])
                    dati = {"righe": contate, "massimo": campo.max_righe}
                    trovate.append(Segnalazione("too_many_lines", gravita, messaggio, (luogo,), dati))
    return trovate
