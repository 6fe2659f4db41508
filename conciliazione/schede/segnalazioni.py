"""The checks that hold for any scheda: what is missing, what is refused, what exceeds the printed limits.

Pure functions of edition and content. One fact, one segnalazione: what is missing in a block is told once, with a place
for each hole. The rules of money and of a single call are the editions' own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import cast

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from .campi import Identificativo, Scelte
from .campo import Campo
from .contenuto import CellaDaRivedere, Contenuto, QualsiasiRiga
from .edizione import Blocco, Edizione, Scheda, parti
from .tipi import Gravita, Luogo, Segnalazione, Valori, vuoto

ORDINE = [Gravita.ERRORE, Gravita.AVVISO, Gravita.NON_VERIFICABILE, Gravita.INFORMAZIONE]
REGOLA_MANCANTE = {
    Gravita.ERRORE: "missing_required",
    Gravita.AVVISO: "missing_field",
    Gravita.INFORMAZIONE: "missing_optional_data",
}
SEPARA = ": "
"""Between whose a hole is and what it is."""
NOME_BREVE = 60
"""Characters of the name of a row in a sentence that names many."""
MANCANTI = frozenset(REGOLA_MANCANTE.values()) | {
    "duration_not_filled",
    "timetable_not_filled",
    "too_few_partners",
    "too_few_public_partners",
    "too_few_small_firms",
}
"""Rules that tell of something not filled in yet, rather than of something wrong."""


def controlla(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """All segnalazioni of a scheda, gravest first, in the order of the form."""
    moduli = list(_moduli(edizione, contenuto))
    trovate = [*mancanti(edizione, contenuto, moduli), *valori_rifiutati(moduli, contenuto), *troppe_scelte(moduli, contenuto)]
    trovate += [s for regola in (da_rivedere, *edizione.regole) for s in regola(edizione, contenuto)]
    return sorted(trovate, key=lambda s: ORDINE.index(s.gravita))


def bloccano(segnalazioni: list[Segnalazione]) -> list[Segnalazione]:
    """Those that keep a scheda from being filed."""
    return [s for s in segnalazioni if s.gravita is Gravita.ERRORE]


Moduli = Iterable[tuple[Blocco, QualsiasiRiga, Scheda]]


def _moduli(edizione: Edizione, contenuto: Contenuto) -> Moduli:
    """The form of each row: made once for all the checks that ask it something, since there may be hundreds."""
    for blocco in edizione.blocchi:
        for riga in blocco.righe(contenuto) if blocco.modulo else ():
            yield blocco, riga, blocco.form(contenuto, riga)


def mancanti(edizione: Edizione, contenuto: Contenuto, moduli: Moduli) -> list[Segnalazione]:
    """What is blank and is asked: one segnalazione for each block and weight."""
    buchi: dict[tuple[str, Gravita, str], list[Luogo]] = defaultdict(list)
    for blocco, riga, form in moduli:
        for gravita, regola, luogo in _buchi(blocco, riga, form, contenuto):
            buchi[blocco.chiave, gravita, regola].append(luogo)
    for blocco in edizione.blocchi:
        if blocco.manca:
            luoghi = list(_senza_righe(edizione, blocco, contenuto))
            if luoghi:
                buchi[blocco.chiave, blocco.manca, REGOLA_MANCANTE[blocco.manca]] += luoghi
    return [_mancano(edizione.blocco(b), g, regola, luoghi) for (b, g, regola), luoghi in buchi.items()]


def _buchi(blocco: Blocco, riga: QualsiasiRiga, form: Scheda, contenuto: Contenuto) -> Iterator[tuple[Gravita, str, Luogo]]:
    """The holes of one row; a group that is blank from end to end is one hole."""
    valori = blocco.valori(contenuto, riga)
    interi = _gruppi_vuoti(form, valori)
    di_chi = _di_chi(blocco, riga, contenuto)
    for nome, campo in form.fields.items():
        if campo.manca is None or not vuoto(valori[nome]) or blocco.basta_altrove(contenuto, riga, nome):
            continue
        if campo.gruppo in interi:
            if interi[campo.gruppo] != nome:
                continue
            nota = nome_del_gruppo(campo) or campo.nome
        else:
            nota = f"{campo.nome} ({nome_del_gruppo(campo)})" if nome_del_gruppo(campo) else campo.nome
        nota = f"{di_chi}{SEPARA}{nota}" if di_chi else nota
        regola = campo.regola or REGOLA_MANCANTE[campo.manca]
        yield campo.manca, regola, Luogo(blocco.chiave, riga["id"], nome, nota)


def _di_chi(blocco: Blocco, riga: QualsiasiRiga, contenuto: Contenuto) -> str:
    """Whom a row is about: itself, or the row that it hangs from."""
    titolo, padre = blocco.titolo_riga(riga), blocco.padre
    if titolo or not padre:
        return titolo
    righe: tuple[QualsiasiRiga, ...] = (*contenuto["azioni"], *contenuto["partecipazioni"])
    return next((blocco.titolo_riga(r) for r in righe if r["id"] == riga[padre]), "")


def _senza_righe(edizione: Edizione, blocco: Blocco, contenuto: Contenuto) -> Iterator[Luogo]:
    """A table without a row; of one that hangs from the rows of another block, those rows that have nothing in it."""
    if not blocco.dentro:
        if not blocco.righe(contenuto):
            yield Luogo(blocco.chiave, "", "", f"almeno una riga ({blocco.cosa})")
        return
    intero = edizione.blocco(blocco.dentro)
    piene = {riga[blocco.padre] for riga in blocco.righe(contenuto)}
    for riga in intero.righe(contenuto):
        madre = riga.get("padre")
        sotto = {p["id"] for p in parti(contenuto, {"id": madre} if madre else riga)}
        detto = {riga["id"], madre} & piene or bool(sotto & piene) != bool(madre)
        if not detto:
            a_parte = riga["id"] if intero.a_parte else ""
            yield Luogo(intero.chiave, a_parte, "", f"{intero.titolo_riga(riga)}{SEPARA}{blocco.chiamato}")


def nome_del_gruppo(campo: Campo) -> str:
    """Return the printed heading without its number and its remark in brackets, as one names it in a sentence."""
    titolo = campo.gruppo.split(" - ")[-1].split(" (")[0].strip()
    return "" if titolo.endswith("-") else titolo


def _gruppi_vuoti(form: Scheda, valori: Valori) -> dict[str, str]:
    """Groups of several asked fields with nothing in them → their first asked field."""
    gruppi: dict[str, list[str]] = defaultdict(list)
    for nome, campo in form.fields.items():
        if campo.gruppo:
            gruppi[campo.gruppo].append(nome)
    vuoti = {g: nomi for g, nomi in gruppi.items() if len(nomi) > 1 and all(vuoto(valori[n]) for n in nomi)}
    chiesti = {g: [n for n in nomi if form.fields[n].manca] for g, nomi in vuoti.items()}
    return {g: nomi[0] for g, nomi in chiesti.items() if nomi}


def _mancano(blocco: Blocco, gravita: Gravita, regola: str, luoghi: list[Luogo]) -> Segnalazione:
    verbo = "manca" if len(luoghi) == 1 else "mancano"
    di_chi: dict[str, list[str]] = defaultdict(list)
    for luogo in luoghi:
        chi, _, cosa = luogo.nota.rpartition(SEPARA)
        di_chi[chi].append(cosa)
    cose = "; ".join(_a_chi(cosa, chi) for cosa, chi in _stesse_cose(di_chi))
    cose_dette = {c.casefold() for sue in di_chi.values() for c in sue}
    detto_gia = blocco.chiamato == blocco.chiave or cose_dette == {blocco.chiamato.casefold()}
    prima = verbo.capitalize() if detto_gia else f"{blocco.chiamato}: {verbo}"
    return Segnalazione(
        regola,
        gravita,
        f"{prima} {cose if cose.endswith(('.', '…')) else cose + '.'}",
        tuple(luoghi),
        titolo=f"{blocco.chiamato}: da completare",
    )


def _stesse_cose(di_chi: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """What is missing → of whom: what several rows lack in the same way is said once."""
    chi_di: dict[str, list[str]] = defaultdict(list)
    for chi, cosa in di_chi.items():
        chi_di[", ".join(cosa)].append(chi)
    return list(chi_di.items())


def _a_chi(cosa: str, chi: list[str]) -> str:
    """Some titles of azioni are as long as a paragraph; each is in full where its link leads."""
    nomi = ", ".join(shorten(nome, NOME_BREVE, placeholder="…") for nome in chi if nome)
    return f"{cosa} di {nomi}" if nomi else cosa


def valori_rifiutati(moduli: Moduli, contenuto: Contenuto) -> list[Segnalazione]:
    """What the form itself would refuse (an imported scheda was not typed in it), and its remarks."""
    trovate, dette = [], set()
    for blocco, riga, form in moduli:
        valori = blocco.valori(contenuto, riga)
        for nome, messaggio in rifiuti(form, valori):
            # A value kept in a column may be asked by two blocks (the title of an azione): refused, it is one fact.
            fatto = (blocco.fonte if nome in riga else blocco.chiave, riga["id"], nome, messaggio)
            if fatto not in dette:
                trovate.append(_su_valore("invalid_value", Gravita.ERRORE, blocco, riga, nome, messaggio, form, contenuto))
            dette.add(fatto)
        for nome, campo in form.fields.items():
            if isinstance(campo, Identificativo):
                for messaggio in campo.avvisi(valori[nome]):
                    trovate.append(
                        _su_valore("identifier_remark", Gravita.AVVISO, blocco, riga, nome, messaggio, form, contenuto)
                    )
    return trovate


def rifiuti(form: Scheda, valori: Valori) -> Iterator[tuple[str, str]]:
    """Runs the form on values that came from elsewhere than a browser."""
    form._errors, form.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]
    for nome, campo in form.fields.items():
        try:
            form.cleaned_data[nome] = campo.clean(campo.dal_filo(valori[nome]))
        except ValidationError as errore:
            form.add_error(nome, errore)
    form._clean_form()  # type: ignore[attr-defined]
    for nome, messaggi in form.errors.items():
        yield nome, " ".join(map(str, messaggi))


def _su_valore(
    regola: str,
    gravita: Gravita,
    blocco: Blocco,
    riga: QualsiasiRiga,
    nome: str,
    messaggio: str,
    form: Scheda,
    contenuto: Contenuto,
) -> Segnalazione:
    etichetta = str(form.fields[nome].label) if nome in form.fields else ""
    nota = ": ".join(parte for parte in (_di_chi(blocco, riga, contenuto), etichetta) if parte)
    campo = nome if nome in form.fields else ""
    dove = f"{nota}: " if nota else ""
    return Segnalazione(regola, gravita, f"{dove}{messaggio}", (Luogo(blocco.chiave, riga["id"], campo, nota),))


def troppe_scelte(moduli: Moduli, contenuto: Contenuto) -> list[Segnalazione]:
    """More boxes ticked than the avviso allows; a call that does not say how many allows any."""
    trovate = []
    for blocco, riga, form in moduli:
        for nome, campo in form.fields.items():
            massimo = _massimo(campo, contenuto)
            scelte = blocco.valore(contenuto, riga, nome)
            if massimo is not None and isinstance(scelte, list) and len(scelte) > massimo:
                trovate.append(_troppe(blocco, riga, nome, campo, len(scelte), massimo))
    return trovate


def _massimo(campo: Campo, contenuto: Contenuto) -> int | None:
    if not isinstance(campo, Scelte) or not campo.massimo:
        return None
    return cast(dict[str, int | None], contenuto["avviso"]).get(campo.massimo)


def _troppe(blocco: Blocco, riga: QualsiasiRiga, nome: str, campo: Campo, quante: int, massimo: int) -> Segnalazione:
    chieste = "una sola" if massimo == 1 else f"al massimo {massimo}"
    return Segnalazione(
        "single_choice_with_two_marks" if massimo == 1 else "too_many_choices",
        Gravita.AVVISO,
        f"{blocco.chiamato}: sono indicate {quante} voci, l'avviso ne chiede {chieste}.",
        (Luogo(blocco.chiave, riga["id"], nome, str(campo.label)),),
        {"indicate": quante, "massimo": massimo},
    )


def da_rivedere(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Values copied from another project or read from an old paper, that nobody has looked at yet."""
    luoghi = tuple(_cella_da_rivedere(edizione, cella) for cella in contenuto.get("da_rivedere", ()))
    if not luoghi:
        return []
    quanti = "C'è un valore" if len(luoghi) == 1 else f"Ci sono {len(luoghi)} valori"
    messaggio = f"{quanti} da rivedere, da un altro progetto o da una vecchia scheda."
    return [Segnalazione("to_review", Gravita.AVVISO, messaggio, luoghi, titolo="Valori da rivedere")]


def _cella_da_rivedere(edizione: Edizione, cella: CellaDaRivedere) -> Luogo:
    blocco = edizione.blocco(cella["blocco"])
    campo = blocco.campi().get(cella["campo"])
    nota = f"{blocco.chiamato}{SEPARA}{campo.nome if campo else cella['campo']}"
    return Luogo(blocco.chiave, cella["riga"], cella["campo"], nota)
