"""The page: what was asked, what was found, what to doubt, and how to do it again."""

from dataclasses import dataclass
from html import escape

from tideover import __version__
from tideover.portfolio.report.blocks import Code, Section, listing, section
from tideover.portfolio.report.breaking import breaking_figure, staffing_figure
from tideover.portfolio.report.bridge import bridge_figure
from tideover.portfolio.report.frontier import frontier_figure
from tideover.portfolio.report.helped import helped_figure
from tideover.portfolio.report.html import section_html
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.tables import (
    assumption_table,
    class_table,
    figure_table,
    group_tables,
    policy_words,
)  # fmt: skip
from tideover.portfolio.running import Run

__all__ = ["Report", "report_of", "report_page"]

STYLE = """
:root{--ink:#1d2b2f;--soft:#5b6b70;--line:#e2e8e7;--ground:#f6f8f7;--brand:#0f6b66}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.6 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.3;margin:.5rem 0}h2{font-size:1.1rem;color:var(--brand);margin:0}
section{background:#fff;border:1px solid var(--line);border-radius:14px;padding:1.25rem;
margin:1rem 0}figure{margin:0 0 .5rem;break-inside:avoid}
figcaption{font-weight:600;font-size:1.1rem;margin:.25rem 0 .75rem}
svg{width:100%;max-width:38rem;height:auto;display:block}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.75rem 0}
th,td{padding:.35rem .5rem;border-bottom:1px solid var(--line);vertical-align:top;text-align:left;
font-weight:400}thead th{color:var(--soft)}
td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
thead th+th{text-align:right}
tbody th{min-width:6.5em}
.wide{overflow-x:auto}.soft{color:var(--soft)}summary{cursor:pointer;color:var(--brand);
min-height:44px;display:flex;align-items:center}
pre{white-space:pre-wrap;word-break:break-all;background:var(--ground);padding:.75rem;
border-radius:8px;font-size:.8rem}ul{padding-left:1.2rem}
.assumed td{text-align:left;white-space:normal}
@media(max-width:34rem){main{padding:1rem .5rem 3rem}section{padding:.9rem .75rem}}
@media print{body{background:#fff}section{border:0;padding:0}details{display:none}}
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, ready for a page or a paper."""

    title: str
    opening: str
    sections: tuple[Section, ...]
    language: str


def report_of(run: Run, *, language: str) -> Report:
    """Return what is to be said of a run, `zh` or `en`."""
    read = Reading(run, language)
    first, second = read.names
    sections = (
        section(read.say("问题：政策有什么不同", "The question: what differs"), policy_words(read)),
        section(read.say("谁得到帮助", "Who is helped"), helped_figure(read)),
        section(read.say("要花多少", "What it costs"), bridge_figure(read), figure_table(read)),
        section(read.say("谁会中断", "Who breaks the plan anyway"), breaking_figure(read)),
        section(read.say("方案一览", "The plans that were looked at"), frontier_figure(read)),
        section(read.say("对各组是否一样", "The same for every group?"), group_tables(read)),
        section(read.say("资产分类", "Asset classes at the end"), class_table(read)),
        section(read.say("需要多少人手", "How many people it takes"), staffing_figure(read)),
        section(read.say("请留意的限度", "What to doubt"), listing(_limits(read)),
                assumption_table(read)),
        section(read.say("如何重做", "How to do it again"), _again(read)),
    )  # fmt: skip
    return Report(
        title=read.say(f"{first} 对 {second}", f"{first} against {second}"),
        opening=_opening(read),
        sections=sections,
        language=language,
    )


def report_page(run: Run, *, language: str) -> str:
    """Return the report as one HTML page, `zh` or `en`; it needs nothing else."""
    report = report_of(run, language=language)
    tongue = "zh-Hans" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{escape(report.title)}</h1><p class="soft">{escape(report.opening)}</p>'
        f"{''.join(map(section_html, report.sections))}</main></body></html>\n"
    )


def _opening(read: Reading) -> str:
    loans, asked = read.sum("loans"), read.sum("asked")
    return read.say(
        f"{loans:,} 笔贷款，向前看 {read.months} 个月，其间 {asked:,} 户求助。"
        f"政策日期 {read.text('on')}。两项政策面对完全相同的遭遇，差别只来自政策。",
        f"{loans:,} loans, {read.months} months ahead, in which {asked:,} households ask for help. "
        f"Policies of {read.text('on')}. Both meet exactly the same fortunes, so what differs is "
        "the policy.",
    )


def _limits(read: Reading) -> list[str]:
    return [
        read.say(
            "未还概率是负担（月供占还款能力）的一条折线。" + _known(read),
            "The chance to miss a payment is a bent line over burden (instalment against what can "
            "be paid). " + _known(read),
        ),
        read.say(
            "误差范围只含抽样与机遇，不含参数本身可能有错。",
            "The margins hold chance alone, not that the numbers themselves may be wrong.",
        ),
        read.say(
            "每户只求助一次，只遭遇一次困难；方案中断后不再重新协商。",
            "A household asks once and meets hardship once; a plan that broke is not agreed anew.",
        ),
        read.say(
            "所有贷款按等额本息、按月计息处理；期末未还部分按余额减拨备计价。",
            "All loans are taken as level instalments by the month; what is left at the end is "
            "valued at principal less provision.",
        ),
        read.say(
            "按原样比较各组，不说明差异的原因；差异也可能来自收入。",
            "Groups are compared as they are; a difference may come from income, and this does "
            "not say why.",
        ),
    ]


def _known(read: Reading) -> str:
    """Which numbers of behaviour were counted on a book's history, and that the others were not."""
    counted = [
        one[read.language] for one in read.listed("assumptions")
        if one["name"].startswith("simulation.") and one["confidence"] == "H"
    ]  # fmt: skip
    if not counted:
        return read.say(
            "参数是估计值，未经本行数据校准；结论依赖它之前，请先用自己的历史数据替换。",
            "Its numbers are estimates that no history of this book has confirmed: replace them "
            "by your own before a decision rests on them.",
        )
    names = read.say("；", "; ").join(counted)
    return read.say(
        f"由历史数据数出的只有：{names}（来源与误差见下表）；折线的斜率、困难与收入的参数仍是估计值。",
        f"Counted on history are only: {names} (the table below says on which, and how far it may "
        "be off). The slope of the line, and the numbers of hardship and income, are still "
        "estimates.",
    )


def _again(read: Reading) -> Code:
    made = read.run.made_of
    command = (
        f"tideover portfolio simulate --book {made['book']} --policy {made['policy']} "
        f"--against {made['against']} --months {made['months']} --seed {made['seed']} "
        f"--on {made['on']} --out DIR"
    )
    if made.get("behaviour"):
        command += f" --behaviour {made['behaviour']}"
    parts = made["parts"]
    digests = parts.items() if isinstance(parts, dict) else ()
    lines = [
        command,
        f"tideover {__version__}",
        f"A {made['policy_digest']}",
        f"B {made['against_digest']}",
        f"assumptions {made['terms_digest']}",
        *(f"{name} {digest}" for name, digest in list(digests)[:SHOWN]),
    ]
    if len(digests) > SHOWN:
        more = len(digests) - SHOWN
        lines.append(read.say(f"……另有 {more} 个文件，见 run.json", f"… {more} more in run.json"))
    return Code(tuple(lines))


SHOWN = 8
