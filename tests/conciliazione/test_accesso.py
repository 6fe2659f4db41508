"""Every page is for who has logged in, but those of this list: a view is public if it says so and is named here."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from conciliazione import salute

PAGINE = ["scrivania", "privacy", "accessibilita", "note_legali", "salute"]
PUBBLICO = "alleanze alleanza progetti progetto schede scheda faq dati schema catalogo scarica"
CON_UNA_CHIAVE = ["calendario", "alleanze:invito", "alleanze:invito_nuovo", "progetti:invito", "progetti:invito_nuovo"]
ADESIONE = ["alleanze:aderisci", "alleanze:aderisci_posta", "alleanze:adesione_chiave"]
ACCOUNT = "login logout signup inactive reset_password reset_password_done reset_password_from_key"
ACCOUNT += " reset_password_from_key_done"
PUBBLICHE = {*PAGINE, *CON_UNA_CHIAVE, *ADESIONE, "admin:login"}
PUBBLICHE |= {f"pubblico:{nome}" for nome in PUBBLICO.split()} | {f"account_{nome}" for nome in ACCOUNT.split()}
"""What anyone reads, or who has a key that was sent by mail."""

A_UNO_SCRIPT = {"progetti:salvataggio", "progetti:salvataggio_riga", "progetti:presenza"}
"""The log-in page would be of no use to it: 401, and what takes another method says so first."""
CHIEDONO_DA_SE = {
    "progetti:sezione",  # what was being written is kept
    "progetti:riga",
    *(f"alleanze:adesione{quale}" for quale in ("", "_passo", "_invia", "_ritira")),  # or a personal link
    *(
        f"alleanze:adesione_{quale}"
        for quale in ("pdf", "file", "scarica", "riprova", "firmato", "lettera", "lettera_pdf", "atto")
    ),
}
"""They ask for the log-in in a way of their own."""

ESEMPI = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}


def indirizzi(schemi=None, spazio: str = "", prima: str = "/") -> list[tuple]:
    """Name, an address made up, view: of every pattern of the project, those of libraries included."""
    trovati = []
    for schema in get_resolver().url_patterns if schemi is None else schemi:
        qui = prima + _esempio(str(schema.pattern))
        if isinstance(schema, URLPattern):
            trovati.append((spazio + (schema.name or str(schema.pattern)), qui, schema.callback))
        else:
            trovati += indirizzi(schema.url_patterns, f"{spazio}{schema.namespace}:" if schema.namespace else spazio, qui)
    return trovati


def _esempio(schema: str) -> str:
    """Of a route or of a regular expression."""
    if "(?P" in schema:
        return re.sub(r"\(\?P<\w+>[^)]*\)", "x", schema).strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda parte: ESEMPI.get(parte[1], "x"), schema)


def test_sono_pubblici_quelli_e_nessun_altro():
    aperti = {nome for nome, _, vista in indirizzi() if not getattr(vista, "login_required", True)}
    assert aperti == PUBBLICHE | A_UNO_SCRIPT | CHIEDONO_DA_SE


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_senza_accesso_ogni_altro_indirizzo_porta_ad_accedere(db, monkeypatch, metodo):
    monkeypatch.setattr(salute, "lavoratori", list)
    rispondono = set()
    for nome, indirizzo, _ in indirizzi():
        risposta = getattr(Client(), metodo)(indirizzo)
        if not risposta.headers.get("Location", "").startswith((reverse("account_login"), reverse("admin:login"))):
            rispondono.add(nome)
    assert rispondono == PUBBLICHE | A_UNO_SCRIPT
