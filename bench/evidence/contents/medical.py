"""What papers of a hospital say."""

from datetime import timedelta
from random import Random

from bench.evidence import people
from bench.evidence.contents.content import Content, hospital, pick, say_day, say_issued, say_person


def diagnosis(made: Content, seed: Random) -> None:
    made.title = pick(
        seed,
        made,
        "诊断证明书|疾病诊断证明书|门诊诊断证明|病情诊断证明",
        "Medical Certificate|Certificate of Diagnosis",
    )
    made.issuer = hospital(made, seed)
    say_person(
        made, seed, ("姓名|患者姓名|病人姓名|患者", "Name|Patient|Patient name"), number=0.85
    )
    made.add(
        *(
            ("年龄", f"{seed.randrange(20, 65)}岁")
            if made.language == "zh"
            else ("Age", str(seed.randrange(20, 65)))
        )
    )
    made.add(
        *(
            ("科室", seed.choice(("内科", "骨科", "神经内科", "普外科")))
            if made.language == "zh"
            else ("Department", "Surgery")
        )
    )
    ill = seed.choice(people.ILLNESSES if made.language == "zh" else people.LATIN_ILLNESSES)
    made.add(
        pick(
            seed, made, "诊断|临床诊断|诊断意见|初步诊断|疾病诊断", "Diagnosis|Clinical diagnosis"
        ),
        ill,
        "diagnosis",
    )
    made.add(
        *(
            ("处理意见", f"建议休息{seed.choice('二三四六')}周，门诊随诊")
            if made.language == "zh"
            else ("Advice", f"Rest for {seed.randrange(2, 8)} weeks")
        )
    )
    made.add(*(("医师签名", "演示医师") if made.language == "zh" else ("Physician", "Dr Demo")))
    say_issued(
        made, seed, "开具日期|日期|出具日期|证明日期|填写日期", "Date of issue|Date|Issued on"
    )
    if made.language == "zh":
        made.prose = (
            f"兹证明{made.name}（身份证号：{made.person.id_number}）因病于我院就诊，"
            f"经检查，诊断：{ill}。建议休息治疗。"
        )


def discharge(made: Content, seed: Random) -> None:
    made.title = pick(
        seed, made, "出院记录|出院小结|出院证明书|出院证明", "Discharge Summary|Discharge Record"
    )
    made.issuer = hospital(made, seed)
    left = made.issued - timedelta(days=seed.randrange(3))
    came = left - timedelta(days=seed.randrange(4, 25))
    say_person(made, seed, ("姓名|患者姓名|患者", "Name|Patient name|Patient"), number=0.8)
    made.add(
        *(
            ("住院号", str(seed.randrange(10**6, 10**7)))
            if made.language == "zh"
            else ("Record No.", str(seed.randrange(10**6, 10**7)))
        )
    )
    say_day(
        made,
        seed,
        ("入院日期|入院时间|住院日期", "Admission date|Date of admission|Admitted on"),
        came,
        "start_date",
    )
    say_day(
        made,
        seed,
        ("出院日期|出院时间", "Discharge date|Date of discharge|Discharged on"),
        left,
        "end_date",
    )
    ill = seed.choice(people.ILLNESSES if made.language == "zh" else people.LATIN_ILLNESSES)
    made.add(
        pick(seed, made, "出院诊断|诊断|主要诊断", "Discharge diagnosis|Diagnosis"),
        ill,
        "diagnosis",
    )
    made.add(*(("出院情况", "好转") if made.language == "zh" else ("Outcome", "Improved")))
    made.add(
        *(
            ("出院医嘱", "注意休息，一月后复查")
            if made.language == "zh"
            else ("Advice", "Review after one month")
        )
    )
    say_issued(made, seed, "日期|开具日期|记录日期|签发日期", "Date|Date of issue")
