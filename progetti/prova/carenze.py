"""What an edition does not have yet: nothing of it is wrong, and whoever fills it in would miss it."""

import re
from collections.abc import Iterator

from conciliazione.schede.edizione import COSTI, PARTNER, Blocco, Edizione
from conciliazione.schede.prospetto import VOCI, prospetti

from .. import regole
from ..edizioni import EDIZIONI

BREVE = 80
"""Characters of what one can name in a sentence."""
LIMITE = re.compile(r"max\w*\.?\s+(?:di\s+)?([0-9][0-9.]*)\s+(righe|caratteri)", re.IGNORECASE)
"""A limit of length as forms print it."""


def carenze(edizione: Edizione) -> list[str]:
    """Return what the edition lacks, a sentence each."""
    cercate = (_iscrizione, _delle_regole, _delle_righe, _dei_nomi, _dei_limiti)
    return [frase for cerca in cercate for frase in cerca(edizione)]


def _iscrizione(edizione: Edizione) -> Iterator[str]:
    iscritta = EDIZIONI.get(edizione.codice)
    if iscritta is None:
        yield "Non è ancora iscritta fra le edizioni: nessun avviso può averla."
    elif iscritta is not edizione:
        yield f"Il codice «{edizione.codice}» è già di un'altra edizione: ne serve uno suo."


def _delle_regole(edizione: Edizione) -> Iterator[str]:
    if not edizione.regole:
        yield "Non ha regole: si dirà solo che cosa manca e che cosa un campo rifiuta."
    servono = {
        regole.righe_oltre_il_massimo: (_ha(edizione, "max_righe"), "ha campi «max N righe», e nessuno le conta"),
        regole.caratteri_oltre_il_massimo: (_ha(edizione, "max_caratteri"), "ha campi «max N caratteri», e nessuno li conta"),
        regole.conferme_mancanti: (
            any(b.scrive == PARTNER for b in edizione.blocchi),
            "i partner scrivono la loro parte, e nessuno dice chi non l'ha confermata",
        ),
        regole.cofinanziamento_oltre_il_costo: (
            bool(prospetti(edizione)),
            "c'è del denaro, e nessuno dice se il cofinanziamento supera il costo",
        ),
        regole.limiti_dell_avviso: (bool(prospetti(edizione)), "c'è del denaro, e nessuno verifica i limiti dell'avviso"),
        regole.prospetti_discordi: (
            len({b.nome for b in prospetti(edizione) if b.scrive_denaro(COSTI)}) > 1,
            "il costo si scrive in più modi, e nessuno dice se i totali non coincidono",
        ),
        regole.costi_fuori_dalle_voci: (
            any(b.fonte == VOCI for b in prospetti(edizione)),
            "i costi vanno per voce, e nessuno dice se uno è su una voce che l'avviso non ha più",
        ),
    }
    for regola, (serve, perche) in servono.items():
        if serve and regola not in edizione.regole:
            yield f"Fra le regole manca {regola.__name__}: {perche}."


def _ha(edizione: Edizione, cosa: str) -> bool:
    return any(getattr(campo, cosa) for b in edizione.blocchi for campo in b.campi().values())


def _delle_righe(edizione: Edizione) -> Iterator[str]:
    """Rows that are needed and that nobody can write."""
    if not any("titolo" in b.campi() for b in edizione.blocchi if not b.fonte and b.risponde):
        yield "Nessun campo si chiama «titolo»: negli elenchi i progetti saranno senza nome."
    if not any("denominazione" in b.campi() for b in edizione.blocchi if b.fonte == "partecipazioni"):
        yield "Nessun blocco dice la «denominazione» dei soggetti: non si leggerà chi partecipa."
    chieste = {b.fonte for b in edizione.blocchi if b.fonte and not b.si_aggiunge and b.fonte not in ("partecipazioni", VOCI)}
    aggiunte = {b.fonte for b in edizione.blocchi if b.si_aggiunge}
    for fonte in sorted(chieste - aggiunte - ({"azioni"} if edizione.catalogo else set())):
        yield f"Un blocco va per righe di «{fonte}», e nessuna Tabella le aggiunge."
    for blocco in prospetti(edizione):
        if blocco.fonte == VOCI and not blocco.voci:
            yield f"{_detto(blocco)}: senza voci, le righe saranno solo quelle che dirà l'avviso."


def _dei_nomi(edizione: Edizione) -> Iterator[str]:
    """What cannot be named in a sentence, by a segnalazione or by the list of what is missing."""
    for blocco in edizione.blocchi:
        if not (blocco.titolo or blocco.nome_breve) and len(blocco.caselle) > 1:
            yield f"{_detto(blocco)}: non ha titolo né nome_breve, e nelle frasi si chiamerà «{blocco.chiave}»."
        elif len(blocco.chiamato) > BREVE:
            yield f"{_detto(blocco)}: il titolo è di {len(blocco.chiamato)} caratteri, e manca nome_breve."
        for nome, campo in blocco.campi().items() if blocco.risponde else ():
            if len(campo.nome) > BREVE and campo.manca:
                detto = f"l'etichetta è di {len(campo.nome)} caratteri, e manca nome=, come si dice in una frase"
                yield f"{_detto(blocco, nome)}: {detto}."


def _dei_limiti(edizione: Edizione) -> Iterator[str]:
    """A length that the paper prints and the field does not know."""
    for blocco in edizione.blocchi:
        for nome, campo in blocco.campi().items():
            if stampato := LIMITE.search(f"{campo.label} {campo.help_text}"):
                limite = f"max_{stampato[2].lower()}"
                if getattr(campo, limite) != int(stampato[1].replace(".", "")):
                    yield f"{_detto(blocco, nome)}: è stampato «{stampato[0]}», e il campo non lo dice con {limite}=."


def _detto(blocco: Blocco, campo: str = "") -> str:
    return f"Blocco «{blocco.chiave}», campo «{campo}»" if campo else f"Blocco «{blocco.chiave}»"
