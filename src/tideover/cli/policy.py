"""tideover policy check | show | explain | redecide | sources: the policy book in plain words."""

import argparse
import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tideover.app import clock
from tideover.cli.arguments import Arguments, parse_day
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.redeciding import add_options, redecide
from tideover.policy import (
    FORM_LINES,
    Parameter,
    PolicyBook,
    RuleSet,
    Words,
    load_book,
    provisional_years,
    rule_names,
    rule_reads,
    rule_sets,
    rule_text,
    value_text,
    value_words,
)

WEAK: Final = frozenset("LK")
DEFAULT_PRODUCT: Final = "weilidai"


def run(arguments: Sequence[str]) -> int:
    """Answer one question about the policy book; 1 when a check finds something."""
    given = _parser().parse_args(list(arguments))
    language = chosen_language(arguments)
    if given.question == "redecide":
        return redecide(given, language=language)
    book = load_book(Path(given.book)) if given.book else load_book()
    match given.question:
        case "check":
            return _check(book, given, language)
        case "show":
            return _show(book, given, language)
        case "explain":
            return _explain(book, given, language)
        case _:
            return _sources(book, given, language)


def _parser() -> Arguments:
    parser = Arguments(prog="tideover policy", description=__doc__)
    questions = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    wanted = {
        "check": "read every pack and say what is wrong or weak in it",
        "show": "the numbers in force on a day, or one number with its whole history",
        "explain": "what a rule asks and the numbers it looks at, or a set and its hit policy",
        "redecide": "which open cases another day or another book would judge otherwise",
        "sources": "where every number comes from, and how sure we are of it",
    }
    for name, meaning in wanted.items():
        question = questions.add_parser(name, help=meaning, description=meaning)
        question.add_argument("--on", metavar="DATE", help="the day asked about (today)")
        question.add_argument(
            "--product", default=DEFAULT_PRODUCT, help=f"the product ({DEFAULT_PRODUCT})"
        )
        question.add_argument("--book", metavar="FOLDER", help="a draft of the policy book")
        question.add_argument("--json", action="store_true", help="print a JSON record")
        question.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
        if name == "show":
            question.add_argument("name", nargs="?", help="one parameter, or how names begin")
        if name == "redecide":
            add_options(question)
        if name == "explain":
            question.add_argument(
                "rule", nargs="?", help="one rule or one set of rules (all rules)"
            )
    return parser


def _day(given: argparse.Namespace) -> date:
    return parse_day(given.on) if given.on else clock.today()


def _check(book: PolicyBook, given: argparse.Namespace, language: str) -> int:
    """Reading the book already refuses a faulty one; here the rules meet the numbers."""
    day = _day(given)
    missing = [
        f"{product}: {name}: {reads}"
        for product in book.products
        for name in rule_names()
        for reads in rule_reads(name)
        if reads not in book.on(day, product=product)
    ]
    packs = {pack: len(parameters) for pack, parameters in book.packs.items()}
    weak = sorted(
        parameter.name
        for parameters in book.packs.values()
        for parameter in parameters.values()
        if parameter.confidence in WEAK
    )
    record = {
        "on": day.isoformat(), "packs": packs, "rules": len(rule_names()), "missing": missing,
        "weak": weak, "provisional_years": sorted(provisional_years(book)),
    }  # fmt: skip
    if given.json:
        _print_json(record)
    else:
        for line in _check_lines(record, language):
            print(line)
    return 1 if missing else 0


def _check_lines(record: dict[str, object], language: str) -> list[str]:
    packs, missing, weak = record["packs"], record["missing"], record["weak"]
    listed = packs.items() if isinstance(packs, dict) else ()
    lines = [f"{pack:28} {count:4}" for pack, count in listed]
    names = ", ".join(weak) if isinstance(weak, list) else ""
    absent = list(missing) if isinstance(missing, list) else []
    rules = Words(f"规则 {record['rules']} 条", f"{record['rules']} rules")
    lines.append(rules.in_language(language))
    lines.append(
        Words(f"来源较弱，待核对：{names}", f"weakly sourced, to be checked: {names}").in_language(
            language
        )
    )
    lines += [
        Words(f"缺少：{each}", f"missing on that day: {each}").in_language(language)
        for each in absent
    ]
    return lines


def _show(book: PolicyBook, given: argparse.Namespace, language: str) -> int:
    policy = book.on(_day(given), product=given.product)
    wanted = given.name or ""
    if wanted and wanted in policy.dated:
        return _show_history(book, given, language)
    found = [one for one in policy if one.name.startswith(wanted)]
    if wanted and not found:
        found = [policy[wanted]]  # refuses, naming what is near
    if given.json:
        _print_json([_parameter_record(one) for one in found])
        return 0
    for one in found:
        value = value_words(one.value, unit=one.unit).in_language(language)
        print(f"{one.name:34} {_ahead(value, 22)}  {one.label.in_language(language)}")
    if not wanted:
        print("\n".join(("", *_set_lines(language), "")))
    print(f"{policy.on} {policy.product} {policy.digest}")
    return 0


def _show_history(book: PolicyBook, given: argparse.Namespace, language: str) -> int:
    dated = book.on(_day(given), product=given.product).dated[given.name]
    values = {day.isoformat(): value_text(value) for day, value in dated.values}
    if given.json:
        record = {
            "name": dated.name, "label": dated.label.to_record(), "unit": dated.unit,
            "reference": dated.reference, "confidence": dated.confidence, "pack": dated.pack,
            "values": values,
        }  # fmt: skip
        _print_json(record)
        return 0
    print(f"{dated.name} ({dated.unit}): {dated.label.in_language(language)}")
    print(f"{dated.pack}: {dated.reference} [{dated.confidence}]")
    for day, value in dated.values:
        print(f"  {day}  {value_words(value, unit=dated.unit).in_language(language)}")
    return 0


def _ahead(text: str, width: int) -> str:
    """Return `text` with blanks before it; a Chinese character is two columns wide."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return " " * max(0, width - len(text) - wide) + text


def _explain(book: PolicyBook, given: argparse.Namespace, language: str) -> int:
    policy = book.on(_day(given), product=given.product)
    sets = {one.name: one for one in rule_sets()}
    if given.rule in sets:
        return _explain_set(sets[given.rule], given, language)
    explained = [
        (name, rule_text(name), [policy[read] for read in rule_reads(name) if read in policy])
        for name in ((given.rule,) if given.rule else rule_names())
    ]
    if given.json:
        _print_json(
            [
                {"rule": name, "text": text, "reads": [_parameter_record(read) for read in reads]}
                for name, text, reads in explained
            ]
        )
        return 0
    if not given.rule:
        print("\n".join(_set_lines(language)), end="\n\n")
    for name, text, reads in explained:
        print(f"{name}\n  " + text.replace("\n", "\n  "))
        for read in reads:
            label = read.label.in_language(language)
            value = value_words(read.value, unit=read.unit).in_language(language)
            print(f"    {read.name} = {value}: {label}")
            print(f"      {read.reference} [{read.confidence}]")
    return 0


def _explain_set(one: RuleSet, given: argparse.Namespace, language: str) -> int:
    if given.json:
        _print_json(_set_record(one))
        return 0
    print(_set_line(one, language))
    print(f"  {one.hit_policy.words.in_language(language)}")
    lines = {line.form: line.words.in_language(language) for line in FORM_LINES}
    for place, name in enumerate(one.rules, start=1):
        print(f"  {place:2}. {name:34} {lines.get(name, '')}".rstrip())
    return 0


def _set_lines(language: str) -> list[str]:
    return [_set_line(one, language) for one in rule_sets()]


def _set_line(one: RuleSet, language: str) -> str:
    return f"{one.name:18} {one.hit_policy:9} {one.words.in_language(language)}"


def _set_record(one: RuleSet) -> dict[str, object]:
    return {
        "set": one.name,
        "hit_policy": one.hit_policy.value,
        "meaning": one.hit_policy.words.to_record(),
        "decides": one.words.to_record(),
        "rules": list(one.rules),
    }


def _sources(book: PolicyBook, given: argparse.Namespace, language: str) -> int:
    del language
    listed = [
        {
            "pack": pack, "name": one.name, "reference": one.reference,
            "confidence": one.confidence, "first_day": one.values[0][0].isoformat(),
        }
        for pack, parameters in book.packs.items()
        for one in parameters.values()
    ]  # fmt: skip
    if given.json:
        _print_json(listed)
        return 0
    for reference, confidence, names in _by_reference(listed):
        print(f"[{confidence}] {reference}\n      {', '.join(names)}")
    return 0


def _by_reference(listed: Iterable[dict[str, str]]) -> list[tuple[str, str, list[str]]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in listed:
        grouped.setdefault((one["confidence"], one["reference"]), []).append(one["name"])
    order = "HMLKD"
    return [
        (reference, confidence, names)
        for (confidence, reference), names in sorted(
            grouped.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def _parameter_record(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "label": parameter.label.to_record(),
        "unit": parameter.unit,
        "value": value_text(parameter.value),
        "since": parameter.first_day.isoformat(),
        "reference": parameter.reference,
        "confidence": parameter.confidence,
    }


def _print_json(record: object) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=1))
