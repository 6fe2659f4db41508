"""How Word draws what only this form prints so."""

from conciliazione.schede.esporta_docx import per_riga, valore
from conciliazione.schede.lettura import BloccoLetto, VoceLetta
from conciliazione.stampa.word import Brano, Carta, Cella, detta


def a_gruppi(carta: Carta, blocco: BloccoLetto) -> None:
    """SOGGETTO, ATTIVITÀ, RISORSE: a column for each group of questions, what has no group in the last."""
    gruppi = list(dict.fromkeys(v["gruppo"] for riga in blocco["righe"] for v in riga["voci"] if v["gruppo"]))
    if not gruppi:
        return per_riga(carta, blocco)
    righe = []
    for riga in blocco["righe"]:
        ruolo = " (capofila)" if riga["ruolo"] == "capofila" else ""
        nome = [[Brano(f"Soggetto n. {riga['numero']}{ruolo}")], [Brano(riga["titolo"], "forte")]]
        righe.append([Cella(nome, intestazione=True), *(_di_gruppo(riga["voci"], g, g == gruppi[-1]) for g in gruppi)])
    carta.tabella([[detta("SOGGETTO"), *map(detta, gruppi)], *righe], 1)


def _di_gruppo(voci: list[VoceLetta], gruppo: str, ultimo: bool) -> Cella:
    capoversi = []
    for voce in voci:
        resto = ultimo and not voce["gruppo"] and (voce["testo"] or voce["dichiarato"])
        if voce["gruppo"] == gruppo or resto:
            capoversi.append([Brano(f"{voce['etichetta']} ", "forte"), *valore(voce, euro=voce["genere"] == "importo")])
    return Cella(capoversi)
