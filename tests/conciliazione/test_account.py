"""One's own account: the mail that changes a password."""

import re

from django.core import mail
from django.urls import reverse

from conciliazione.models import Messaggio


def chiede(client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_la_posta_della_password_si_scrive_e_parte_dopo(client, capofila, settings):
    """With the mail server off the page answers all the same, and the mail waits for it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert chiede(client, capofila.email).status_code == 302
    messaggio = Messaggio.objects.filter(destinatari=[capofila.email], inviato_il=None).first()
    assert re.search(r"/account/password/reset/key/\S+", messaggio.testo)
    assert "\n" not in messaggio.oggetto


def test_chi_non_ha_un_account_ha_la_stessa_risposta(client, capofila):
    noto, ignoto = chiede(client, capofila.email), chiede(client, "nessuno@example.org")
    assert (noto.status_code, noto.url) == (ignoto.status_code, ignoto.url)
    assert not mail.outbox


def test_con_il_collegamento_della_posta_si_cambia_la_password(client, capofila):
    chiede(client, capofila.email)
    testo = Messaggio.objects.filter(destinatari=[capofila.email]).first().testo
    collegamento = re.search(r"/account/password/reset/key/\S+", testo)[0]
    pagina = client.get(collegamento, follow=True)
    nuova = "Una-parola-nuova-7"
    risposta = client.post(pagina.request["PATH_INFO"], {"password1": nuova, "password2": nuova})
    assert risposta.status_code == 302
    capofila.refresh_from_db()
    assert capofila.check_password(nuova)
