"""The tables of the report: figures of both policies, groups, asset classes, assumptions."""

from fractions import Fraction

from tideover.portfolio.intervals import broken_difference, share_margin, sum_difference
from tideover.portfolio.report.blocks import (
    Block,
    Details,
    Table,
    details,
    listing,
    paragraph,
    table,
)
from tideover.portfolio.report.figures import named, percent
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.tallies import AGES

__all__ = ["assumption_table", "class_table", "figure_table", "group_tables", "policy_words"]

#: A rate of fewer households than this is mostly chance.
GROUP_MIN = 30
CLASSES = (
    ("normal", "正常", "Normal"), ("special", "关注", "Special mention"),
    ("substandard", "次级", "Substandard"), ("doubtful", "可疑", "Doubtful"),
    ("loss", "损失", "Loss"),
)  # fmt: skip


def policy_words(read: Reading) -> Block:
    """Return in words what differs between the policies."""
    differing = [
        one for one in read.listed("policies")
        if one["A"] != one["B"] and not one["name"].startswith("grant.name_")
    ]  # fmt: skip
    entries = [
        f"{one[read.language]}: {_value(one, 'A', read)} → {_value(one, 'B', read)}"
        for one in differing
    ]
    if not entries:
        return paragraph(read.say("两项政策没有不同。", "The two policies do not differ."))
    return listing(entries)


def _value(one: dict[str, str], arm: str, read: Reading) -> str:
    value, unit = one[arm], one["unit"]
    if unit == "list":
        parts = [named(part, language=read.language) for part in value.split(", ") if part]
        return read.say("、", ", ").join(parts) or read.say("无", "none")
    if unit == "month":
        return read.say(f"{value} 个月", f"{value} months")
    return f"{float(Fraction(value)) * 100:g}%" if unit == "ratio" else value


def figure_table(read: Reading) -> Table:
    """Return the main figures of both policies with the difference and its uncertainty."""
    asked = read.sum("asked")
    approved, before, after = read.both("approved"), read.both("before"), read.both("after")
    rows = [
        (read.say("获得方案", "Granted a plan"), *(f"{one:,}" for one in approved),
         _loans(read, "approved")),
        (read.say("占求助家庭", "Of those who ask"),
         *(percent(one, asked) for one in approved), ""),
        (read.say("获批者月供减少", "Instalment of those granted, lower by"),
         *(percent(old - new, old) for old, new in zip(before, after, strict=True)), ""),
        (read.say("每月少还合计", "Less to pay a month, together"),
         *(read.large(old - new)
           for old, new in zip(before, after, strict=True)), _margin(read, "relief")),
        (read.say("借款人总成本（利息与罚息）", "Cost to borrowers (interest and penalty)"),
         *(read.large(one) for one in read.both("cost")), _margin(read, "cost")),
        (read.say("贷款人价值（折现）", "Value to the lender (discounted)"),
         *(read.large(one) for one in read.both("value")), _margin(read, "value")),
    ]  # fmt: skip
    for zh, en, name in (
        ("核销笔数", "Loans written off", "written_off"),
        ("期末违约笔数", "In default at the end", "in_default"),
    ):
        pair = read.both(name)
        rows.append((read.say(zh, en), *(f"{one:,}" for one in pair), _loans(read, name)))
    for zh, en, name in (
        ("核销后未收回的本金", "Principal written off, not recovered", "lost"),
        ("期末拨备", "Provisions at the end", "provision"),
    ):
        pair = read.both(name)
        rows.append((read.say(zh, en), *(read.large(one) for one in pair), _margin(read, name)))
    for age in AGES:
        if age <= read.months:
            pairs = zip(read.both(f"failed/{age}"), read.both(f"seen/{age}"), strict=True)
            label = read.say(f"{age} 个月内再违约", f"Plans broken within {age} months")
            rows.append((label, *(percent(*one) for one in pairs), _points(read, age)))
    return table(("", f"A {read.names[0]}", f"B {read.names[1]}", "B − A (95%)"), rows)


def _margin(read: Reading, name: str) -> str:
    one = sum_difference(read.run.tally, name)
    return f"{read.signed(one.middle)} ± {read.large(one.margin)}"


def _loans(read: Reading, name: str) -> str:
    one = sum_difference(read.run.tally, name)
    return f"{one.middle:+,} ± {one.margin:,}".replace("-", "−")


def _points(read: Reading, age: int) -> str:
    one = broken_difference(read.run.tally, age)
    if one is None:
        return ""
    said = f"{100 * one.middle:+.1f} ± {100 * one.margin:.1f}".replace("-", "−")
    return read.say(f"{said} 个百分点", f"{said} points")


def class_table(read: Reading) -> Table:
    """Return how many loans and how much principal end in each asset class."""
    rows = []
    for name, zh, en in CLASSES:
        many, left = read.both(f"class/{name}"), read.both(f"class_left/{name}")
        rows.append((
            read.say(zh, en), *(f"{one:,}" for one in many),
            _loans(read, f"class/{name}"), *(read.large(one) for one in left),
        ))  # fmt: skip
    heads = (
        read.say("五级分类", "Asset class"), *(f"{name}: {read.say('笔', 'loans')}"
        for name in read.names), read.say("B − A（95%）", "B − A (95%)"),
        *(f"{name}: {read.say('余额', 'principal')}"
        for name in read.names),
    )  # fmt: skip
    return table(heads, rows)


def group_tables(read: Reading) -> list[Block]:
    """Return approvals, relief and broken plans by group, pointing out who is approved less."""
    limit = float(Fraction(read.assumed("fair_ratio")))
    parts: list[Block] = []
    least: list[str] = []
    for dimension in read.dimensions:
        rates = {
            label: [
                read.sum(f"{arm}/by/{dimension}/approved={label}")
                / read.sum(f"A/by/{dimension}/asked={label}")
                for arm in "AB"
            ]
            for label in read.labels(dimension, least=GROUP_MIN)
        }
        best = [max((one[arm] for one in rates.values()), default=0) for arm in range(2)]
        rows = [
            _group_row(read, dimension, label, rates=rates[label], best=best) for label in rates
        ]
        low = [label for label in rates if best[1] and rates[label][1] < limit * best[1]]
        whose = named(dimension, language=read.language)
        least += [f"{whose} {named(label, language=read.language)}" for label in low]
        heads = (
            named(dimension, language=read.language), read.say("求助", "Ask"), "A", "B",
            read.say("B / 最高组", "B / best group"), read.say("B 月均少还", "B: less a month"),
            read.say("B 再违约", "B: broken"),
        )  # fmt: skip
        parts.append(table(heads, rows))
        small = len(read.labels(dimension)) - len(rows)
        if small:
            said = read.say(
                f"另有 {small} 组求助不足 {GROUP_MIN} 户，不作比较。",
                f"{small} more groups in which fewer than {GROUP_MIN} asked are not compared.",
            )
            parts.append(paragraph(said, is_soft=True))
    said = read.say("、", ", ").join(least)
    verdict = (
        read.say(f"以下各组的批准率低于最高组的 {limit:.0%}，请查明原因：{said}。",
                 f"Approved less than {limit:.0%} as often as the best group, ask why: {said}.")
        if least
        else read.say(f"没有哪一组的批准率低于最高组的 {limit:.0%}。",
                      f"No group is approved less than {limit:.0%} as often as the best one.")
    )  # fmt: skip
    return [paragraph(verdict), *parts]


def _group_row(
    read: Reading, dimension: str, label: str, *, rates: list[float], best: list[float]
) -> tuple[str, ...]:
    def summed(what: str) -> int:
        return read.sum(f"B/by/{dimension}/{what}={label}")

    approved = summed("approved")
    each = summed("relief") / approved / 100 if approved else 0
    relief = f"{'−' if each < 0 else ''}{read.symbol}{abs(each):,.0f}" if approved else "–"
    return (
        named(label, language=read.language), f"{summed('asked'):,}",
        f"{rates[0]:.1%}", f"{rates[1]:.1%} ± {share_margin(approved, summed('asked')):.1%}",
        f"{rates[1] / best[1]:.2f}" if best[1] else "–", relief,
        percent(summed("broke"), approved),
    )  # fmt: skip


def assumption_table(read: Reading) -> Details:
    """Return every assumption with its source and how sure it is."""
    rows = [
        (one[read.language], _plain(one, read), one["reference"], one["confidence"])
        for one in read.listed("assumptions")
    ]
    heads = (
        read.say("假设", "Assumption"), read.say("取值", "Value"), read.say("来源", "Source"),
        read.say("可信度", "Confidence"),
    )  # fmt: skip
    return details(read.say(f"全部 {len(rows)} 项假设", f"All {len(rows)} assumptions"),
                   table(heads, rows, is_wordy=True))  # fmt: skip


def _plain(one: dict[str, str], read: Reading) -> str:
    if one["unit"] == "ratio":
        return f"{float(Fraction(one['value'])):g}"
    if one["name"] != "simulation.causes":
        return one["value"]
    words = [named(word, language=read.language) for word in one["value"].split(", ")]
    return read.say("、", ", ").join(words)
