"""The list of the schede sintetiche that a person sees, and what they narrow it by."""

from functools import cached_property

from django.http import QueryDict

from conciliazione.italiano.parole import piano

from ..models import SchedaSintetica


class Elenco:
    """From the address or from a form: `alleanza`, `capofila` and `anno` to narrow it, `scheda` for what is ticked."""

    def __init__(self, utente, dati: QueryDict):
        self.utente, self.dati = utente, dati

    @cached_property
    def tutte(self) -> list[SchedaSintetica]:
        schede = list(SchedaSintetica.objects.visibili_a(self.utente).per_elenco())
        for scheda in schede:
            del_progetto = str(scheda.progetto.capofila) if scheda.progetto else ""
            scheda.di_capofila = scheda.risposte.get("capofila") or del_progetto
            scheda.anni = _anni(scheda)
            scheda.spuntata = str(scheda.pk) in self._spunte
        return schede

    @cached_property
    def _spunte(self) -> set[str]:
        return set(self.dati.getlist("scheda"))

    @cached_property
    def trovate(self) -> list[SchedaSintetica]:
        return [s for s in self.tutte if self._passa(s)]

    @cached_property
    def spuntate(self) -> list[SchedaSintetica]:
        return [s for s in self.trovate if s.spuntata]

    def _passa(self, scheda: SchedaSintetica) -> bool:
        return (
            self.scelto("alleanza") in ("", _alleanza(scheda)[0])
            and self.scelto("capofila") in ("", scheda.di_capofila)
            and (not self.scelto("anno") or self.scelto("anno") in map(str, scheda.anni))
        )

    def scelto(self, filtro: str) -> str:
        return self.dati.get(filtro, "").strip()

    @cached_property
    def filtri(self) -> list[dict]:
        """What one may narrow by: only what some sheet has."""
        alleanze = sorted({_alleanza(s) for s in self.tutte if _alleanza(s)[0]}, key=lambda a: piano(a[1]))
        capofila = sorted({s.di_capofila for s in self.tutte if s.di_capofila}, key=piano)
        anni = sorted({anno for s in self.tutte for anno in s.anni}, reverse=True)
        return [
            self._filtro("alleanza", "Alleanza", "tutte", alleanze),
            self._filtro("capofila", "Capofila", "tutti", [(c, c) for c in capofila]),
            self._filtro("anno", "Anno", "tutti", [(str(a), str(a)) for a in anni]),
        ]

    def _filtro(self, nome: str, etichetta: str, tutti: str, voci: list[tuple[str, str]]) -> dict:
        opzioni = [{"valore": v, "testo": t, "scelta": v == self.scelto(nome)} for v, t in voci]
        return {"nome": nome, "etichetta": etichetta, "tutti": tutti, "opzioni": opzioni, "valore": self.scelto(nome)}

    @property
    def filtrato(self) -> bool:
        return any(filtro["valore"] for filtro in self.filtri)


def _alleanza(scheda: SchedaSintetica) -> tuple[str, str]:
    alleanza = scheda.progetto.alleanza if scheda.progetto else None
    return (str(alleanza.pk), str(alleanza)) if alleanza else ("", "")


def _anni(scheda: SchedaSintetica) -> list[int]:
    """The years in which the project goes on, as far as it is known."""
    di = scheda.progetto
    dal = scheda.risposte.get("durata_dal") or (di.durata_dal if di else "")
    al = scheda.risposte.get("durata_al") or (di.durata_al if di else "")
    primo, ultimo = (dal or al)[:4], (al or dal)[:4]
    return list(range(int(primo), int(ultimo) + 1)) if primo else []
