"""What stands in the blanks of a paper: one person's story, as text and as truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.evidence import people
from bench.evidence.people import capitals
from tideover.evidence.reading.values import yuan

FIELDS = frozenset(
    [
        "name",
        "id_number",
        "issuer",
        "issue_date",
        "diagnosis",
        "start_date",
        "end_date",
        "account",
        "period_start",
        "period_end",
        "opening_balance",
        "closing_balance",
        "month",
        "gross",
        "deductions",
        "net",
        "number",
        "amount",
    ]
)
_TOWNS = ("青禾市", "云山县", "北岭市", "临湖区", "白石县", "东河市")
_ISSUERS = {
    "diagnosis_certificate": "{}人民医院|{}第二人民医院|{}中西医结合医院|{}骨科医院",
    "discharge_record": "{}人民医院|{}中心医院|{}妇幼保健院",
    "invoice": "{}第一人民医院|{}中医医院|{}康宁医院有限公司",
    "termination_certificate": "{}宏远机械有限公司|{}新禾餐饮管理有限公司|{}远达物流股份有限公司",
    "bank_statement": "{}商业银行|{}农村信用合作联社|江城银行{}支行",
    "wage_slip": "{}宏远机械有限公司|{}新禾餐饮管理有限公司|{}晨星电子科技有限公司",
    "unemployment_registration": "{}人力资源和社会保障局|{}公共就业服务中心|{}劳动就业服务局",
    "disaster_receipt": "{}公安局城东派出所|{}消防救援大队|{}应急管理局",
}
_LATIN_ISSUERS = {
    "diagnosis_certificate": "Northfield General Hospital|Riverside People's Hospital",
    "discharge_record": "Northfield General Hospital|Lakeview Medical Centre",
    "invoice": "Northfield General Hospital|Lakeview Medical Centre",
    "termination_certificate": "Brightway Machinery Co., Ltd.|Harbour Trading Limited",
    "bank_statement": "Commercial Bank of Northfield|First Riverside Bank",
    "wage_slip": "Brightway Machinery Co., Ltd.|Harbour Trading Limited",
    "unemployment_registration": "Northfield Employment Service Centre|Riverside Labour Bureau",
    "disaster_receipt": "Northfield Police Department|Riverside Fire Brigade",
}
_ILLS = [
    "腰椎间盘突出症",
    "急性阑尾炎",
    "左侧股骨颈骨折",
    "慢性胃炎",
    "肺部感染",
    "脑梗死",
    "甲状腺恶性肿瘤",
    "2型糖尿病",
    "高血压病2级（高危）",
    "抑郁状态",
    "右膝半月板损伤",
    "急性心肌梗死",
    "肾结石伴积水",
    "乳腺恶性肿瘤",
]
_LATIN_ILLS = [
    "Lumbar disc herniation",
    "Acute appendicitis",
    "Femoral neck fracture",
    "Type 2 diabetes mellitus",
    "Community-acquired pneumonia",
    "Cerebral infarction",
    "Chronic gastritis",
]
_EVENTS = "住宅失窃|电信网络诈骗|洪涝灾害|房屋火灾|台风受灾|交通事故"
_LATIN_EVENTS = "House fire|Burglary|Flood damage|Online fraud"
_ITEMS = "西药费|检查费|化验费|床位费|护理费|治疗费|手术费|材料费|诊察费"
_LATIN_ITEMS = "Consultation|Laboratory test|Medication|Bed charge|Nursing care|Imaging"
_MEMOS = "工资|转账支出|消费|微信支付|水电费|ATM取款|网上购物|利息"
_LATIN_MEMOS = "Salary|Card purchase|Transfer|Utilities|Cash withdrawal|Interest"


@dataclass(frozen=True)
class Style:
    """How this paper writes dates and amounts."""

    dates: str
    mark: str
    commas: bool
    behind: str = ""

    def day(self, when: date) -> str:
        return people.written(when, self.dates)

    def money(self, fen: int) -> str:
        return people.money(fen, mark=self.mark, commas=self.commas) + self.behind


@dataclass(frozen=True)
class Story:
    texts: Mapping[str, str]
    truth: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    issued: date
    style: Style
    person: people.Person


def style_of(seed: Random, *, english: bool) -> Style:
    if english:
        return Style(seed.choice(("iso", "en", "us")), seed.choice(("", "CNY ", "RMB ")), True)
    mark, behind = seed.choice((("", ""), ("¥", ""), ("", "元"), ("￥", ""), ("", "")))
    dates = seed.choice(("zh", "zh", "zh0", "iso", "dot", "slash", "han"))
    return Style(dates, mark, seed.random() < 0.6, behind)


def odd_style_of(seed: Random, *, english: bool) -> Style:
    """A way to write that the first families do not know."""
    if english:
        dates = ("en short", "en marked", "us short", "us th", "slash0", "en")
        return Style(seed.choice(dates), seed.choice(("RMB", "CNY", "¥ ", "¥")), True)
    mark, behind = seed.choice(
        (("￥ ", ""), ("人民币", "元"), ("", " 元"), ("RMB ", ""), ("¥", "元"), ("", ""))
    )
    dates = seed.choice(
        ("spaced", "spaced0", "bare dot", "slash0", "bare", "compact", "timed", "timed zh",
         "han", "han0", "dot")
    )  # fmt: skip
    return Style(dates, mark, seed.random() < 0.6, behind)


def story(kind: str, seed: Random, *, english: bool, odd: bool = False) -> Story:
    """One person's paper of `kind`; amounts in fen, all sums right."""
    style = (odd_style_of if odd else style_of)(seed, english=english)
    one = people.person(seed)
    surname, given = seed.choice(people.SURNAMES), "".join(seed.choices(people.GIVEN, k=2))
    latin = f"{seed.choice(people.LATIN_GIVEN)} {seed.choice(people.LATIN_SURNAMES)}"
    if seed.random() < 0.7:
        one = people.Person(
            surname + given[: seed.choice((1, 2))], one.id_number, one.account, latin
        )
    issued = people.day(seed, within=70)
    end = issued - timedelta(days=seed.randrange(1, 4))
    long = seed.randrange(5, 25) if kind != "termination_certificate" else seed.randrange(300, 3000)
    start = end - timedelta(days=long)
    issuer = seed.choice((_LATIN_ISSUERS if english else _ISSUERS)[kind].split("|"))
    texts = {
        "name": one.latin if english else one.name,
        "id_number": _spaced_id(one.id_number, seed) if odd else one.id_number,
        "issuer": issuer.format(seed.choice(_TOWNS)),
        "diagnosis": seed.choice(_LATIN_ILLS if english else _ILLS),
        "account": _account(one.account, seed),
        "number": _number(seed),
        "serial": str(seed.randrange(10**6, 10**8)),
        "code": f"{seed.randrange(10**7, 10**8)}",
        "sex": seed.choice(("M", "F") if english else ("男", "女")),
        "age": str(seed.randrange(22, 64)),
        "weeks": str(seed.choice((2, 3, 4, 6, 8))),
        "days": str(long),
        "department": "Surgery"
        if english
        else seed.choice(("骨科", "神经内科", "普外科", "心内科")),
        "doctor": "J. Doe" if english else seed.choice("赵钱孙李") + seed.choice("医工明"),
        "post": seed.choice(("Technician", "Clerk") if english else ("操作工", "会计", "销售专员")),
        "employer": seed.choice(_TOWNS) + "旧日制衣厂",
        "event": seed.choice((_LATIN_EVENTS if english else _EVENTS).split("|")),
    }
    texts["masked"] = one.id_number[:4] + 10 * "*" + one.id_number[-4:]
    truth = {name: texts[name] for name in texts if name in FIELDS}
    truth |= {"account": one.account, "id_number": one.id_number}
    days = {"issue_date": issued, "start_date": start, "end_date": end}
    sums, lines = _figures(kind, seed, style, english=english)
    if kind == "bank_statement":
        days |= {
            "period_start": issued - timedelta(days=91),
            "period_end": issued - timedelta(days=1),
        }
        lines = _dated(lines, days["period_start"], days["period_end"], style, seed)
    texts |= {name: style.day(when) for name, when in days.items()}
    truth |= {name: when.isoformat() for name, when in days.items()}
    texts |= {name: style.money(fen) for name, fen in sums.items()}
    truth |= {name: yuan(fen) for name, fen in sums.items() if name in FIELDS}
    texts["capitals"] = capitals(sums.get("amount", 100))
    month = issued.replace(day=1) - timedelta(days=1)
    texts["month"] = _month(month, style, english=english)
    truth["month"] = f"{month:%Y-%m}"
    return Story(texts, truth, tuple(lines), issued, style, one)


def _spaced_id(number: str, seed: Random) -> str:
    parts = seed.choice(((18,), (18,), (6, 8, 4), (4, 4, 4, 4, 2), (6, 4, 4, 4)))
    out, at = [], 0
    for part in parts:
        out.append(number[at : at + part])
        at += part
    return " ".join(out)


def _account(number: str, seed: Random) -> str:
    if seed.random() < 0.4:
        return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return number


def _number(seed: Random) -> str:
    digits = "".join(str(seed.randrange(10)) for _ in range(seed.choice((8, 10, 12))))
    return seed.choice(("", "", "NO", "DJ", "A")) + digits


def _month(when: date, style: Style, *, english: bool) -> str:
    if english:
        return f"{when:%B %Y}" if style.dates != "iso" else f"{when:%Y-%m}"
    if style.dates in {"iso", "dot", "slash"}:
        return f"{when:%Y-%m}"
    return f"{when.year}年{when.month}月"


def _figures(
    kind: str, seed: Random, style: Style, *, english: bool
) -> tuple[dict[str, int], list[dict[str, str]]]:
    if kind == "wage_slip":
        return _wages(seed), []
    if kind == "bank_statement":
        return _movements(seed, style, english=english)
    if kind == "invoice":
        lines, total = [], 0
        names = (_LATIN_ITEMS if english else _ITEMS).split("|")
        for at, name in enumerate(seed.sample(names, seed.randrange(2, 6)), start=1):
            count, price = seed.randrange(1, 6), seed.randrange(500, 90_000)
            total += count * price
            bare = Style(style.dates, "", style.commas)
            lines.append(
                {
                    "at": str(at),
                    "item": name,
                    "count": str(count),
                    "price": bare.money(price),
                    "line": bare.money(count * price),
                }
            )
        return {"amount": total}, lines
    return {"amount": seed.randrange(100_000, 9_000_000)}, []


def _wages(seed: Random) -> dict[str, int]:
    basic, bonus, allowance = seed.randrange(3000, 9000) * 100, seed.randrange(0, 400_000), 30_000
    gross = basic + bonus + allowance
    pension, medical, housing = gross * 8 // 100, gross * 2 // 100, gross * 7 // 100
    tax = max(0, (gross - 500_000) * 3 // 100)
    cut = pension + medical + housing + tax
    return {
        "basic": basic, "bonus": bonus, "allowance": allowance, "gross": gross, "pension": pension,
        "medical": medical, "housing": housing, "tax": tax, "deductions": cut, "net": gross - cut,
    }  # fmt: skip


def _movements(
    seed: Random, style: Style, *, english: bool
) -> tuple[dict[str, int], list[dict[str, str]]]:
    bare = Style(style.dates, "", style.commas)
    opening = balance = seed.randrange(50_000, 3_000_000)
    lines = []
    for at in range(seed.choice((6, 12, 20, 34))):
        income = seed.random() < 0.3 or balance < 200_000
        fen = seed.randrange(200_000, 900_000) if income else seed.randrange(500, balance // 2)
        balance += fen if income else -fen
        lines.append(
            {
                "at": str(at + 1),
                "memo": seed.choice((_LATIN_MEMOS if english else _MEMOS).split("|")),
                "in": bare.money(fen) if income else "",
                "out": "" if income else bare.money(fen),
                "in0": bare.money(fen) if income else "0.00",
                "out0": "0.00" if income else bare.money(fen),
                "unsigned": bare.money(fen),
                "flag": ("Cr" if income else "Dr") if english else ("贷" if income else "借"),
                "minus": bare.money(fen if income else -fen),
                "signed": ("+" if income else "-") + bare.money(fen),
                "balance": bare.money(balance),
            }
        )
    return {"opening_balance": opening, "closing_balance": balance}, lines


def _dated(
    lines: list[dict[str, str]], first: date, last: date, style: Style, seed: Random
) -> list[dict[str, str]]:
    long = (last - first).days
    days = sorted(first + timedelta(days=seed.randrange(long)) for _ in lines)
    kept = {"iso", "slash", "dot", "slash0", "bare dot", "compact", "timed", "en short"}
    short = Style(style.dates if style.dates in kept else "iso", "", True)
    return [line | {"day": short.day(when)} for line, when in zip(lines, days, strict=True)]
