from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", "tideover_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ('db', '0008_call_backs'),
    ]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
