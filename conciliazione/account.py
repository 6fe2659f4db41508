"""The pages of one's own account that the portal offers: of allauth's, those and no others.

Addresses are changed by an administrator: they are how enti and ATS know who acts for whom.
"""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as di_allauth
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import path, re_path

from .messaggi import posta


class Adattatore(DefaultAccountAdapter):
    """Accounts are made by an administrator (or, later, by an invitation): nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail of accounts goes the way of all mail: written now, sent by a worker, tried again while nobody takes it."""
        comune = {"request": di_allauth.request, "email": email, "current_site": get_current_site(di_allauth.request)}
        messaggio = self.render_mail(template_prefix, email, comune | context)
        posta.scrivi([email], messaggio.subject, messaggio.body)


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
