"""Starting Django for a command that works on the service's database."""

import os


def start_service(*, demo: bool = False) -> None:
    """Set Django up on the settings of the service and bring the database up to date.

    With `demo` this becomes the demo lender. Raises SecretMissing, SecretMalformed and
    UnsafeDatabase by name when the deployment lacks what it needs.
    """
    if demo:
        os.environ["TIDEOVER_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tideover.app.settings")
    import django

    from tideover.app.home import keyring, secret

    secret("TIDEOVER_SECRET_KEY")
    for variable in ("TIDEOVER_FIELD_KEYS", "TIDEOVER_INDEX_KEY"):
        keyring(variable)
    django.setup()
    _migrate()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
