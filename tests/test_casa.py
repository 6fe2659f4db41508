"""The house rules that no reviewer should have to remember."""

import ast
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from conciliazione.schede.edizione import Blocco
from progetti.edizioni import EDIZIONI
from progetti.scheda.blocchi import MODELLI

RADICE = Path(settings.RADICE)
ORDINE = ["conciliazione", "alleanze", "progetti", "voucher", "rendicontazione"]


def file_del_progetto() -> list[Path]:
    comando = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    elenco = subprocess.run(comando, cwd=RADICE, capture_output=True, check=True, text=True).stdout
    return [RADICE / nome for nome in elenco.split("\0") if nome and (RADICE / nome).is_file()]


FILE = file_del_progetto()
SORGENTI = [f for f in FILE if f.suffix == ".py" and f.relative_to(RADICE).parts[0] in ORDINE]
CARTELLE_DEI_MODELLI = [Path(cartella) for cartella in settings.TEMPLATES[0]["DIRS"]]
MODELLI_HTML = {f.relative_to(c).as_posix(): f for c in CARTELLE_DEI_MODELLI for f in FILE if f.is_relative_to(c)}
"""By the name that a page calls them."""


def importati(albero: ast.AST) -> set[str]:
    """The first name of every absolute import, wherever it is in the file."""
    nomi = {a.name.split(".")[0] for n in ast.walk(albero) if isinstance(n, ast.Import) for a in n.names}
    return nomi | {n.module.split(".")[0] for n in ast.walk(albero) if isinstance(n, ast.ImportFrom) and n.level == 0}


def albero(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def relativo(file: Path) -> str:
    return file.relative_to(RADICE).as_posix()


def test_il_motore_delle_schede_non_conosce_modelli():
    motore = [f for f in SORGENTI if relativo(f).startswith("conciliazione/schede/")]
    assert motore
    for file in motore:
        moduli = {n.module or "" for n in ast.walk(albero(file)) if isinstance(n, ast.ImportFrom)}
        assert not [m for m in moduli if "models" in m or m.startswith("django.db")], relativo(file)


def test_weasyprint_si_importa_solo_dove_serve():
    """It takes a second to load: the pages must not wait for it."""
    for file in SORGENTI:
        in_cima = ast.Module(body=[n for n in albero(file).body if isinstance(n, ast.Import | ast.ImportFrom)], type_ignores=[])
        assert not importati(in_cima) & {"weasyprint", "pikepdf", "pydyf"}, relativo(file)


def test_fuori_dal_motore_nessuno_chiede_di_che_genere_e_un_blocco():
    generi = {c.__name__ for c in sottoclassi(Blocco)}
    for file in SORGENTI:
        chieste = (n for n in ast.walk(albero(file)) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "isinstance")
        nomi = {n.id for chiesta in chieste for n in ast.walk(chiesta.args[1]) if isinstance(n, ast.Name)}
        assert relativo(file).startswith("conciliazione/schede/") or not nomi & generi, relativo(file)


def test_nessuna_funzione_ha_piu_di_quaranta_righe():
    """All of it: decorators and docstring too."""
    funzioni = [(f, n) for f in SORGENTI for n in ast.walk(albero(f)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    inizi = [(f, n, min([n.lineno, *(d.lineno for d in n.decorator_list)])) for f, n in funzioni]
    assert inizi
    assert not [f"{relativo(f)}: {n.name}" for f, n, inizio in inizi if n.end_lineno - inizio >= 40]


# Templates.


def usati() -> set[str]:
    """Names of templates that the code or another template says in full, and those it composes."""
    testi = [f.read_text(encoding="utf-8") for f in (*SORGENTI, *MODELLI_HTML.values())]
    detti = {nome for testo in testi for nome in re.findall(r"[\"']([\w/.-]+\.(?:html|txt))[\"']", testo)}
    posta = {nome for testo in testi for nome in re.findall(r"posta\.invia\(\s*\"(\w+)\"", testo)}
    generi = {c.genere for c in sottoclassi(Blocco)}
    aspetti = {b.si_legge for e in EDIZIONI.values() for b in e.blocchi}
    composti = {f"posta/{nome}_{parte}.txt" for nome in posta for parte in ("oggetto", "testo")}
    composti |= {f"progetti/scheda/blocchi/{MODELLI.get(g, g)}.html" for g in generi} | {
        "progetti/scheda/blocchi/lista.html",
        "progetti/scheda/blocchi/in_tabella.html",
    }
    composti |= {f"conciliazione/schede/lettura/{g}.html" for g in generi} | aspetti
    return detti | composti


def sottoclassi(classe: type) -> set[type]:
    return {s for c in classe.__subclasses__() for s in (c, *sottoclassi(c))}


def di_una_libreria(nome: str) -> bool:
    """Ours in place of one of a library, or one that Django or allauth look for by name."""
    if nome in ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"):
        return True
    cartelle = [Path(a.path) / "templates" for a in apps.get_app_configs() if a.name not in ORDINE]
    return any((cartella / nome).is_file() for cartella in cartelle)


def test_ogni_modello_serve_a_qualcuno():
    detti = usati()
    nomi = list(MODELLI_HTML)
    assert nomi
    assert not [n for n in nomi if n not in detti and not di_una_libreria(n)]


@pytest.mark.parametrize("modello", MODELLI_HTML)
def test_ogni_modello_si_compila(modello):
    get_template(modello)


def test_nessuna_riga_di_un_modello_ha_piu_di_centosessanta_caratteri():
    modelli = [f for f in MODELLI_HTML.values() if f.suffix == ".html"]
    assert modelli
    righe = [(f, n, r) for f in modelli for n, r in enumerate(f.read_text(encoding="utf-8").splitlines(), 1)]
    assert not [f"{relativo(f)}:{n}" for f, n, riga in righe if len(riga) > 160]


CORNICI = {"titolo-pagina": "titolo_pagina", "tabella-scorrevole": "scorrevole", "percorso": "percorso"}


@pytest.mark.parametrize("classe", CORNICI)
def test_la_cornice_di_una_pagina_la_scrive_un_tag_solo(classe):
    testi = {nome: f.read_text(encoding="utf-8") for nome, f in MODELLI_HTML.items()}
    assert [nome for nome, testo in testi.items() if f"{{% {CORNICI[classe]} " in testo]
    assert not [nome for nome, testo in testi.items() if re.search(rf'class="(?:[^"]* )?{classe}[ "]', testo)]


def test_un_numero_con_la_sua_parola_lo_scrive_un_filtro_solo():
    """«1 progetto», «3 progetti»: `plurale`. Where one is said in words («Una cosa») the page says it."""
    a_mano = re.compile(r"\{\{ ([\w.|]+) \}\} \{% if \1 == 1 %\}|\|pluralize")
    assert not [relativo(f) for f in MODELLI_HTML.values() if a_mano.search(f.read_text(encoding="utf-8"))]


# Glossary.


def righe_del_glossario() -> list[tuple[str, str, str]]:
    testo = (RADICE / "docs/glossario.md").read_text(encoding="utf-8")
    righe = [r.strip().strip("|").split("|") for r in testo.splitlines() if r.startswith("| ")]
    celle = [tuple(c.strip() for c in r) for r in righe]
    return [r for r in celle if r[0] not in ("Termine", "---")]


def nomi_nel_codice() -> set[str]:
    nomi = set(ORDINE)
    for file in SORGENTI:
        for nodo in ast.walk(albero(file)):
            match nodo:
                case ast.ClassDef() | ast.FunctionDef():
                    nomi.add(nodo.name)
                case ast.Name():
                    nomi.add(nodo.id)
                case ast.arg():
                    nomi.add(nodo.arg)
    return nomi


def test_il_glossario_e_fatto_di_tre_colonne_piene():
    righe = righe_del_glossario()
    assert len(righe) > 40
    assert not [r for r in righe if len(r) != 3 or not all(r)]


def test_ogni_termine_del_glossario_c_e_una_volta_sola():
    termini = [r[0] for r in righe_del_glossario()]
    assert sorted(termini) == sorted(set(termini))


def test_ogni_nome_del_glossario_esiste_nel_codice():
    esistono = nomi_nel_codice()
    detti = [nome for r in righe_del_glossario() for nome in re.findall(r"`([^`]+)`", r[2])]
    assert not [nome for nome in detti if nome not in esistono]


def test_ogni_modello_della_base_dati_e_nel_glossario():
    nostri = {m.__name__ for a in ORDINE for m in apps.get_app_config(a).get_models() if not m.__name__.endswith("Event")}
    detti = {nome for r in righe_del_glossario() for nome in re.findall(r"`([^`]+)`", r[2])}
    assert not nostri - detti


def test_il_glossario_distingue_le_due_ats():
    termini = {r[0]: r[1] for r in righe_del_glossario()}
    assert "associazione temporanea di scopo" in termini
    assert "associazione temporanea di scopo" in termini["ATS"]


# Words that people read.

INGLESE = re.compile(
    r"\b(save|delete|submit|login|log in|logout|sign|error|required|search|cancel|edit|please|invalid|next|previous|"
    r"loading|upload|download|warning|success|choose|select|remove|remember|forgot|change|view|back|home page|"
    r"not found|this field|enter a)\b",
    re.IGNORECASE,
)


class Visibile(HTMLParser):
    """What a person sees or hears on a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.testi: list[str] = []
        self.nascosto = 0

    def handle_starttag(self, tag, attributi):
        self.nascosto += tag in ("script", "style", "svg")
        self.testi += [v for k, v in attributi if k in ("title", "aria-label", "placeholder", "alt") and v]

    def handle_endtag(self, tag):
        self.nascosto -= tag in ("script", "style", "svg")

    def handle_data(self, dati):
        if not self.nascosto:
            self.testi.append(dati)


def visibile(risposta) -> str:
    lettore = Visibile()
    lettore.feed(risposta.content.decode())
    return " ".join(" ".join(lettore.testi).split())


def pagine(progetto, presentato) -> list[str]:
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Iride").pk
    versione = presentato.versioni.get().pk
    nomi = ["scrivania", "privacy", "accessibilita", "note_legali", "progetti:elenco", "progetti:avvisi", "alleanze:elenco"]
    trovate = [reverse(nome) for nome in (*nomi, "account_change_password")]
    trovate += [reverse(f"progetti:{nome}", args=[progetto.pk]) for nome in ("dettaglio", "soggetti", "verifica", "altrove")]
    trovate += [reverse("progetti:sezione", args=[progetto.pk, chiave]) for chiave in ("I", "II", "III", "IV")]
    trovate += [reverse("progetti:riga", args=[progetto.pk, b, soggetto]) for b in ("II.B", "III.1.3-soggetti")]
    trovate += [
        reverse("progetti:conferma", args=[progetto.pk, soggetto]),
        reverse("progetti:nuovo", args=[progetto.avviso_id]),
    ]
    trovate += [reverse(f"progetti:{nome}", args=[versione]) for nome in ("versione", "ricevuta")]
    return [*trovate, reverse("alleanze:dettaglio", args=[progetto.alleanza_id])]


def test_nelle_pagine_non_ci_sono_parole_inglesi(entra, responsabile, progetto, presentato):
    browser = entra(responsabile)
    for url in pagine(progetto, presentato):
        risposta = browser.get(url)
        assert risposta.status_code == 200, url
        assert not INGLESE.findall(visibile(risposta)), url


@pytest.mark.parametrize("nome", ["scrivania", "account_login", "account_reset_password"])
def test_nemmeno_per_chi_non_e_entrato(client, dimostrazione, nome):
    risposta = client.get(reverse(nome))
    assert risposta.status_code == 200
    assert not INGLESE.findall(visibile(risposta))


def test_nemmeno_quando_qualcosa_e_rifiutato(client, entra, responsabile, progetto):
    rifiuti = [
        client.post(reverse("account_login"), {"login": "nessuno", "password": ""}),
        client.post(reverse("account_login"), {"login": "nessuno@example.org", "password": "sbagliata"}),
        entra(responsabile).post(reverse("progetti:altrove", args=[progetto.pk]), {"canale": "x", "protocollo_il": "ieri"}),
        entra(responsabile).post(reverse("progetti:soggetti", args=[progetto.pk]), {"codice_fiscale": "1"}),
        entra(responsabile).post(reverse("account_change_password"), {"oldpassword": "x", "password1": "1", "password2": "2"}),
        entra(responsabile).get("/progetti/non-esiste/"),
    ]
    for risposta in rifiuti:
        assert not INGLESE.findall(visibile(risposta)), risposta.request["PATH_INFO"]


# The repository.


def test_nessun_file_nomina_una_cartella_di_una_macchina():
    vietate = re.compile("|".join(["/" + "home/[a-z]", "/" + "root/", "/" + "work/", "/" + "Users/[a-z]", "/" + "tmp/prova"]))
    leggibili = [
        f for f in FILE if f.suffix in (".py", ".html", ".md", ".toml", ".yml", ".json", ".txt", ".in", ".css", ".js", "")
    ]
    trovati = []
    for file in leggibili:
        try:
            if vietate.search(file.read_text(encoding="utf-8")):
                trovati.append(relativo(file))
        except UnicodeDecodeError:
            continue
    assert not trovati


def test_la_licenza_e_l_agpl():
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (RADICE / "LICENSE").read_text(encoding="utf-8")
    assert 'license = "AGPL-3.0-or-later"' in (RADICE / "pyproject.toml").read_text(encoding="utf-8")


def test_i_nomi_nel_codice_non_hanno_accenti():
    assert not [n for n in nomi_nel_codice() if not n.isascii()]


def test_un_modulo_si_legge_da_cio_che_e_stato_inviato_anche_prima_di_un_accesso_scaduto():
    """`request.POST or None` forgets what waited for the log-in: `parcheggio.inviati` does not."""
    a_mano = re.compile(r"request\.POST or None|request\.POST if request\.method == \"POST\"")
    assert not [relativo(f) for f in SORGENTI if a_mano.search(f.read_text(encoding="utf-8")) and f.name != "non_salvato.py"]
