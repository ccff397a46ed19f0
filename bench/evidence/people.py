"""People, offices and dates that nobody could take for real."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tideover.evidence.reading.values import yuan

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志远嘉欣宇轩子涵梓萱"
LATIN_GIVEN = ("Wei", "Fang", "Min", "Jing", "Lei", "Yang", "Hua", "Ping", "Tao", "Ming", "Anna")
LATIN_SURNAMES = ("Zhang", "Li", "Wang", "Chen", "Zhao", "Sample", "Example", "Liu", "Sun")
TOWNS = ("演示市", "样例市", "示范县", "虚构市", "测试省演示市", "青禾市", "云山县", "北川样例区")
ILLNESSES = (
    "急性阑尾炎",
    "2型糖尿病",
    "腰椎间盘突出症",
    "高血压病3级",
    "胃溃疡伴出血",
    "右侧胫骨骨折",
    "肺部感染",
    "冠状动脉粥样硬化性心脏病",
    "脑梗死",
    "甲状腺结节",
    "重度抑郁发作",
    "慢性肾功能不全",
)
LATIN_ILLNESSES = (
    "Acute appendicitis",
    "Type 2 diabetes",
    "Lumbar disc herniation",
    "Fracture of the right tibia",
    "Pneumonia",
    "Gastric ulcer",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Person:
    name: str
    id_number: str
    account: str
    latin: str


def person(seed: Random) -> Person:
    name = seed.choice(SURNAMES) + "".join(seed.choices(GIVEN, k=seed.choice((1, 2, 2))))
    style = seed.random()
    name = f"演示·{name}" if style < 0.6 else f"演示{name}" if style < 0.75 else name
    latin = f"{seed.choice(LATIN_GIVEN)} {seed.choice(LATIN_SURNAMES)} Demo"
    return Person(name, id_number(seed), account(seed), latin)


def id_number(seed: Random) -> str:
    born = date(1962, 1, 1) + timedelta(days=seed.randrange(14_500))
    area = f"99{seed.randrange(1, 40):02}{seed.randrange(1, 30):02}"
    head = f"{area}{born:%Y%m%d}{seed.randrange(1000):03}"
    return head + check_digit(head)


def check_digit(head: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, head, strict=True))
    return "10X98765432"[total % 11]


def wrong_id(number: str, seed: Random) -> str:
    """The same number with one digit of the serial changed, so that the check fails."""
    at = seed.choice((14, 15, 16))
    digit = str((int(number[at]) + seed.randrange(1, 10)) % 10)
    return number[:at] + digit + number[at + 1 :]


def account(seed: Random) -> str:
    return "6299" + "".join(str(seed.randrange(10)) for _ in range(seed.choice((12, 15))))


def day(seed: Random, *, within: int = 80) -> date:
    return TODAY - timedelta(days=seed.randrange(1, within))


def written(when: date, style: str) -> str:
    digits = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
    if style in {"han", "han0"}:
        year = "".join(digits[letter] for letter in str(when.year))
        year = year if style == "han" else year.replace("〇", "零")
        return f"{year}年{_han(when.month)}月{_han(when.day)}日"
    return {
        "zh": f"{when.year}年{when.month}月{when.day}日",
        "zh0": f"{when.year}年{when.month:02}月{when.day:02}日",
        "iso": when.isoformat(),
        "slash": f"{when.year}/{when.month}/{when.day}",
        "dot": f"{when.year}.{when.month:02}.{when.day:02}",
        "en": f"{when.day} {when:%B} {when.year}",
        "us": f"{when:%B} {when.day}, {when.year}",
        "spaced": f"{when.year} 年 {when.month} 月 {when.day} 日",
        "spaced0": f"{when.year} 年 {when.month:02} 月 {when.day:02} 日",
        "bare dot": f"{when.year}.{when.month}.{when.day}",
        "slash0": f"{when:%Y/%m/%d}",
        "bare": f"{when.year}-{when.month}-{when.day}",
        "compact": f"{when:%Y%m%d}",
        "timed": f"{when:%Y-%m-%d} 14:32",
        "timed zh": f"{when.year}年{when.month}月{when.day}日 09:05",
        "en short": f"{when.day} {when:%b} {when.year}",
        "en marked": f"{when:%d-%b-%Y}",
        "us short": f"{when:%b} {when.day}, {when.year}",
        "us th": f"{when:%B} {when.day}{_th(when.day)}, {when.year}",
    }[style]


def _th(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九十"
    if number <= 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def money(fen: int, *, mark: str = "", commas: bool = True) -> str:
    plain = yuan(fen)
    whole, cents = plain.split(".")
    return f"{mark}{int(whole):,}.{cents}" if commas else f"{mark}{plain}"


def capitals(fen: int) -> str:
    import cn2an

    text = str(cn2an.an2cn(yuan(fen), "rmb"))
    return text if text.endswith(("整", "角", "分")) else text + "整"
