from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as di_allauth
from django.contrib.sites.shortcuts import get_current_site

from . import posta


class Adattatore(DefaultAccountAdapter):
    """Accounts are made by an administrator (or, later, by an invitation): nobody signs up alone."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Mail of accounts goes the way of all mail: written now, sent by a worker, tried again while nobody takes it."""
        comune = {"request": di_allauth.request, "email": email, "current_site": get_current_site(di_allauth.request)}
        messaggio = self.render_mail(template_prefix, email, comune | context)
        posta.scrivi([email], messaggio.subject, messaggio.body)
