"""The budget as it would be with the amounts being typed: nothing is written, the missing tile only looks ahead."""

from conciliazione.schede.edizione import COFINANZIAMENTI, Colonna, Prospetto
from conciliazione.schede.modulo import Foglio, Modulo
from conciliazione.schede.tipi import Contenuto

VUOTE = {
    "costi": {"prospetto": "", "azione": None, "voce": None, "partecipazione": None},
    "cofinanziamenti": {"azione": None, "partecipazione": None, "settore": None, "natura": None, "atto": None},
}


def con_gli_importi_scritti(contenuto: Contenuto, moduli: list[Modulo]) -> Contenuto:
    """A copy of the content with what the forms hold in place of what is saved; what cannot be read yet stays as saved."""
    nuovo = contenuto | {"costi": list(contenuto["costi"]), "cofinanziamenti": list(contenuto["cofinanziamenti"])}
    for modulo in moduli:
        for foglio in modulo.fogli.values():
            foglio.form.is_valid()
            if isinstance(modulo.blocco, Prospetto):
                _celle(nuovo, modulo.blocco, foglio)
            elif modulo.blocco.fonte == COFINANZIAMENTI:
                _riga(nuovo, modulo, foglio)
    return nuovo


def _celle(contenuto: Contenuto, blocco: Prospetto, foglio: Foglio) -> None:
    for nome, campo in foglio.form.fields.items():
        if nome not in foglio.form.errors:
            importo = campo.al_filo(foglio.form.cleaned_data.get(nome))
            _metti(contenuto, blocco, blocco.colonna(nome), foglio.riga, importo)


def _metti(contenuto: Contenuto, blocco: Prospetto, colonna: Colonna, riga: str, importo: str | None) -> None:
    dove = {blocco.coordinata: riga} | colonna.cella
    if colonna.scrive != COFINANZIAMENTI:
        dove["prospetto"] = blocco.nome
    cella = VUOTE[colonna.scrive] | dove
    altre = [
        r for r in contenuto[colonna.scrive] if any((r.get(c) or None) != (v or None) for c, v in cella.items() if c != "atto")
    ]
    contenuto[colonna.scrive] = altre + ([cella | {"id": "", "importo": importo}] if importo is not None else [])


def _e_la_cella(riga: dict, cella: dict) -> bool:
    return all((riga.get(c) or None) == (v or None) for c, v in cella.items() if c != "atto")


def _riga(contenuto: Contenuto, modulo: Modulo, foglio: Foglio) -> None:
    righe = contenuto[COFINANZIAMENTI]
    vecchia = next((r for r in righe if r["id"] == foglio.riga), VUOTE[COFINANZIAMENTI] | {"id": foglio.riga, "importo": None})
    scritti = {
        n: c.al_filo(foglio.form.cleaned_data[n]) for n, c in foglio.form.fields.items() if n in foglio.form.cleaned_data
    }
    altre = [r for r in righe if r["id"] != foglio.riga]
    contenuto[COFINANZIAMENTI] = altre if foglio.da_eliminare else [*altre, vecchia | modulo.fissi | scritti]
