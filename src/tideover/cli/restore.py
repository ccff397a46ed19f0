"""`tideover restore FILE`: bring a backup into an empty home and an empty database."""

import os
from collections.abc import Sequence
from pathlib import Path

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language


def run(arguments: Sequence[str]) -> int:
    """Restore and verify; 0 when ledger and log hold, 1 when they do not."""
    parser = Arguments(prog="tideover restore", description=__doc__)
    parser.add_argument("file", type=Path, help="what `tideover backup` wrote")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    _start()
    from tideover.app.verbs import backups

    done = backups.restore(given.file)
    counts = done.contents.counts
    if chosen_language(arguments) == "zh":
        print(
            f"已恢复 {done.contents.made_at} 的备份：{counts['loans']} 笔贷款、"
            f"{counts['cases']} 个案件；账目{'相符' if not done.ledger_faults else '不符'}，"
            f"日志{'完整' if not done.audit_faults else '有损坏'}"
        )
    else:
        print(
            f"restored the backup of {done.contents.made_at}: {counts['loans']} loans, "
            f"{counts['cases']} cases; the ledger "
            f"{'agrees' if not done.ledger_faults else 'has faults'}, the log "
            f"{'is whole' if not done.audit_faults else 'is damaged'}"
        )
    return 0 if done.holds else 1


def _start() -> None:
    """Set Django up without touching the database: it must be empty until the backup is in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tideover.app.settings")
    import django

    django.setup()
