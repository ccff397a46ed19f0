"""`tideover backup FILE`: database, evidence, agreements and audit anchor in one file."""

from collections.abc import Sequence
from pathlib import Path

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service

_MIB = 1 << 20


def run(arguments: Sequence[str]) -> int:
    """Save everything; 0 when the file is whole."""
    parser = Arguments(prog="tideover backup", description=__doc__)
    parser.add_argument("file", type=Path, help="the new file, kept for its owner only")
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="put the demo's keys in as well; whoever has them can read everything",
    )
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    start_service()
    from tideover.app.verbs import backups

    saved = backups.save(given.file, with_keys=given.with_keys)
    size = f"{saved.size / _MIB:.1f} MiB"
    if chosen_language(arguments) == "zh":
        print(
            f"已备份到 {saved.path.name}：{saved.loans} 笔贷款、{saved.cases} 个案件、"
            f"{saved.events} 条日志、{saved.files} 个文件，{size}"
        )
        note = "密钥在备份内，请妥善保管" if saved.has_keys else "密钥不在备份内，请另行保管"
    else:
        print(
            f"saved to {saved.path.name}: {saved.loans} loans, {saved.cases} cases, "
            f"{saved.events} events, {saved.files} files, {size}"
        )
        note = (
            "the keys are in it: guard it as you guard them"
            if saved.has_keys
            else "the keys are not in it: keep TIDEOVER_FIELD_KEYS, TIDEOVER_FILE_KEYS, "
            "TIDEOVER_INDEX_KEY and TIDEOVER_SECRET_KEY elsewhere"
        )
    print(note)
    return 0
