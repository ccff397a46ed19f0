"""Bank files stay as they were written, but for the mark that one was undone."""

from django.db import migrations

from tideover.app.db import triggers


class Migration(migrations.Migration):
    """Installs the triggers of bank files and their lines anew."""

    dependencies = [("db", "0018_undone_bank_files")]

    operations = [migrations.RunPython(triggers.install_bank_files, migrations.RunPython.noop)]
