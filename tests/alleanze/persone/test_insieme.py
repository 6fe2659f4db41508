"""Two people who change at once who acts for an ente."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from alleanze.models import Appartenenza, Ente
from alleanze.persone import incarichi, permessi

from ... import fabbrica

RESPONSABILE = Appartenenza.Ruolo.RESPONSABILE


@pytest.mark.django_db(transaction=True)
def test_di_due_responsabili_che_si_tolgono_a_vicenda_insieme_ne_resta_uno():
    ente = fabbrica.ente()
    chi = [fabbrica.incaricato(ente, RESPONSABILE) for _ in range(3)]
    esiti = []

    def toglie(da, altro):
        assert permessi.puo_gestire_le_persone(da, ente)
        pronti.wait(60)
        try:
            incarichi.termina(Appartenenza.objects.get(utente=altro), da)
            esiti.append("tolto")
        except PermissionDenied:
            esiti.append("non può più")
        connection.close()

    pronti = threading.Barrier(3)
    fili = [threading.Thread(target=toglie, args=coppia) for coppia in (chi[:2], chi[1::-1])]
    with transaction.atomic():
        Ente.objects.select_for_update().get(pk=ente.pk)
        for filo in fili:
            filo.start()
        pronti.wait(60)
        fili[0].join(0.5)
    for filo in fili:
        filo.join(120)
    assert sorted(esiti) == ["non può più", "tolto"]
    assert Appartenenza.objects.filter(ente=ente).count() == 2
