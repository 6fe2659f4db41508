"""History of rows, kept by the database itself (django-pghistory): also of what an `UPDATE` or the admin changes."""

import pghistory


def traccia(**opzioni):
    """Class decorator: every insert, change and deletion of the model leaves an event with who did it.

    Not for passwords, sessions, frozen versions.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **opzioni)
