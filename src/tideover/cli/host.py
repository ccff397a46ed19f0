"""tideover host: the core banking system in which the loan book lives, where it is not here."""

from collections.abc import Sequence

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service


def run(arguments: Sequence[str]) -> int:
    """Show what waits for the core, take over its payments, or book what was signed."""
    parser = Arguments(prog="tideover host", description=__doc__)
    parser.add_argument("action", choices=["status", "sync", "book"])
    parser.add_argument("reference", nargs="*", help="loans to sync; all that are worked with")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    start_service()
    is_chinese = chosen_language(arguments) == "zh"
    if given.action == "sync":
        return _sync(given.reference, is_chinese=is_chinese)
    if given.action == "book":
        return _book(is_chinese=is_chinese)
    return _status(is_chinese=is_chinese)


def _status(*, is_chinese: bool) -> int:
    from tideover.app.host import core
    from tideover.app.verbs import hosting

    host = core()
    print(f"{'核心系统' if is_chinese else 'core'}: {host.name}")
    rows = hosting.failing()
    for row in rows:
        why = row.failure or _differences(row.differences, is_chinese=is_chinese)
        print(f"{row.agreement.number}  {row.done}/{len(row.operations)}  {why}")
    return 1 if rows else 0


def _differences(found: Sequence[object], *, is_chinese: bool) -> str:
    count = len(found)
    return (
        f"{count} 期与协议不同" if is_chinese else f"{count} instalments differ from the agreement"
    )


def _sync(references: Sequence[str], *, is_chinese: bool) -> int:
    from tideover.app.db.models import Loan
    from tideover.app.verbs import hosting
    from tideover.app.verbs.refusals import NotFound

    loans = hosting.managed_loans()
    if references:
        loans = tuple(Loan.objects.filter(reference__in=references).order_by("reference"))
        if len(loans) != len(set(references)):
            raise NotFound("loan")
    done = hosting.sync(loans)
    print(
        f"入账 {done.payments} 笔，冲正 {done.reversals} 笔"
        if is_chinese
        else f"{done.payments} payments and {done.reversals} reversals taken over"
    )
    for reference, refusal in done.faults:
        print(f"{reference}: {refusal.zh if is_chinese else refusal}")
    return 1 if done.faults else 0


def _book(*, is_chinese: bool) -> int:
    from tideover.app.verbs import hosting

    done = hosting.book_waiting()
    print(
        f"已入账 {done.booked} 份，失败 {done.failed} 份"
        if is_chinese
        else f"{done.booked} agreements booked, {done.failed} failed"
    )
    return 1 if done.failed else 0
