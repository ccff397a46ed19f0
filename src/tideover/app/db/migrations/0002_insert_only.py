"""Rows of the log and the ledger are written once: triggers refuse everything else."""

from django.db import migrations

from tideover.app.db import triggers


class Migration(migrations.Migration):
    """Installs the triggers of `tideover.app.db.triggers`."""

    dependencies = [("db", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, migrations.RunPython.noop)]
