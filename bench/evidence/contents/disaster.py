"""What a receipt of the police or of a disaster says."""

from random import Random

from bench.evidence import people
from bench.evidence.contents.content import Content, pick, say_issued, say_person
from bench.evidence.people import money


def disaster(made: Content, seed: Random) -> None:
    police = seed.random() < 0.5
    made.title = pick(
        seed,
        made,
        "接报案回执|报案回执|受案回执" if police else "受灾证明|自然灾害损失证明|火灾事故证明",
        "Police Report Receipt" if police else "Disaster Receipt|Fire Report",
    )
    town = seed.choice(people.TOWNS)
    made.issuer = (
        (
            town
            + (
                "公安局演示派出所"
                if police
                else seed.choice(("应急管理局", "民政局", "消防救援大队"))
            )
        )
        if made.language == "zh"
        else ("Demo City Police Station" if police else "Sample County Emergency Bureau")
    )
    say_person(
        made,
        seed,
        (
            "报案人|报案人姓名|姓名" if police else "受灾人姓名|户主姓名|受灾人|姓名",
            "Name|Reported by" if police else "Name|Claimant",
        ),
    )
    made.add(
        pick(
            seed,
            made,
            "回执编号|案件编号|编号|报案号" if police else "编号|证明编号",
            "Report No.|Case No.|Reference No.",
        ),
        made.serial,
        "number",
    )
    made.add(
        *(
            ("案由", "被盗")
            if police and made.language == "zh"
            else ("灾害类型", seed.choice(("洪涝", "火灾", "台风")))
            if made.language == "zh"
            else ("Type", "Flood")
        )
    )
    loss = seed.randrange(50_000, 9_000_000)
    made.add(
        pick(
            seed,
            made,
            "损失金额|涉案金额|财产损失|直接经济损失",
            "Estimated loss|Amount of loss|Loss",
        ),
        money(loss) + ("元" if made.language == "zh" else ""),
        "amount",
        people.yuan(loss),
    )
    if seed.random() < 0.5:
        made.add(
            pick(seed, made, "受理单位|接警单位|出具单位", "Issued by|Police station|Authority"),
            made.issuer,
            "issuer",
        )
    say_issued(
        made,
        seed,
        "受理日期|报案日期|出具日期" if police else "出具日期|开具日期|日期",
        "Date of issue|Report date|Date",
    )
