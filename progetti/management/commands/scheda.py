"""The command line twins of the pages, for operators and for whoever brings old schede in."""

import json
import os
import sys
import uuid
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction
from django.utils import timezone
from django.utils.text import slugify

from conciliazione.passaggi import Rifiuto
from conciliazione.schede import campi
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.segnalazioni import bloccano, controlla

from ... import interscambio, prova
from ...contenuto import contenuto, conti
from ...edizioni import EDIZIONI, NonInstallata
from ...models import Progetto
from ...presentazione import transizioni, versioni

TABELLA_CHE_NON_C_E = "42P01"
"""Said by PostgreSQL."""
CHE_FARE_SENZA_TABELLE = "Prima si preparano le tabelle: python3 manage.py migrate."
CHE_FARE_SENZA_PROGETTI = (
    "Un progetto si apre dal portale, o si prende da un file: python3 manage.py scheda importa FILE. "
    "Quelli di esempio si caricano con python3 manage.py demo."
)


class Command(BaseCommand):
    help = "Descrive, importa, esporta, controlla e stampa le schede progetto."

    def add_arguments(self, parser):
        comandi = parser.add_subparsers(dest="cosa", required=True, metavar="comando")
        descrivi = comandi.add_parser("descrivi", help="sezioni, blocchi e campi di un'edizione")
        descrivi.add_argument("edizione", help=f"una di queste: {', '.join(EDIZIONI)}")
        schema = comandi.add_parser("schema", help="lo schema JSON del file di interscambio di un'edizione")
        schema.add_argument("edizione", help=f"una di queste: {', '.join(EDIZIONI)}")
        prova_ = comandi.add_parser("prova", help="prova il modulo di un'edizione: lo controlla e lo stampa, senza base dati")
        prova_.add_argument("modulo", help="il suo nome con i punti, e :NOME se ha più edizioni: cartella.nuova_2026:NUOVA")
        prova_.add_argument("--out", help="dove scrivere il PDF (di solito: qui, con il codice dell'edizione)")
        importa = comandi.add_parser("importa", help="prende una scheda da un file (- per lo standard input)")
        importa.add_argument("file")
        importa.add_argument("--congela", action="store_true", help="la congela come acquisita da carta")
        self._progetto(comandi.add_parser("esporta", help="scrive una scheda come file")).add_argument("--out")
        controlla_ = self._progetto(comandi.add_parser("controlla", help="dice cosa manca e cosa non torna"))
        controlla_.add_argument("--json", action="store_true")
        self._progetto(comandi.add_parser("pdf", help="stampa una scheda in PDF")).add_argument("--out", required=True)
        comandi.add_parser("elenca", help="i progetti che ci sono")

    @staticmethod
    def _progetto(parser):
        parser.add_argument("progetto", help="identificativo del progetto, o il suo titolo")
        return parser

    def handle(self, *args, cosa, **opzioni):
        try:
            getattr(self, cosa)(**opzioni)
            self.stdout.flush()
        except ProgrammingError as errore:
            if getattr(errore.__cause__, "pgcode", "") != TABELLA_CHE_NON_C_E:
                raise
            raise CommandError(f"La base dati è vuota. {CHE_FARE_SENZA_TABELLE}") from errore
        except NonInstallata as errore:
            raise CommandError(str(errore)) from errore
        except BrokenPipeError:
            # Who reads (head, less) has seen enough; Python itself must not complain of it on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    @staticmethod
    def _edizione(codice: str) -> Edizione:
        if codice not in EDIZIONI:
            raise CommandError(f"Edizione «{codice}» sconosciuta: il portale conosce {', '.join(EDIZIONI)}.")
        return EDIZIONI[codice]

    def schema(self, *, edizione, **_):
        self.stdout.write(json.dumps(interscambio.schema(self._edizione(edizione)), ensure_ascii=False, indent=1))

    def descrivi(self, *, edizione, **_):
        for sezione in self._edizione(edizione).sezioni:
            self.stdout.write(f"{sezione.chiave}  {sezione.titolo}")
            for blocco in sezione.blocchi:
                dove = f" per ogni riga di {blocco.fonte}" if blocco.fonte else ""
                self.stdout.write(f"  {blocco.chiave}  [{blocco.genere}{dove}] {blocco.chiamato}")
                for nome, campo in blocco.campi().items():
                    limite = f" ({', '.join(campo.limiti)})" if campo.limiti else ""
                    self.stdout.write(f"    {nome}: {campo.genere}{limite} · {campo.label}")
                    self._scelte(campo)
                for colonna in blocco.colonne:
                    if not colonna.scrivibile:
                        self.stdout.write(f"    {colonna.chiave}: calcolato · {colonna.etichetta}")

    def _scelte(self, campo) -> None:
        if isinstance(campo, campi.Scelta | campi.Scelte):
            for chiave, nome in campo.choices:
                if chiave:
                    self.stdout.write(f"      {chiave} · {nome}")

    def prova(self, *, modulo, out, **_):
        try:
            esito = prova.prova(modulo, timezone.now())
        except prova.NonSiTrova as motivo:
            raise CommandError(str(motivo)) from motivo
        if esito.pdf:
            self._riferisci(esito.edizione)
            file = out or f"{slugify(esito.edizione.codice)}-prova.pdf"
            self._scrivi(file, esito.pdf)
            self.stdout.write(f"{file}: {len(esito.pdf)} byte, con contenuto inventato")
        self._elenco("Non c'è ancora:", esito.carenze)
        self._elenco("Del contenuto inventato si segnala:", [f"{s.gravita}: {s.messaggio}" for s in esito.segnalazioni])
        if esito.errori:
            raise CommandError("\n".join(esito.errori))

    def _riferisci(self, edizione: Edizione) -> None:
        quanti = {"sezioni": edizione.sezioni, "blocchi": edizione.blocchi, "regole": edizione.regole}
        quanti["campi"] = [campo for blocco in edizione.blocchi for campo in blocco.campi()]
        detto = ", ".join(f"{cosa} {len(quante)}" for cosa, quante in quanti.items())
        self.stdout.write(f"Edizione «{edizione.codice}», {edizione.titolo}: {detto}.")

    def _elenco(self, titolo: str, voci) -> None:
        if voci:
            self.stdout.write("\n".join([titolo, *(f"- {voce}" for voce in voci)]))

    def importa(self, *, file, congela, **_):
        try:
            progetto, fatto = self._importa(interscambio.leggi_file(self._leggi(file)), congela)
        except interscambio.FileRifiutato as rifiuto:
            raise CommandError(f"Niente è stato importato.\n{rifiuto}") from rifiuto
        except Rifiuto as motivo:
            raise CommandError(f"Niente è stato importato. {motivo}") from motivo
        self.stdout.write(f"{progetto.pk} {fatto}: {progetto}")

    @staticmethod
    @transaction.atomic
    def _importa(dati: dict, congela: bool) -> tuple[Progetto, str]:
        progetto, fatto = interscambio.importa(dati)
        if congela and progetto.modificabile:
            transizioni.acquisisci_da_carta(progetto.pk)
        return progetto, fatto

    @staticmethod
    def _leggi(file: str) -> str:
        try:
            dati = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            return dati.decode()
        except UnicodeDecodeError as errore:
            raise CommandError(f"Il file «{file}» non è scritto in UTF-8.") from errore
        except OSError as errore:
            raise CommandError(f"Il file «{file}» non si può leggere: {_perche(errore)}.") from errore

    @staticmethod
    def _scrivi(file: str, dati: bytes) -> None:
        try:
            Path(file).write_bytes(dati)
        except OSError as errore:
            raise CommandError(f"Il file «{file}» non si può scrivere: {_perche(errore)}.") from errore

    def esporta(self, *, progetto, out, **_):
        testo = interscambio.esporta(self._trova(progetto))
        if out:
            self._scrivi(out, testo.encode())
        else:
            self.stdout.write(testo, ending="")

    def controlla(self, *, progetto, **opzioni):
        trovato = self._trova(progetto)
        dati = contenuto(trovato)
        segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
        if opzioni["json"]:
            self.stdout.write(json.dumps(self._esito(trovato, dati, segnalazioni), ensure_ascii=False, indent=1))
            return
        for s in segnalazioni:
            self.stdout.write(f"{s.gravita}: {s.messaggio}  [{s.regola}]")
        self.stdout.write("La scheda si può presentare." if not bloccano(segnalazioni) else "La scheda non si può presentare.")

    @staticmethod
    def _esito(progetto: Progetto, dati: dict, segnalazioni: list) -> dict:
        prospetto = EDIZIONI[dati["edizione"]].prospetto
        totali = {
            "costo": conti.costo(dati, prospetto=prospetto),
            "contributo": conti.contributo(dati, prospetto=prospetto),
            "cofinanziamento": conti.cofinanziamento(dati),
            "cofin_pubblico": conti.cofinanziamento_pubblico(dati),
            "cofin_privato": conti.cofinanziamento_privato(dati),
        }
        return {
            "progetto": str(progetto.pk),
            "titolo": progetto.titolo,
            "stato": progetto.stato,
            "totali": {nome: None if importo is None else f"{importo:.2f}" for nome, importo in totali.items()},
            "presentabile": not bloccano(segnalazioni),
            "segnalazioni": [s.come_dict() for s in segnalazioni],
        }

    def pdf(self, *, progetto, out, **_):
        trovato = self._trova(progetto)
        versione = trovato.versioni.select_related("progetto").order_by("-numero").first()
        if versione and not trovato.modificabile:
            dati = versioni.pdf_di(versione)
        else:
            dati = versioni.pdf_anteprima(contenuto(trovato), timezone.now())
        self._scrivi(out, dati)
        self.stdout.write(f"{out}: {len(dati)} byte")

    def elenca(self, **_):
        progetti = Progetto.objects.per_elenco()
        if not progetti:
            self.stderr.write(f"Non c'è ancora nessun progetto. {CHE_FARE_SENZA_PROGETTI}")
        for p in progetti:
            self.stdout.write(f"{p.pk}  {p.get_stato_display():<18} {p.edizione:<14} {p}")

    @staticmethod
    def _trova(nome: str) -> Progetto:
        progetti = Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila")
        try:
            trovati = list(progetti.filter(pk=uuid.UUID(nome)))
        except ValueError:
            trovati = list(progetti.filter(titolo__iexact=nome)[:2])
        if len(trovati) > 1:
            raise CommandError(f"Più progetti si chiamano «{nome}»: usa l'identificativo (scheda elenca).")
        if not trovati and not Progetto.objects.exists():
            raise CommandError(f"Nessun progetto «{nome}»: non ce n'è ancora nessuno. {CHE_FARE_SENZA_PROGETTI}")
        if not trovati:
            raise CommandError(f"Nessun progetto «{nome}»: scheda elenca dice quali ci sono.")
        return trovati[0]


def _perche(errore: OSError) -> str:
    motivi = {
        FileNotFoundError: "non c'è, o non c'è la sua cartella",
        IsADirectoryError: "è una cartella",
        PermissionError: "manca il permesso",
    }
    return motivi.get(type(errore), errore.strerror or str(errore))
