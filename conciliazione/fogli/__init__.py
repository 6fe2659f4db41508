"""Tables that come from a spreadsheet or from a paste, and tables that go to one: pure, nothing here knows a database.

A sheet becomes a `Matrice` of texts written as an Italian would write them; an `Anteprima` says what was understood of it,
cell by cell; who asked for it decides what to write.
"""


class FoglioIllegibile(ValueError):
    """What came is no table that we take. `str()` is a sentence for the person who sent it."""
