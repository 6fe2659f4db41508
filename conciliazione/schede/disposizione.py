"""How the questions of a form stand on the screen: by the groups that the paper prints, with crispy forms."""

from itertools import groupby

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django.utils.html import format_html

from .campi import Testo
from .edizione import Scheda


def disposizione(form: Scheda) -> FormHelper:
    """A layout with a fieldset for each printed group; short fields stand side by side, long texts take the whole row."""
    helper = FormHelper(form)
    helper.form_tag, helper.disable_csrf, helper.render_hidden_fields = False, True, True
    gruppi = groupby(form.fields, key=lambda nome: form.fields[nome].gruppo)
    pezzi = [_gruppo(form, gruppo, list(nomi)) for gruppo, nomi in gruppi]
    helper.layout = Layout(*pezzi)
    return helper


def _gruppo(form: Scheda, gruppo: str, nomi: list[str]) -> Div | Fieldset:
    classe = "campi-lunghi" if any(isinstance(form.fields[n], Testo) for n in nomi) else "campi"
    campi = Div(*nomi, css_class=classe)
    if intestazione := form.fields[nomi[0]].intestazione:
        campi = Div(HTML(format_html('<p class="nota">{}</p>', intestazione)), campi)
    return Fieldset(gruppo, campi, css_class="gruppo") if gruppo else campi
