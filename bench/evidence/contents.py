"""What documents say: one content of each kind, with its truth, before any layout."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench.evidence import people
from bench.evidence.people import Person, money, written

KINDS = (
    "diagnosis_certificate",
    "discharge_record",
    "invoice",
    "termination_certificate",
    "bank_statement",
    "wage_slip",
    "unemployment_registration",
    "disaster_receipt",
)


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


def content(kind: str, seed: Random) -> Content:
    language = "zh" if seed.random() < 0.78 else "en"
    dates = seed.choice(("zh", "zh", "zh0", "iso", "slash", "han", "dot"))
    made = Content(
        kind,
        people.person(seed),
        language,
        "",
        "",
        people.day(seed),
        dates=dates if language == "zh" else seed.choice(("iso", "en", "us", "en")),
    )
    made.serial = seed.choice(("", "YS", "DEMO", "A")) + str(seed.randrange(10**9, 10**12))
    _MAKERS[kind](made, seed)
    made.truth |= {"name": made.name, "issuer": made.issuer}
    return made


def _pick(seed: Random, made: Content, chinese: str, english: str) -> str:
    return seed.choice((chinese if made.language == "zh" else english).split("|"))


def _person(made: Content, seed: Random, labels: tuple[str, str], *, number: float = 1) -> None:
    made.add(_pick(seed, made, *labels), made.name, "name")
    if seed.random() < 0.6:
        made.add(
            *(
                ("性别", seed.choice("男女"))
                if made.language == "zh"
                else ("Sex", seed.choice(("M", "F")))
            )
        )
    if seed.random() < number:
        label = _pick(
            seed,
            made,
            "身份证号|身份证号码|公民身份号码|证件号码|居民身份证号",
            "ID number|ID No.|Identity card no.|National ID",
        )
        made.add(label, made.person.id_number, "id_number")


def _issued(made: Content, seed: Random, chinese: str, english: str) -> None:
    made.add(
        _pick(seed, made, chinese, english),
        written(made.issued, made.dates),
        "issue_date",
        made.issued.isoformat(),
    )


def _day(made: Content, seed: Random, labels: tuple[str, str], when: date, name: str) -> None:
    made.add(_pick(seed, made, *labels), written(when, made.dates), name, when.isoformat())


def _hospital(made: Content, seed: Random) -> str:
    if made.language == "en":
        return seed.choice(
            ("Demo City General Hospital", "Sample County Hospital", "Northfield Demo Clinic")
        )
    return seed.choice(people.TOWNS) + seed.choice(
        ("第一人民医院", "人民医院", "中医院", "中心医院", "妇幼保健院", "第三医院")
    )


def _company(made: Content, seed: Random) -> str:
    if made.language == "en":
        return seed.choice(
            ("Demo Trading Co., Ltd.", "Sample Works Ltd.", "Example Logistics Limited")
        )
    return (
        seed.choice(people.TOWNS)
        + seed.choice(("云帆", "星禾", "启明", "样例", "恒润"))
        + seed.choice(("科技有限公司", "贸易有限公司", "物流有限责任公司", "餐饮管理有限公司"))
    )


def _diagnosis(made: Content, seed: Random) -> None:
    made.title = _pick(
        seed,
        made,
        "诊断证明书|疾病诊断证明书|门诊诊断证明|病情诊断证明",
        "Medical Certificate|Certificate of Diagnosis",
    )
    made.issuer = _hospital(made, seed)
    _person(made, seed, ("姓名|患者姓名|病人姓名|患者", "Name|Patient|Patient name"), number=0.85)
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
        _pick(
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
    _issued(made, seed, "开具日期|日期|出具日期|证明日期|填写日期", "Date of issue|Date|Issued on")
    if made.language == "zh":
        made.prose = (
            f"兹证明{made.name}（身份证号：{made.person.id_number}）因病于我院就诊，"
            f"经检查，诊断：{ill}。建议休息治疗。"
        )


def _discharge(made: Content, seed: Random) -> None:
    made.title = _pick(
        seed, made, "出院记录|出院小结|出院证明书|出院证明", "Discharge Summary|Discharge Record"
    )
    made.issuer = _hospital(made, seed)
    left = made.issued - timedelta(days=seed.randrange(3))
    came = left - timedelta(days=seed.randrange(4, 25))
    _person(made, seed, ("姓名|患者姓名|患者", "Name|Patient name|Patient"), number=0.8)
    made.add(
        *(
            ("住院号", str(seed.randrange(10**6, 10**7)))
            if made.language == "zh"
            else ("Record No.", str(seed.randrange(10**6, 10**7)))
        )
    )
    _day(
        made,
        seed,
        ("入院日期|入院时间|住院日期", "Admission date|Date of admission|Admitted on"),
        came,
        "start_date",
    )
    _day(
        made,
        seed,
        ("出院日期|出院时间", "Discharge date|Date of discharge|Discharged on"),
        left,
        "end_date",
    )
    ill = seed.choice(people.ILLNESSES if made.language == "zh" else people.LATIN_ILLNESSES)
    made.add(
        _pick(seed, made, "出院诊断|诊断|主要诊断", "Discharge diagnosis|Diagnosis"),
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
    _issued(made, seed, "日期|开具日期|记录日期|签发日期", "Date|Date of issue")


def _invoice(made: Content, seed: Random) -> None:
    made.title = _pick(
        seed,
        made,
        "电子发票（普通发票）|增值税电子普通发票|医疗门诊收费票据（电子）|医疗住院收费票据",
        "Invoice|Tax Invoice|Hospital Invoice",
    )
    medical = "医疗" in made.title or "Hospital" in made.title
    made.issuer = _hospital(made, seed) if medical or seed.random() < 0.4 else _company(made, seed)
    made.serial = str(
        seed.randrange(10**7, 10**8) if seed.random() < 0.5 else seed.randrange(10**19, 10**20)
    )
    made.add(
        _pick(
            seed,
            made,
            "票据号码|票据号" if medical else "发票号码|发票号码|发票号",
            "Invoice No.|Invoice number|Number",
        ),
        made.serial,
        "number",
    )
    _issued(made, seed, "开票日期|开票日期|开具日期", "Invoice date|Date")
    made.add(
        _pick(
            seed,
            made,
            "交款人|姓名|付款人" if medical else "购买方名称|购买方|抬头",
            "Bill to|Customer|Patient name",
        ),
        made.name,
        "name",
    )
    made.add(
        _pick(
            seed,
            made,
            "收款单位|开票单位" if medical else "销售方名称|销售方|开票单位",
            "Seller|Issued by|Vendor",
        ),
        made.issuer,
        "issuer",
    )
    items = seed.sample(
        ("西药费", "检查费", "化验费", "床位费", "手术费", "护理费", "材料费")
        if made.language == "zh"
        else ("Medicine", "Examination", "Laboratory", "Bed", "Nursing"),
        seed.randrange(2, 5),
    )
    parts = [seed.randrange(1_500, 320_000) for _ in items]
    made.table = [["项目", "数量", "金额"] if made.language == "zh" else ["Item", "Qty", "Amount"]]
    made.table += [
        [item, str(seed.randrange(1, 6)), money(part)]
        for item, part in zip(items, parts, strict=True)
    ]
    total = sum(parts)
    mark = seed.choice(("¥", "￥", "")) if made.language == "zh" else seed.choice(("CNY ", "¥", ""))
    if made.language == "zh":
        made.add(
            seed.choice(("价税合计（大写）", "金额合计（大写）", "大写金额")),
            people.capitals(total),
            "capitals",
        )
        made.add(
            seed.choice(("价税合计（小写）", "合计金额", "（小写）", "金额合计")),
            money(total, mark=mark),
            "amount",
            people.yuan(total),
        )
    else:
        made.add(
            seed.choice(("Total", "Total amount", "Amount due")),
            money(total, mark=mark),
            "amount",
            people.yuan(total),
        )
    made.truth.pop("capitals", None)


def _termination(made: Content, seed: Random) -> None:
    made.title = _pick(
        seed,
        made,
        "解除劳动合同证明书|终止（解除）劳动合同证明|离职证明|解除劳动关系证明",
        "Certificate of Termination of Employment|Employment Termination Letter",
    )
    made.issuer = _company(made, seed)
    left = made.issued - timedelta(days=seed.randrange(8))
    came = left - timedelta(days=seed.randrange(200, 3000))
    _person(made, seed, ("姓名|员工姓名|职工姓名|劳动者姓名", "Name|Employee|Employee name"))
    made.add(
        *(
            ("岗位", seed.choice(("仓库管理员", "厨师", "客服专员", "装配工")))
            if made.language == "zh"
            else ("Position", "Warehouse clerk")
        )
    )
    _day(
        made,
        seed,
        ("入职日期|入职时间|合同起始日期|到职日期", "Start date|Date of joining|Hire date"),
        came,
        "start_date",
    )
    _day(
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
    _issued(made, seed, "开具日期|出具日期|日期|签发日期", "Date of issue|Date|Issued on")
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


def _statement(made: Content, seed: Random) -> None:
    made.title = _pick(
        seed,
        made,
        "银行账户交易明细|个人账户交易流水|账户对账单|借记卡交易明细",
        "Bank Statement|Account Statement",
    )
    made.issuer = (
        seed.choice(("演示银行", "样例农村商业银行演示支行", "青禾银行股份有限公司演示分行"))
        if made.language == "zh"
        else seed.choice(("Demo Bank", "Sample Bank, Demo Branch"))
    )
    made.add(
        _pick(seed, made, "户名|客户姓名|账户名称", "Account name|Account holder|Name"),
        made.name,
        "name",
    )
    made.add(
        _pick(seed, made, "账号|卡号|账户号码", "Account number|Account No.|Card No."),
        made.person.account,
        "account",
    )
    if seed.random() < 0.5:
        made.add(
            _pick(seed, made, "开户行|开户银行|银行名称", "Bank|Bank name"), made.issuer, "issuer"
        )
    end = made.issued - timedelta(days=seed.randrange(1, 4))
    start = end - timedelta(days=seed.choice((30, 60, 91)))
    if seed.random() < 0.6 and made.dates != "han":
        label = _pick(
            seed, made, "查询期间|起止日期|账单周期|查询时间段", "Period|Statement period"
        )
        joint = (
            seed.choice(("至", " 至 ", "-", "~"))
            if made.dates in {"zh", "zh0"}
            else " 至 "
            if made.language == "zh"
            else " to "
        )
        made.add(
            label,
            written(start, made.dates) + joint + written(end, made.dates),
            "period_start",
            start.isoformat(),
        )
        made.truth["period_end"] = end.isoformat()
    else:
        _day(
            made,
            seed,
            ("起始日期|开始日期|查询起始日期", "From|Period start|Start date"),
            start,
            "period_start",
        )
        _day(
            made, seed, ("截止日期|结束日期|终止日期", "To|Period end|End date"), end, "period_end"
        )
    balance = seed.randrange(5_000, 3_000_000)
    opening = balance
    made.table = [
        seed.choice(
            (
                ["交易日期", "摘要", "收入", "支出", "余额"],
                ["日期", "交易摘要", "交易金额", "账户余额"],
                ["记账日期", "摘要", "借方发生额", "贷方发生额", "余额"],
            )
        )
        if made.language == "zh"
        else seed.choice(
            (
                ["Date", "Description", "Paid in", "Paid out", "Balance"],
                ["Date", "Details", "Amount", "Balance"],
            )
        )
    ]
    wide = len(made.table[0]) == 5
    swapped = "借方" in made.table[0][2] if wide else False
    what = (
        ("工资", "转账", "消费", "还款", "利息", "取现", "充值")
        if made.language == "zh"
        else ("Wages", "Transfer", "Shop", "Loan", "Interest")
    )
    days = sorted(seed.randrange((end - start).days + 1) for _ in range(seed.randrange(6, 16)))
    for at in days:
        step = seed.randrange(1_000, 900_000)
        comes = balance < step or seed.random() < 0.45
        balance += step if comes else -step
        when = (start + timedelta(days=at)).isoformat()
        if wide:
            pair = [money(step), ""] if comes != swapped else ["", money(step)]
            made.table.append([when, seed.choice(what), *pair, money(balance)])
        else:
            made.table.append(
                [when, seed.choice(what), ("+" if comes else "-") + money(step), money(balance)]
            )
    made.add(
        _pick(seed, made, "期初余额|上期余额|承前余额", "Opening balance|Balance brought forward"),
        money(opening),
        "opening_balance",
        people.yuan(opening),
    )
    made.add(
        _pick(seed, made, "期末余额|本期余额|期末结余", "Closing balance|Ending balance"),
        money(balance),
        "closing_balance",
        people.yuan(balance),
    )
    if seed.random() < 0.6:
        _issued(made, seed, "打印日期|出具日期|开具日期", "Printed on|Date of issue")


def _wages(made: Content, seed: Random) -> None:
    made.issuer = _company(made, seed)
    first = made.issued.replace(day=1) - timedelta(days=1)
    month = f"{first.year}-{first.month:02}"
    shown = {"zh": f"{first.year}年{first.month}月"}.get(
        made.language, seed.choice((f"{first:%B} {first.year}", month))
    )
    if made.language == "zh" and seed.random() < 0.3:
        shown = month
    made.title = _pick(
        seed, made, "工资条|工资单|薪资明细表|员工工资条", "Payslip|Pay Slip|Salary Slip"
    )
    made.add(
        _pick(seed, made, "姓名|员工姓名|员工", "Employee|Name|Employee name"), made.name, "name"
    )
    if seed.random() < 0.4:
        made.add(
            "身份证号" if made.language == "zh" else "ID number", made.person.id_number, "id_number"
        )
    made.add(
        _pick(seed, made, "所属月份|工资月份|月份|薪资月份|所属期", "Month|Pay period|Pay month"),
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
        _pick(seed, made, "应发工资|应发合计|应发金额|税前工资", "Gross pay|Gross|Gross salary"),
        money(gross),
        "gross",
        people.yuan(gross),
    )
    for label, fen in zip(names[1], taken, strict=True):
        made.add(label, money(fen))
    made.add(
        _pick(seed, made, "扣款合计|应扣合计|代扣合计|扣款", "Total deductions|Deductions"),
        money(less),
        "deductions",
        people.yuan(less),
    )
    made.add(
        _pick(
            seed, made, "实发工资|实发金额|实发合计|实发", "Net pay|Net|Net salary|Take-home pay"
        ),
        money(gross - less),
        "net",
        people.yuan(gross - less),
    )
    if seed.random() < 0.5:
        _issued(made, seed, "发放日期|发薪日期|制表日期", "Pay date|Date")


def _unemployment(made: Content, seed: Random) -> None:
    made.title = _pick(
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
    _person(made, seed, ("姓名|失业人员姓名|登记人", "Name|Registrant|Applicant"))
    made.add(
        _pick(seed, made, "登记编号|证书编号|编号|失业登记号", "Registration No.|Certificate No."),
        made.serial,
        "number",
    )
    _day(
        made,
        seed,
        ("失业日期|失业时间", "Unemployed since|Date of unemployment"),
        made.issued - timedelta(days=seed.randrange(3, 40)),
        "start_date",
    )
    made.add(*(("失业原因", "合同期满") if made.language == "zh" else ("Reason", "Contract ended")))
    if seed.random() < 0.7:
        made.add(
            _pick(seed, made, "登记机构|经办机构|登记机关", "Issued by|Registration office|Office"),
            made.issuer,
            "issuer",
        )
    _issued(
        made,
        seed,
        "登记日期|发证日期|办理日期|登记时间",
        "Registration date|Date of issue|Registered on",
    )


def _disaster(made: Content, seed: Random) -> None:
    police = seed.random() < 0.5
    made.title = _pick(
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
    _person(
        made,
        seed,
        (
            "报案人|报案人姓名|姓名" if police else "受灾人姓名|户主姓名|受灾人|姓名",
            "Name|Reported by" if police else "Name|Claimant",
        ),
    )
    made.add(
        _pick(
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
        _pick(
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
            _pick(seed, made, "受理单位|接警单位|出具单位", "Issued by|Police station|Authority"),
            made.issuer,
            "issuer",
        )
    _issued(
        made,
        seed,
        "受理日期|报案日期|出具日期" if police else "出具日期|开具日期|日期",
        "Date of issue|Report date|Date",
    )


_MAKERS = dict(
    zip(
        KINDS,
        (
            _diagnosis,
            _discharge,
            _invoice,
            _termination,
            _statement,
            _wages,
            _unemployment,
            _disaster,
        ),
        strict=True,
    )
)
