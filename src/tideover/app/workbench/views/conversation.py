"""Answering the borrower in the thread, and closing a warning about a message."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tideover.app.verbs import assessment, conversation, keeping
from tideover.app.verbs.assessment import presence
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.messages_tab import macro_text
from tideover.app.workbench.views._acting import act, key_of
from tideover.app.workbench.views.case import show_case


@require_POST
@staff_only(Right.WORK_CASES)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Send the answer, or put the words of a macro under what is typed, for review."""
    macro = request.POST.get("insert", "")
    if macro:
        return _insert(request, number, macro)
    return act(
        request,
        number,
        command=lambda: _reply(request, number),
        tab="messages",
        done=lambda _note: _("Answered. The borrower has been told."),
    )


@require_POST
@staff_only(Right.NOTE)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a note for colleagues; the borrower never reads it."""
    account, text = account_of(request), request.POST.get("text", "")

    def command() -> None:
        conversation.keep_note(account, number, text, key=key_of(request))
        presence.keep_draft(account, number, place="note", text="")

    return act(request, number, command=command, tab="timeline", done=lambda _none: _("Noted."))


@require_POST
@staff_only(Right.WORK_CASES)
def close_review(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was found when a plan was looked at again."""
    account, note = account_of(request), request.POST.get("note", "")
    return act(
        request,
        number,
        command=lambda: keeping.close_review(account, number, note, key=key_of(request)),
        tab="agreement",
        done=lambda _none: _("Kept: the plan was looked at again."),
    )


def _reply(request: HttpRequest, number: str) -> None:
    account = account_of(request)
    conversation.reply(account, number, request.POST.get("text", ""), key=key_of(request))
    presence.keep_draft(account, number, place="reply", text="")


def _insert(request: HttpRequest, number: str, macro: str) -> HttpResponse:
    file = assessment.case_file(account_of(request), number)
    typed = request.POST.get("text", "").strip()
    words = "\n\n".join(part for part in (typed, macro_text(macro, file=file)) if part)
    return show_case(request, number, tab="messages", typed={"text": words})


@require_POST
@staff_only(Right.CLOSE_FLAGS)
def close_flag(request: HttpRequest, number: str, flag_id: UUID) -> HttpResponse:
    """Close a warning with a note that says what was found."""
    return act(
        request,
        number,
        command=lambda: conversation.close_flag(
            account_of(request),
            number,
            flag_id,
            note=request.POST.get("note", "").strip(),
            key=key_of(request),
        ),
        tab="messages",
        done=lambda _none: _("The warning is closed."),
    )
