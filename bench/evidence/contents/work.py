"""What papers about work say: its end, its wages, its loss registered."""

from datetime import timedelta
from random import Random

from bench.evidence import people
from bench.evidence.contents.content import Content, company, pick, say_day, say_issued, say_person
from bench.evidence.people import money, written


def termination(made: Content, seed: Random) -> None:
    made.title = pick(
        seed,
        made,
        "解除劳动合同证明书|终止（解除）劳动合同证明|离职证明|解除劳动关系证明",
        "Certificate of Termination of Employment|Employment Termination Letter",
    )
    made.issuer = company(made, seed)
    left = made.issued - timedelta(days=seed.randrange(8))
    came = left - timedelta(days=seed.randrange(200, 3000))
    say_person(made, seed, ("姓名|员工姓名|职工姓名|劳动者姓名", "Name|Employee|Employee name"))
    made.add(
        *(
            ("岗位", seed.choice(("仓库管理员", "厨师", "客服专员", "装配工")))
            if made.language == "zh"
            else ("Position", "Warehouse clerk")
        )
    )
    say_day(
        made,
        seed,
        ("入职日期|入职时间|合同起始日期|到职日期", "Start date|Date of joining|Hire date"),
        came,
        "start_date",
    )
    say_day(
        made,
        seed,
        (
            "离职日期|解除日期|终止日期|最后工作日|劳动合同解除日期",
            "Last working day|Termination date|End date",
        ),
        left,
        "end_date",
    )
    made.add(
        *(
            ("离职原因", "公司经营调整，协商一致解除")
            if made.language == "zh"
            else ("Reason", "Reduction of staff")
        )
    )
    say_issued(made, seed, "开具日期|出具日期|日期|签发日期", "Date of issue|Date|Issued on")
    if made.language == "zh":
        made.prose = seed.choice(
            (
                "兹证明{n}（身份证号：{i}）自{a}至{b}在我单位任职，现双方已解除劳动合同关系，特此证明。",
                "兹有我公司员工{n}，身份证号{i}，于{a}入职，于{b}离职，双方劳动合同已终止。特此证明。",
                "{n}先生（女士），公民身份号码：{i}，于{a}进入我公司工作，因个人原因于{b}与我公司解除劳动关系。",
            )
        ).format(
            n=made.name,
            i=made.person.id_number,
            a=written(came, made.dates),
            b=written(left, made.dates),
        )
    else:
        made.prose = (
            f"This is to certify that {made.name} (ID number: {made.person.id_number}) was "
            f"employed from {written(came, made.dates)} to {written(left, made.dates)}. "
            "The contract has ended."
        )


def wages(made: Content, seed: Random) -> None:
    made.issuer = company(made, seed)
    first = made.issued.replace(day=1) - timedelta(days=1)
    month = f"{first.year}-{first.month:02}"
    shown = {"zh": f"{first.year}年{first.month}月"}.get(
        made.language, seed.choice((f"{first:%B} {first.year}", month))
    )
    if made.language == "zh" and seed.random() < 0.3:
        shown = month
    made.title = pick(
        seed, made, "工资条|工资单|薪资明细表|员工工资条", "Payslip|Pay Slip|Salary Slip"
    )
    made.add(
        pick(seed, made, "姓名|员工姓名|员工", "Employee|Name|Employee name"), made.name, "name"
    )
    if seed.random() < 0.4:
        made.add(
            "身份证号" if made.language == "zh" else "ID number", made.person.id_number, "id_number"
        )
    made.add(
        pick(seed, made, "所属月份|工资月份|月份|薪资月份|所属期", "Month|Pay period|Pay month"),
        shown,
        "month",
        month,
    )
    earned = [
        seed.randrange(300_000, 900_000),
        seed.randrange(20_000, 300_000),
        seed.randrange(5_000, 80_000),
    ]
    taken = [
        seed.randrange(20_000, 80_000),
        seed.randrange(20_000, 100_000),
        seed.randrange(1_000, 60_000),
    ]
    names = (
        (("基本工资", "绩效工资", "餐补"), ("养老保险", "住房公积金", "个人所得税"))
        if made.language == "zh"
        else (("Basic salary", "Bonus", "Allowance"), ("Pension", "Housing fund", "Income tax"))
    )
    for label, fen in zip(names[0], earned, strict=True):
        made.add(label, money(fen))
    gross, less = sum(earned), sum(taken)
    made.add(
        pick(seed, made, "应发工资|应发合计|应发金额|税前工资", "Gross pay|Gross|Gross salary"),
        money(gross),
        "gross",
        people.yuan(gross),
    )
    for label, fen in zip(names[1], taken, strict=True):
        made.add(label, money(fen))
    made.add(
        pick(seed, made, "扣款合计|应扣合计|代扣合计|扣款", "Total deductions|Deductions"),
        money(less),
        "deductions",
        people.yuan(less),
    )
    made.add(
        pick(seed, made, "实发工资|实发金额|实发合计|实发", "Net pay|Net|Net salary|Take-home pay"),
        money(gross - less),
        "net",
        people.yuan(gross - less),
    )
    if seed.random() < 0.5:
        say_issued(made, seed, "发放日期|发薪日期|制表日期", "Pay date|Date")


def unemployment(made: Content, seed: Random) -> None:
    made.title = pick(
        seed,
        made,
        "失业登记证明|失业人员登记表|就业失业登记凭证|失业登记凭证",
        "Unemployment Registration|Certificate of Unemployment Registration",
    )
    made.issuer = (
        seed.choice(people.TOWNS)
        + seed.choice(("人力资源和社会保障局", "公共就业服务中心", "就业服务中心"))
        if made.language == "zh"
        else "Demo City Employment Office"
    )
    say_person(made, seed, ("姓名|失业人员姓名|登记人", "Name|Registrant|Applicant"))
    made.add(
        pick(seed, made, "登记编号|证书编号|编号|失业登记号", "Registration No.|Certificate No."),
        made.serial,
        "number",
    )
    say_day(
        made,
        seed,
        ("失业日期|失业时间", "Unemployed since|Date of unemployment"),
        made.issued - timedelta(days=seed.randrange(3, 40)),
        "start_date",
    )
    made.add(*(("失业原因", "合同期满") if made.language == "zh" else ("Reason", "Contract ended")))
    if seed.random() < 0.7:
        made.add(
            pick(seed, made, "登记机构|经办机构|登记机关", "Issued by|Registration office|Office"),
            made.issuer,
            "issuer",
        )
    say_issued(
        made,
        seed,
        "登记日期|发证日期|办理日期|登记时间",
        "Registration date|Date of issue|Registered on",
    )
