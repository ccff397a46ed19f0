"""One page of a played year to look at in a browser: four curves over the days, and the tables.

It stands alone: no script, no file beside it, nothing from outside.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 190, 44, 24
#: What happened and how things stand, as a reader says it.
_NAMES: Final = {
    "agreements": "签署的协议 agreements", "completed": "完成的方案 completed",
    "declined": "未通过 declined", "ended": "终止的协议 ended", "notices": "提醒 notices",
    "paid off early": "提前结清 paid off early", "payments": "入账 payments",
    "renegotiated": "重新商定 renegotiated", "settled early": "按报价提前结清方案 settled early",
    "spoke early": "提前告知 spoke early", "kept": "按期履行 kept", "late": "有一期晚了 late",
    "breached": "补救期内 breached", "plan-due-soon": "快到期 due soon",
    "plan-due-today": "今天到期 due today", "plan-missed": "晚了问一声 missed",
    "plan-breached": "连续未还 breached", "plan-cured": "已补上 cured",
    "plan-completed": "已完成 completed", "plan-ended": "已终止 ended",
    "plan-review": "复评 asked how things are", "plan-received": "已收到 received",
    "plan-part-received": "收到一部分 part received",
}  # fmt: skip
_STYLE: Final = """
body{font:16px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#12302c;
background:#f6f9f8;margin:0 auto;max-width:60rem;padding:1.5rem}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.05rem;margin:0 0 .4rem}
section{background:#fff;border:1px solid #d9e5e2;border-radius:12px;padding:1rem;margin:1rem 0}
.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem}
.tables section{margin:0}table{border-collapse:collapse;width:100%}
td{border-top:1px solid #e6efed;padding:.25rem 0}td+td{text-align:right;
font-variant-numeric:tabular-nums}svg{width:100%;height:auto;display:block}
text{font-size:11px;fill:#5a736e}p{margin:.2rem 0;color:#5a736e}
"""


def page(
    tables: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    days: Sequence[Mapping[str, Any]],
    people: int,
) -> str:
    """The page as HTML, in Chinese and English side by side."""
    span = f"{days[0]['day']} – {days[-1]['day']}" if days else ""
    curves = (
        ("逾期的贷款 · Loans past due", [_late(day) for day in days]),
        ("在还的贷款 · Open loans", [day["loans"] for day in days]),
        ("入账笔数 · Payments booked", [day["paid"] for day in days]),
        ("发出的提醒 · Notices", [sum(day["notices"].values()) for day in days]),
    )
    plots = "".join(_plot(title, values, days) for title, values in curves if days)
    rows = "".join(_table(title, found) for title, found in tables)
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>演示的一年</title><style>{_STYLE}</style></head><body>"
        f"<h1>演示的一年 · A year of the demo lender</h1>"
        f"<p>{people} 笔贷款，{len(days)} 次日终 · {people} loans, {len(days)} days closed · {span}"
        f'</p>{plots}<div class="tables">{rows}</div></body></html>\n'
    )


def _late(day: Mapping[str, Any]) -> int:
    return sum(count for bucket, count in day["days_past_due"].items() if bucket != "0")


def _table(title: str, rows: Mapping[str, Any]) -> str:
    body = "".join(
        f"<tr><td>{escape(_NAMES.get(str(name), str(name)))}</td><td>{_number(value)}</td></tr>"
        for name, value in rows.items()
    )
    return f"<section><h2>{escape(title)}</h2><table>{body}</table></section>"


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else escape(str(value))


def _plot(title: str, values: Sequence[int], days: Sequence[Mapping[str, Any]]) -> str:
    most = max(max(values), 1)
    wide, high = _WIDTH - _LEFT, _HEIGHT - _BOTTOM - 8
    step = wide * 10 // max(len(values) - 1, 1)
    points = " ".join(
        f"{_LEFT + place * step // 10},{8 + high - value * high // most}"
        for place, value in enumerate(values)
    )
    months = "".join(
        f'<text x="{_LEFT + place * step // 10}" y="{_HEIGHT - 6}">{day["day"][2:7]}</text>'
        for place, day in enumerate(days)
        if day["day"].endswith("-01")
    )
    return (
        f"<section><h2>{escape(title)}</h2>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'<line x1="{_LEFT}" y1="{8 + high}" x2="{_WIDTH}" y2="{8 + high}" stroke="#c9d9d5"/>'
        f'<text x="0" y="18">{most:,}</text><text x="0" y="{8 + high}">0</text>{months}'
        f'<polyline points="{points}" fill="none" stroke="#0f766e" stroke-width="2"/>'
        "</svg></section>"
    )
