"""What each paper says: taken from the scheda and from the register, and from then on frozen with the paper."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch

from alleanze.models import Carica, Sede
from conciliazione.schede.contenuto import Contenuto
from conciliazione.templatetags.italiano import euro

from ..contenuto import contenuto
from ..models import AttoDiImpegno, DaFirmare, Partecipazione, Progetto

Genere, Ruolo = DaFirmare.Genere, Partecipazione.Ruolo
CON_I_DATI_DI_NASCITA = {Genere.IMPEGNO, Genere.MANDATO}
"""Where who signs must be told from anybody else of the same name: personal data go nowhere else."""
SOSTANZA = ("ente", "ruolo", "progetto", "capofila", "avviso", "cofinanziamento")
"""What a signature stands for. Who was in office, and the act written in by hand, were right on the day it was signed."""
CAMBI = {
    "ente": "sono cambiati la denominazione, il codice fiscale o la sede dell'ente",
    "ruolo": "è cambiato il ruolo nel progetto",
    "progetto": "è cambiato il titolo o l'alleanza del progetto",
    "capofila": "sono cambiati i dati del capofila",
    "avviso": "sono cambiati i dati dell'avviso",
    "atti": "sono cambiati gli atti di impegno",
}


@dataclass
class Fonte:
    """All that the papers of a project are made of, read once, in as many queries for thirty soggetti as for one."""

    progetto: Progetto

    @cached_property
    def contenuto(self) -> Contenuto:
        return contenuto(self.progetto)

    @cached_property
    def soggetti(self) -> list[Partecipazione]:
        """In the order of the scheda."""
        in_carica = Carica.objects.che_rappresentano().select_related("persona").order_by("-tipo", "-dal", "pk")
        return list(
            self.progetto.partecipazioni.select_related("ente").prefetch_related(
                Prefetch("ente__cariche", queryset=in_carica, to_attr="in_carica"),
                Prefetch("ente__sedi", queryset=Sede.objects.order_by("tipo", "pk"), to_attr="per_tipo"),
                Prefetch("atti", queryset=AttoDiImpegno.objects.order_by("data", "pk")),
            )
        )

    def dovute(self, soggetto: Partecipazione) -> list[str]:
        """Return the papers that a soggetto has to sign, by what it is in the project and by what it puts in."""
        capofila = soggetto.ruolo == Ruolo.CAPOFILA
        spetta = {
            Genere.LETTERA: not capofila,
            Genere.IMPEGNO: Decimal(self.cofinanziamento(soggetto)["totale"]) > 0,
            Genere.MANDATO: soggetto.ruolo == Ruolo.PARTNER,
            Genere.PRIVACY: True,
        }
        return [genere for genere in Genere.values if spetta[genere]]

    def dati(self, soggetto: Partecipazione, genere: str) -> dict:
        """Return what that paper says today: texts, amounts («5000.00») and days («2026-03-12») as they travel."""
        detti = {
            "ente": _ente(soggetto),
            "ruolo": soggetto.ruolo,
            "rappresentante": self._rappresentante(soggetto, genere),
            "progetto": {"titolo": str(self.progetto), "alleanza": (self.contenuto["alleanza"] or {}).get("nome")},
            "capofila": self._capofila,
            "avviso": {chiave: self.contenuto["avviso"][chiave] for chiave in ("titolo", "atto")} | {"ats": self._ats},
        }
        if genere in (Genere.LETTERA, Genere.IMPEGNO):
            detti["cofinanziamento"] = self.cofinanziamento(soggetto)
        if genere == Genere.IMPEGNO:
            detti["atti"] = [_atto(atto) for atto in soggetto.atti.all()]
        return detti

    @cached_property
    def _capofila(self) -> dict:
        capofila = next((s for s in self.soggetti if s.ruolo == Ruolo.CAPOFILA), None)
        return _ente(capofila) if capofila else {"denominazione": str(self.progetto.capofila)}

    @property
    def _ats(self) -> str | None:
        return self.contenuto["avviso"]["ats"] or (self.contenuto["alleanza"] or {}).get("ats")

    def cofinanziamento(self, soggetto: Partecipazione) -> dict:
        """Row by row, with what is money, what is value of goods and work, what does not say, and the whole."""
        azioni = {a["id"]: a["titolo"] or a["codice"] for a in self.contenuto["azioni"]}
        righe = [
            {"azione": azioni.get(riga["azione"]), **{c: riga[c] for c in ("natura", "importo", "atto")}}
            for riga in self.contenuto["cofinanziamenti"]
            if riga["partecipazione"] == str(soggetto.pk) and riga["importo"] is not None
        ]
        per_natura = {natura: _somma(righe, natura) for natura in ("monetario", "valorizzazione", None)}
        return {
            "righe": righe,
            "monetario": str(per_natura["monetario"]),
            "valorizzazione": str(per_natura["valorizzazione"]),
            "non_indicata": str(per_natura[None]),
            "totale": str(sum(per_natura.values())),
        }

    def _rappresentante(self, soggetto: Partecipazione, genere: str) -> dict:
        """Who is in office today or, where the register does not say, who the scheda says."""
        nascita = genere in CON_I_DATI_DI_NASCITA
        if soggetto.ente.in_carica:
            return _in_carica(soggetto.ente.in_carica[0], nascita=nascita)
        risposte = self._risposte(soggetto)
        campi = {"codice_fiscale": "lr_codice_fiscale", "nato_il": "lr_nato_il", "nato_a": "lr_nato_a", "prov": "lr_nato_prov"}
        detto = {"nominativo": risposte.get("lr_nominativo"), "carica": Carica.Tipo.LEGALE_RAPPRESENTANTE.label}
        return detto | ({chiave: risposte.get(campo) for chiave, campo in campi.items()} if nascita else {})

    def _risposte(self, soggetto: Partecipazione) -> dict:
        """The block, whatever the edition calls it, where the scheda names the legal representative of a soggetto."""
        blocchi = (risposte.get(str(soggetto.pk), {}) for risposte in self.contenuto["risposte"].values())
        return next((risposte for risposte in blocchi if risposte.get("lr_nominativo")), {})


def _ente(soggetto: Partecipazione) -> dict:
    sede = next((f"{s.indirizzo}, {s.cap} {s.citta}".replace(",  ", ", ") for s in soggetto.ente.per_tipo), None)
    return {"denominazione": soggetto.denominazione, "codice_fiscale": soggetto.codice_fiscale or None, "sede": sede}


def _in_carica(carica: Carica, *, nascita: bool) -> dict:
    chi = carica.persona
    detto = {"nominativo": str(chi), "carica": carica.get_tipo_display()}
    if not nascita:
        return detto
    return detto | {
        "codice_fiscale": chi.codice_fiscale or None,
        "nato_il": chi.nato_il.isoformat() if chi.nato_il else None,
        "nato_a": chi.nato_a or None,
        "prov": chi.nato_provincia or None,
    }


def _atto(atto: AttoDiImpegno) -> dict:
    importo = None if atto.importo is None else str(atto.importo)
    detto = {"genere": atto.get_genere_display(), "numero": atto.numero or None, "data": atto.data.isoformat()}
    return detto | {"organo": atto.organo or None, "importo": importo}


def _somma(righe: list[dict], natura: str | None) -> Decimal:
    return sum((Decimal(r["importo"]) for r in righe if r["natura"] == natura), Decimal("0.00"))


# What has changed since a paper was made.


def cambiamenti(prima: dict, ora: dict, *, firmata: bool) -> list[str]:
    """Return in words what a paper says and is no longer so; of a signed one, only what it was signed for."""
    parti = [parte for parte in ora if not firmata or parte in SOSTANZA]
    return [parola for parte in parti if prima.get(parte) != ora[parte] for parola in _cambio(parte, prima, ora)]


def _cambio(parte: str, prima: dict, ora: dict) -> list[str]:
    era, adesso = prima.get(parte), ora[parte]
    if parte == "cofinanziamento":
        return [_cambio_di_cifra(era or {"totale": "0.00"}, adesso)]
    if parte == "rappresentante":
        return _cambio_di_persona(era, adesso)
    return [CAMBI[parte]]


def _cambio_di_cifra(era: dict, adesso: dict) -> str:
    if era["totale"] != adesso["totale"]:
        return f"la cifra è passata da {euro(era['totale'])} a {euro(adesso['totale'])}"
    return f"la cifra è la stessa ({euro(adesso['totale'])}), è cambiato come si divide"


def _cambio_di_persona(era: dict, adesso: dict) -> list[str]:
    if era.get("nominativo") != adesso.get("nominativo"):
        return [f"chi firma era {era.get('nominativo') or 'da indicare'}, ora è {adesso.get('nominativo') or 'da indicare'}"]
    return ["sono cambiati i dati di chi firma"]
