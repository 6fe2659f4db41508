"""What every page of a scheda shows around its own content: index with states, «cosa manca» with links, who is late."""

from dataclasses import dataclass
from functools import cached_property, partial

from django.urls import reverse

from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.prospetto import prospetti
from conciliazione.schede.segnalazioni import MANCANTI, SEPARA, bloccano, controlla
from conciliazione.schede.stato import COMPLETA, TONI, stati, stato_riga
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from .. import permessi
from ..contenuto import conferme, contenuti, contenuto, conti
from ..edizioni import EDIZIONI
from ..models import Partecipazione, Progetto

TONI_GRAVITA = {
    Gravita.ERRORE: "critico",
    Gravita.AVVISO: "attenzione",
    Gravita.INFORMAZIONE: "informativo",
    Gravita.NON_VERIFICABILE: "neutro",
}
NON_CONFERMATO = "partner_not_confirmed"
TONI_CONFERMA = {"confermata": "positivo", "da riconfermare": "critico", "da confermare": "attenzione"}


@dataclass
class Pagina:
    """A project as one person sees it: content, checks and addresses, each computed once."""

    progetto: Progetto
    utente: object

    @classmethod
    def di_tutti(cls, progetti: list[Progetto], utente) -> list["Pagina"]:
        """Return the pages of several projects at once, in as many queries as of one."""
        letti = contenuti(progetti)
        pagine = [cls(progetto, utente) for progetto in progetti]
        for pagina in pagine:
            pagina.contenuto = letti[pagina.progetto.pk]
        return pagine

    @cached_property
    def edizione(self) -> Edizione:
        return EDIZIONI[self.progetto.edizione]

    @cached_property
    def contenuto(self) -> Contenuto:
        return contenuto(self.progetto)

    @cached_property
    def segnalazioni(self) -> list[Segnalazione]:
        return controlla(self.edizione, self.contenuto)

    @cached_property
    def capofila(self) -> bool:
        return permessi.e_capofila(self.utente, self.progetto)

    @cached_property
    def tutta(self) -> bool:
        """Whether all of the scheda is this reader's to look at, and not only its own part: capofila, ATS it is lent to."""
        return self.capofila or (not self.miei and permessi.legge_in_prestito(self.utente, self.progetto))

    @cached_property
    def miei(self) -> set[str]:
        return permessi.mie_partecipazioni(self.utente, self.progetto)

    @cached_property
    def compila(self) -> bool:
        return permessi.puo_compilare(self.utente, self.progetto)

    # Addresses.

    @cached_property
    def mie_parti(self) -> list[dict]:
        """The soggetti whose part is all that this person fills in: their page is where it starts from and comes back."""
        return [] if self.capofila else [s for s in self.soggetti if s["mio"]]

    def dove_continua(self, soggetto: str = "") -> str:
        """Return where who fills in only its own part goes on after a save: to that part, or to the confirmation when it is
        all that is left; "" for who fills in the rest too, or has several parts and did not say which.
        """
        mie = [s for s in self.mie_parti if soggetto in ("", s["id"])]
        if len(mie) != 1:
            return ""
        return mie[0]["url_conferma"] if mie[0]["solo_da_confermare"] else mie[0]["url_parte"]

    def indirizzo(self, luogo: Luogo) -> str:
        """Return where to mend what a segnalazione tells: the very field, on the page that has it."""
        blocco = self.edizione.blocco(luogo.blocco)
        if blocco.altrove:
            return self._sezione(luogo.blocco) + f"#{blocco.id}"
        sopra = self._riga_sopra(blocco, luogo.riga)
        riga = luogo.riga if luogo.riga not in ("", "totale") else ""
        prefisso = f"{blocco.id}_{riga}" if riga else blocco.id
        scritto = luogo.campo in blocco.campi() and luogo.riga != "totale"  # nobody writes a total
        ancora = f"id_{prefisso}-{luogo.campo}" if scritto else blocco.id
        if blocco.a_parte and riga:
            return reverse("progetti:riga", args=[self.progetto.pk, blocco.chiave, riga]) + f"#{ancora}"
        if sopra:
            return reverse("progetti:riga", args=[self.progetto.pk, blocco.dentro, sopra]) + f"#{ancora}"
        return self._sezione(luogo.blocco) + f"#{ancora}"

    def _riga_sopra(self, blocco: Blocco, riga: str) -> str:
        """The row, with a page of its own, that a row of this table hangs from."""
        if not blocco.dentro or not self.edizione.blocco(blocco.dentro).a_parte:
            return ""
        return next((r[blocco.padre] for r in blocco.righe(self.contenuto) if r["id"] == riga), "")

    def _dove(self, segnalazione: Segnalazione, luogo: Luogo) -> str:
        """A confirmation that is owed is given on its own page; anything else is mended where it is written."""
        if segnalazione.regola == NON_CONFERMATO:
            return reverse("progetti:conferma", args=[self.progetto.pk, luogo.riga]) + "#conferma"
        return self.indirizzo(luogo)

    def dove_si_scrive(self, fonte: str) -> str:
        """Return the page of the table of that kind of rows; "" where the form has none."""
        tabella = next((b for b in self.edizione.blocchi if b.fonte == fonte and b.si_aggiunge), None)
        blocco = tabella or next((b for b in prospetti(self.edizione) if b.scrive_denaro(fonte)), None)
        return self._sezione(blocco.chiave) + f"#{blocco.id}" if blocco else ""

    def sezione_di(self, blocco: Blocco) -> str:
        """Return the page of the section of a block."""
        return self._sezione(blocco.chiave)

    def _sezione(self, blocco: str) -> str:
        return reverse("progetti:sezione", args=[self.progetto.pk, self.edizione.sezione_di(blocco).chiave])

    # For the templates.

    def indice(self, corrente: str = "") -> list[dict]:
        di_sezione = stati(self.edizione, self.contenuto, self.segnalazioni)
        return [
            {
                "testo": s.titolo,
                "url": reverse("progetti:sezione", args=[self.progetto.pk, s.chiave]),
                "stato": di_sezione[s.chiave],
                "tono": TONI[di_sezione[s.chiave]],
                "corrente": s.chiave == corrente,
            }
            for s in self.edizione.sezioni
        ]

    @cached_property
    def cosa_manca(self) -> list[dict]:
        """The segnalazioni that concern this person: all of them who reads it all, those of its own rows a partner."""
        return [self._mancanza(s) for s in self.segnalazioni if self.tutta or self._tocca(s, self._mie_righe)]

    def cosa_manca_in(self, blocchi: set[str], riga: str = "") -> list[dict]:
        """Return those of them with a place on the page of these blocks (of one row, when it is named)."""
        qui = [
            s
            for s in self.segnalazioni
            if (self.tutta or self._tocca(s, self._mie_righe))
            and any(p.blocco in blocchi and riga in ("", p.riga) for p in s.luoghi)
        ]
        return [self._mancanza(s) for s in qui]

    def da_correggere_di(self, soggetto: str) -> list[dict]:
        """Return what is wrong, and not only missing, in what a soggetto says: as its own people read it."""
        righe = self._righe_di({soggetto})
        return [
            self._mancanza(s, righe)
            for s in self.segnalazioni
            if s.gravita in (Gravita.ERRORE, Gravita.AVVISO)
            and s.regola not in MANCANTI | {NON_CONFERMATO}
            and self._tocca(s, righe)
        ]

    def osservazioni_su(self, blocco: str, riga: str, campo: str) -> list[str]:
        """Return what is wrong with one value that the form itself takes."""
        taciute = MANCANTI | {"invalid_value"}  # a hole is no mistake, and what is refused is said by the field
        qui = (blocco, riga, campo)
        return [
            s.messaggio
            for s in self.segnalazioni
            if s.regola not in taciute and any((p.blocco, p.riga, p.campo) == qui for p in s.luoghi)
        ]

    @cached_property
    def _mie_righe(self) -> set[str]:
        """Of who is asked for something: to who only adheres nothing is said to be missing."""
        chiesti = {p["id"] for p in self.contenuto["partecipazioni"] if p["ruolo"] in Partecipazione.CHIESTI}
        return self._righe_di(self.miei & chiesti)

    def _righe_di(self, soggetti: set[str]) -> set[str]:
        """These soggetti, and the rows of tables that are theirs."""
        con_padrone = [b for b in self.edizione.blocchi if b.proprietario]
        return soggetti | {r["id"] for b in con_padrone for r in b.righe(self.contenuto) if r.get(b.proprietario) in soggetti}

    @staticmethod
    def _tocca(segnalazione: Segnalazione, righe: set[str]) -> bool:
        return any(luogo.riga in righe for luogo in segnalazione.luoghi)

    def _mancanza(self, segnalazione: Segnalazione, righe: set[str] | None = None) -> dict:
        """A segnalazione as it is shown, with its places: those in `righe`, where they are said."""
        righe = self._mie_righe if righe is None and not self.tutta else righe
        luoghi = [luogo for luogo in segnalazione.luoghi if righe is None or luogo.riga in righe]
        return {
            "gravita": str(segnalazione.gravita),
            "tono": TONI_GRAVITA[segnalazione.gravita],
            "messaggio": self._messaggio(segnalazione, luoghi),
            "luoghi": [{"nota": luogo.nota, "url": self._dove(segnalazione, luogo)} for luogo in luoghi if luogo.nota],
        }

    def _messaggio(self, segnalazione: Segnalazione, luoghi: list[Luogo]) -> str:
        """A partner reads of a fact about many only what is about itself."""
        if len(luoghi) == len(segnalazione.luoghi) or not segnalazione.titolo:
            return segnalazione.messaggio
        cose = ", ".join(luogo.nota.rpartition(SEPARA)[2] for luogo in luoghi if SEPARA in luogo.nota)
        detto = f"{segnalazione.titolo}: {cose}" if cose else segnalazione.titolo
        return detto.removesuffix(".") + "."  # what is missing may end by its own dot: «Prov.»

    @cached_property
    def errori(self) -> int:
        return len(bloccano(self.segnalazioni))

    @cached_property
    def soggetti(self) -> list[dict]:
        """Each soggetto with what it owes: its part of the scheda, its confirmation, and who is late."""
        return [self._soggetto(n, s) for n, s in enumerate(self.contenuto["partecipazioni"], 1)]

    def _soggetto(self, numero: int, soggetto: dict) -> dict:
        chiesto = soggetto["ruolo"] in Partecipazione.CHIESTI
        sue = [b for b in self.edizione.blocchi if chiesto and self._e_parte_di(b, soggetto)]
        parti = [self.parte(blocco, soggetto) for blocco in sue]
        conferma = "" if soggetto["ruolo"] != "partner" else conferme.stato(self.contenuto, soggetto["id"])
        cofinanziamento = self._cofinanziamento(soggetto, conferma)
        compilata = all(p["stato"] == COMPLETA for p in parti)
        denaro_detto = not cofinanziamento["url"] or cofinanziamento["tono"] != "attenzione"
        da_confermare = conferma not in ("", "confermata")
        return {
            "numero": numero,
            "id": soggetto["id"],
            "denominazione": soggetto["denominazione"] or "(senza nome)",
            "ruolo": soggetto["ruolo"],
            "mio": soggetto["id"] in self.miei,
            "chiesto": chiesto,
            "parti": parti,
            "url_parte": reverse("progetti:tua_parte", args=[self.progetto.pk, soggetto["id"]]),
            "conferma": conferma,
            "url_conferma": reverse("progetti:conferma", args=[self.progetto.pk, soggetto["id"]]),
            "tono_conferma": TONI_CONFERMA.get(conferma, "neutro"),
            "ultima_conferma": self.contenuto["conferme"].get(soggetto["id"]),
            "cambi": partial(self.cosa_e_cambiato, soggetto["id"]) if conferma == "da riconfermare" else [],
            "cofinanziamento": cofinanziamento,
            "in_ritardo": da_confermare or not compilata,
            "solo_da_confermare": da_confermare and compilata and denaro_detto,
        }

    def _cofinanziamento(self, soggetto: dict, conferma: str) -> dict:
        """What it says it puts in; to say nothing is something owed until it is confirmed."""
        righe = any(c["partecipazione"] == soggetto["id"] for c in self.contenuto["cofinanziamenti"])
        importo = conti.cofinanziamento(self.contenuto, partecipazione=soggetto["id"])
        return {
            "importo": importo,
            "detto": "importo da indicare" if righe else "nessuno indicato",
            "tono": "positivo" if importo is not None else "neutro" if conferma in ("", "confermata") else "attenzione",
            "url": self.dove_si_scrive("cofinanziamenti") if righe or soggetto["ruolo"] in Partecipazione.CHIESTI else "",
        }

    def cosa_e_cambiato(self, soggetto: str) -> list[conferme.Cambio]:
        """Return which of the figures that it confirmed have changed. Templates call it: only they know whether it is shown."""
        azioni = {a["id"]: a["titolo"] or "(senza titolo)" for a in self.contenuto["azioni"]}
        return conferme.cambi(self._confermate.get(soggetto, {}), conferme.cifre(self.contenuto, soggetto), azioni)

    @cached_property
    def _confermate(self) -> dict[str, dict]:
        return conferme.cifre_confermate(list(self.contenuto["conferme"]))

    @staticmethod
    def _e_parte_di(blocco, soggetto: dict) -> bool:
        return blocco.fonte == "partecipazioni" and blocco.a_parte and blocco.filtro(soggetto)

    def parte(self, blocco: Blocco, riga: dict) -> dict:
        """Return a row that has a page of its own: its state and its address."""
        stato = stato_riga(blocco, self.contenuto, riga["id"], self.segnalazioni, self.edizione.figlie(blocco))
        url = reverse("progetti:riga", args=[self.progetto.pk, blocco.chiave, riga["id"]])
        return {"titolo": blocco.chiamato, "stato": stato, "tono": TONI[stato], "url": url, "chiave": blocco.chiave}
