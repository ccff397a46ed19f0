"""One content: what a document says, with its truth, and the phrases that all kinds share."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from bench.evidence import people
from bench.evidence.people import Person, written


@dataclass
class Content:
    kind: str
    person: Person
    language: str
    title: str
    issuer: str
    issued: date
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    """Label, what is written, and the field it is; "" for what nobody asks for."""
    truth: dict[str, str] = field(default_factory=dict)
    table: list[list[str]] = field(default_factory=list)
    prose: str = ""
    dates: str = "zh"
    serial: str = ""

    def add(self, label: str, text: str, name: str = "", value: str = "") -> None:
        self.rows.append((label, text, name))
        if name:
            self.truth[name] = value or text

    @property
    def name(self) -> str:
        return self.person.name if self.language == "zh" else self.person.latin


def pick(seed: Random, made: Content, chinese: str, english: str) -> str:
    return seed.choice((chinese if made.language == "zh" else english).split("|"))


def say_person(made: Content, seed: Random, labels: tuple[str, str], *, number: float = 1) -> None:
    made.add(pick(seed, made, *labels), made.name, "name")
    if seed.random() < 0.6:
        made.add(
            *(
                ("性别", seed.choice("男女"))
                if made.language == "zh"
                else ("Sex", seed.choice(("M", "F")))
            )
        )
    if seed.random() < number:
        label = pick(
            seed,
            made,
            "身份证号|身份证号码|公民身份号码|证件号码|居民身份证号",
            "ID number|ID No.|Identity card no.|National ID",
        )
        made.add(label, made.person.id_number, "id_number")


def say_issued(made: Content, seed: Random, chinese: str, english: str) -> None:
    made.add(
        pick(seed, made, chinese, english),
        written(made.issued, made.dates),
        "issue_date",
        made.issued.isoformat(),
    )


def say_day(made: Content, seed: Random, labels: tuple[str, str], when: date, name: str) -> None:
    made.add(pick(seed, made, *labels), written(when, made.dates), name, when.isoformat())


def hospital(made: Content, seed: Random) -> str:
    if made.language == "en":
        return seed.choice(
            ("Demo City General Hospital", "Sample County Hospital", "Northfield Demo Clinic")
        )
    return seed.choice(people.TOWNS) + seed.choice(
        ("第一人民医院", "人民医院", "中医院", "中心医院", "妇幼保健院", "第三医院")
    )


def company(made: Content, seed: Random) -> str:
    if made.language == "en":
        return seed.choice(
            ("Demo Trading Co., Ltd.", "Sample Works Ltd.", "Example Logistics Limited")
        )
    return (
        seed.choice(people.TOWNS)
        + seed.choice(("云帆", "星禾", "启明", "样例", "恒润"))
        + seed.choice(("科技有限公司", "贸易有限公司", "物流有限责任公司", "餐饮管理有限公司"))
    )
