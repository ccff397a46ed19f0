"""tideover policy redecide: which open cases a change of policy would judge otherwise."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tideover.app import clock
from tideover.cli.arguments import BadArguments, parse_day
from tideover.cli.service import start_service
from tideover.policy import Verdict, Words, load_book

if TYPE_CHECKING:
    from tideover.app.verbs.assessment.redeciding import RedecidedCase, Redecision
    from tideover.offers import OfferRejudged


def add_options(question: argparse.ArgumentParser) -> None:
    """Add what only this question asks for: the other day. `--book` names the other book."""
    question.add_argument("--against", metavar="DATE", help="the day to compare with")


def redecide(given: argparse.Namespace, *, language: str) -> int:
    """Print every open case that the other policy judges otherwise; nothing is changed.

    Raises:
        BadArguments: there is nothing to compare with.
    """
    if not given.against and not given.book:
        raise BadArguments("tideover policy redecide", "give --against DATE, --book FOLDER or both")
    start_service()
    from tideover.app.verbs.assessment.redeciding import BookOnDay, redecide

    before = parse_day(given.on) if given.on else clock.today()
    after = parse_day(given.against) if given.against else before
    book = load_book(Path(given.book)) if given.book else load_book()
    found = redecide(BookOnDay(load_book(), before), BookOnDay(book, after))
    if given.json:
        print(json.dumps(_record(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found, language)))
    return 0


def _record(found: "Redecision") -> dict[str, Any]:
    return {
        "on": found.before.isoformat(),
        "against": found.after.isoformat(),
        "looked_at": found.looked_at,
        "cases": [
            {
                "case": case.number,
                "state": case.state.value,
                "on_table": [_offer_record(one) for one in case.on_table],
                "anew": [words.to_record() for words in case.anew.differences],
            }
            for case in found.cases
        ],
    }


def _offer_record(one: "OfferRejudged") -> dict[str, Any]:
    return {
        "offer": one.offer.key,
        "monthly": one.offer.payment.text,
        "instalments": one.offer.instalments,
        "rules": [
            {
                "rule": change.rule,
                "before": _verdict_record(change.before),
                "after": _verdict_record(change.after),
            }
            for change in one.changes
        ],
        "approval_before": [words.to_record() for words in one.approval_before],
        "approval_after": [words.to_record() for words in one.approval_after],
    }


def _verdict_record(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "passed": verdict.passed,
        "binding": verdict.binding,
        "because": verdict.because.to_record(),
        "reference": verdict.reference,
    }


def _lines(found: "Redecision", language: str) -> Iterator[str]:
    def said(zh: str, en: str) -> str:
        return Words(zh, en).in_language(language)

    days = f"{found.before} → {found.after}"
    count = len(found.cases)
    yield said(
        f"{days}：查看 {found.looked_at} 件，{count} 件结果不同",
        f"{days}: {found.looked_at} open cases looked at, {count} judged otherwise",
    )
    for case in found.cases:
        yield ""
        yield f"{case.number}  {case.masked_name}  {case.product.in_language(language)}"
        yield from _case_lines(case, language)


def _case_lines(case: "RedecidedCase", language: str) -> Iterator[str]:
    def said(zh: str, en: str) -> str:
        return Words(zh, en).in_language(language)

    for one in case.on_table:
        label = one.offer.label.in_language(language)
        figures = f"{one.offer.payment.display} × {one.offer.instalments}"
        yield "  " + said(f"已发出的方案“{label}” {figures}", f"on the table: {label}, {figures}")
        for change in one.changes:
            yield f"    {change.rule}"
            yield "      - " + _verdict_line(change.before, language)
            yield "      + " + _verdict_line(change.after, language)
        if bool(one.approval_before) is not bool(one.approval_after):
            yield "    " + _approval_line(one, language)
    for words in case.anew.differences:
        yield "  " + said("重新计算：", "worked out anew: ") + words.in_language(language)


def _verdict_line(verdict: Verdict | None, language: str) -> str:
    if verdict is None:
        return Words("没有这条规则", "no such rule").in_language(language)
    passed = Words("通过", "passes") if verdict.passed else Words("不通过", "stops")
    return f"{passed.in_language(language)}: {verdict.because.in_language(language)}"


def _approval_line(one: "OfferRejudged", language: str) -> str:
    if not one.approval_after:
        return Words("不再需要审批", "needs no approver any more").in_language(language)
    why = "；".join(words.in_language(language) for words in one.approval_after)
    return Words(f"须审批：{why}", f"needs an approver: {why}").in_language(language)
