"""The documents page: one shelf for each need, with the files that lie on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tideover.app.db.models import EvidenceFile
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.forms.field import problem_of
from tideover.app.portal.shown import lender
from tideover.app.verbs.application import AnswerProblems, Draft
from tideover.app.verbs.application.knowing import SENSITIVE_PAPERS
from tideover.cases import CaseState
from tideover.evidence import EvidenceNeed
from tideover.money import Refusal
from tideover.policy import Words

#: What an agent found, as the borrower reads it, and the class of the words.
_STATES: Mapping[str, tuple[Promise, str]] = {
    EvidenceFile.Status.RECEIVED: (gettext_lazy("Received"), "passed"),
    EvidenceFile.Status.CLEAR: (gettext_lazy("Checked"), "passed"),
    EvidenceFile.Status.UNCLEAR: (gettext_lazy("Hard to read, a clearer one would help"), "soft"),
    EvidenceFile.Status.UNREADABLE: (gettext_lazy("Please send again"), "attention"),
}

_ENDINGS: Mapping[str, tuple[str, str]] = {
    "jpeg": ("JPG", "image/jpeg"),
    "png": ("PNG", "image/png"),
    "webp": ("WebP", "image/webp"),
    "pdf": ("PDF", "application/pdf"),
    "heic": ("HEIC", "image/heic"),
}


class ConsentFirst(Refusal):
    """A paper about health or family came without the tick that it may be read."""

    code: ClassVar[str] = "consent-first"

    def __init__(self) -> None:
        super().__init__(
            "tick first that we may read this paper, then choose it again; nothing was stored",
            "请先勾选同意我们查看这份材料，再重新选择文件；刚才的文件没有保存",
        )


class NothingChosen(Refusal):
    """The button was pressed without a file."""

    code: ClassVar[str] = "nothing-chosen"

    def __init__(self) -> None:
        super().__init__(
            "no file was chosen; take a photo or choose a file first, then send it",
            "还没有选择文件；请先拍照或选择文件，再上传",
        )


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file the borrower has sent."""

    id: str
    name: str
    state: str
    state_class: str
    can_remove: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is needed, why, and what is there already."""

    code: str
    label: Words
    why: Words
    examples: tuple[Words, ...]
    files: tuple[ShownFile, ...]
    problem: str
    missing: Field
    wants_consent: bool


def bytes_max(on: date) -> int:
    """Return the size limit of one file, from the policy book."""
    return lender.parameters(on).integer("upload.bytes_max")


def accepted(on: date) -> str:
    """Return what the file chooser offers."""
    return ",".join(media for _name, media in _kinds(on))


def limit_words(on: date) -> str:
    """Return the kinds and the limit, as they stand beside the button."""
    return _("%(kinds)s, up to %(megabytes)d MB each.") % {
        "kinds": _(", ").join(name for name, _media in _kinds(on)),
        "megabytes": bytes_max(on) // (1024 * 1024),
    }


def read_missing(post: QueryDict, needs: Iterable[EvidenceNeed]) -> list[dict[str, str]]:
    """Return the documents the borrower cannot get, with why."""
    typed = ((need.code, post.get(f"missing-{need.code}", "").strip()) for need in needs)
    return [{"need": code, "reason": reason} for code, reason in typed if reason]


def all_to_follow(needs: Iterable[EvidenceNeed]) -> list[dict[str, str]]:
    """Return the answer of somebody who goes on without any document: they come later."""
    return [{"need": need.code, "reason": _("I will add it later")} for need in needs]


def problem_of_missing(refusal: AnswerProblems, missing: Sequence[Mapping[str, str]]) -> Problem:
    """Return the first refusal of a reason, placed at the box of its document."""
    path, first = next(iter(refusal.problems.items()))
    number = path.split(".")[1] if "." in path else ""
    code = missing[int(number)]["need"] if number.isdecimal() else ""
    return problem_of(f"missing-{code}", first)


def shelves(draft: Draft, *, problem: Problem | None, post: QueryDict) -> tuple[Shelf, ...]:
    """Return a shelf for each need, the problem on the one it belongs to."""
    return tuple(_shelf(need, draft=draft, problem=problem, post=post) for need in draft.needs)


def _shelf(need: EvidenceNeed, *, draft: Draft, problem: Problem | None, post: QueryDict) -> Shelf:
    said = {
        row["need"]: row["reason"] for row in draft.sections.get("evidence", {}).get("missing", ())
    }
    reason = post.get(f"missing-{need.code}", said.get(need.code, ""))
    wrong = {problem.path: problem.message} if problem else {}
    return Shelf(
        code=need.code,
        label=need.label,
        why=need.why,
        examples=tuple(need.examples),
        files=tuple(
            _shown(file, is_draft=draft.case.state == CaseState.DRAFT)
            for file in draft.evidence
            if file.need == need.code
        ),
        problem=wrong.get(f"file-{need.code}", ""),
        wants_consent=need.code in SENSITIVE_PAPERS
        and not draft.sections.get("consent", {}).get("sensitive"),
        missing=Field(
            name=f"missing-{need.code}",
            label=_("I cannot get this, because"),
            value=reason,
            problem=wrong.get(f"missing-{need.code}", ""),
        ),
    )


def _shown(file: EvidenceFile, *, is_draft: bool) -> ShownFile:
    words, state_class = _STATES[EvidenceFile.Status(file.status)]
    return ShownFile(
        id=str(file.pk),
        name=str(file.name),
        state=str(words),
        state_class=state_class,
        can_remove=is_draft,
        note=str(file.note or ""),
    )


def _kinds(on: date) -> tuple[tuple[str, str], ...]:
    return tuple(_ENDINGS[name] for name in lender.parameters(on).names("upload.kinds"))
