"""Django's entry to the database room."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class DbConfig(AppConfig):
    """Registers the models, and the check that SQLite runs the way we promise."""

    name = "tideover.app.db"
    label = "db"
    verbose_name = "Tideover"

    def ready(self) -> None:
        """Check every new connection before its first statement."""
        from tideover.app.db.pragmas import refuse_unsafe_sqlite

        connection_created.connect(refuse_unsafe_sqlite, dispatch_uid="tideover.db.pragmas")
