"""The thread of a case on its page, and the macros that help to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tideover.app import clock
from tideover.app.db.models import Account
from tideover.app.messages import not_arrived
from tideover.app.verbs import assessment, conversation
from tideover.app.verbs.case.rows import parameters_of, promise
from tideover.app.verbs.rights import Right, may
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words
from tideover.safety import official_channels

_FILE = Path(__file__).with_name("macros.yaml")


@dataclass(frozen=True, slots=True)
class Macro:
    """Words to be put into an answer; they hold places in braces."""

    code: str
    label: Words
    words: Words


def messages_context(file: assessment.CaseFile, *, account: Account) -> dict[str, Any]:
    """Return what the messages tab shows."""
    return {
        "thread": conversation.thread_of(account, file.case.number),
        "macros": macros(),
        "lost": not_arrived(file.case.borrower),
        "may_reply": may(account, Right.WORK_CASES) and file.case.agent_id == account.pk,
        "may_close": may(account, Right.CLOSE_FLAGS),
    }


@cache
def macros() -> tuple[Macro, ...]:
    """Return every macro of macros.yaml."""
    content: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Macro(code, Words(row["label"]["zh"], row["label"]["en"]), Words(row["zh"], row["en"]))
        for code, row in content.items()
    )


def macro_text(code: str, *, file: assessment.CaseFile) -> str:
    """Return the words of a macro in the borrower's language; nothing for an unknown one."""
    macro = next((each for each in macros() if each.code == code), None)
    if macro is None:
        return ""
    is_english = file.case.borrower.language == "en"
    channels = official_channels(parameters_of(file.case, on=clock.today()))
    answer_by = file.case.answer_by or promise(file.case)
    words = macro.words.en if is_english else macro.words.zh
    return words.format(
        number=file.case.number,
        hotline=channels.hotline,
        hours=channels.hours,
        answer_by=format_date_en(answer_by) if is_english else format_date_zh(answer_by),
    )
