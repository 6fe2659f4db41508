"""Beside each long text, the lines that it takes on the printed page, and what the browser needs to estimate them."""

from conciliazione.schede import righe
from conciliazione.schede.modulo import Modulo
from conciliazione.schede.tipi import Contenuto


def segna(modulo: Modulo, contenuto: Contenuto) -> None:
    """Of the texts that the form limits: the count of what is saved, exact; while one types, the page estimates."""
    avviso = contenuto["avviso"]
    misure = avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"]
    if None in misure:
        return
    for foglio in modulo.fogli.values():
        salvati = modulo.attuali.get(foglio.riga, {})
        for nome, campo in foglio.form.fields.items():
            if campo.max_righe:
                _segna(campo, salvati.get(nome) or "", misure)


def _segna(campo, testo: str, misure: tuple[str, str]) -> None:
    contate, detto = righe.misura(testo, campo.max_righe, *misure)
    campo.righe_contate, campo.righe_troppe = detto, contate > campo.max_righe
    campo.widget.attrs |= {
        "data-righe-massime": campo.max_righe,
        "data-righe-larghezza": misure[0],
        "data-righe-corpo": misure[1],
    }
