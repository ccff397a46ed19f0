"""Loans and their tapes stay as they were written, but for the mark that a tape was undone."""

from django.db import migrations

from tideover.app.db import triggers


class Migration(migrations.Migration):
    """Installs the triggers of loans anew, and those of tapes."""

    dependencies = [("db", "0021_loan_tapes")]

    operations = [migrations.RunPython(triggers.install_tapes, migrations.RunPython.noop)]
