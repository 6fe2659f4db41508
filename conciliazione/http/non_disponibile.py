"""A page that cannot be made now, by no fault of who asks for it: the sentence that says why stands in its place."""

from django.shortcuts import render


class NonDisponibile(Exception):
    """Raised anywhere under a view; `str()` says why, to a command or a job too. What the view had written is undone."""

    template = ""


def in_sua_vece(request, errore: NonDisponibile):
    return render(request, errore.template, {"errore": errore}, status=503)


class InSuaVece:
    """Answers for a view that could not. (Of our own GET views `SolaLettura` does, which runs them itself.)"""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, errore):
        return in_sua_vece(request, errore) if isinstance(errore, NonDisponibile) else None
