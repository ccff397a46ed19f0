"""What papers with sums say: an invoice and a bank statement."""

from datetime import timedelta
from random import Random

from bench.evidence import people
from bench.evidence.contents.content import Content, company, hospital, pick, say_day, say_issued
from bench.evidence.people import money, written


def invoice(made: Content, seed: Random) -> None:
    made.title = pick(
        seed,
        made,
        "电子发票（普通发票）|增值税电子普通发票|医疗门诊收费票据（电子）|医疗住院收费票据",
        "Invoice|Tax Invoice|Hospital Invoice",
    )
    medical = "医疗" in made.title or "Hospital" in made.title
    made.issuer = hospital(made, seed) if medical or seed.random() < 0.4 else company(made, seed)
    made.serial = str(
        seed.randrange(10**7, 10**8) if seed.random() < 0.5 else seed.randrange(10**19, 10**20)
    )
    made.add(
        pick(
            seed,
            made,
            "票据号码|票据号" if medical else "发票号码|发票号码|发票号",
            "Invoice No.|Invoice number|Number",
        ),
        made.serial,
        "number",
    )
    say_issued(made, seed, "开票日期|开票日期|开具日期", "Invoice date|Date")
    made.add(
        pick(
            seed,
            made,
            "交款人|姓名|付款人" if medical else "购买方名称|购买方|抬头",
            "Bill to|Customer|Patient name",
        ),
        made.name,
        "name",
    )
    made.add(
        pick(
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


def statement(made: Content, seed: Random) -> None:
    made.title = pick(
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
        pick(seed, made, "户名|客户姓名|账户名称", "Account name|Account holder|Name"),
        made.name,
        "name",
    )
    made.add(
        pick(seed, made, "账号|卡号|账户号码", "Account number|Account No.|Card No."),
        made.person.account,
        "account",
    )
    if seed.random() < 0.5:
        made.add(
            pick(seed, made, "开户行|开户银行|银行名称", "Bank|Bank name"), made.issuer, "issuer"
        )
    end = made.issued - timedelta(days=seed.randrange(1, 4))
    start = end - timedelta(days=seed.choice((30, 60, 91)))
    if seed.random() < 0.6 and made.dates != "han":
        label = pick(seed, made, "查询期间|起止日期|账单周期|查询时间段", "Period|Statement period")
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
        say_day(
            made,
            seed,
            ("起始日期|开始日期|查询起始日期", "From|Period start|Start date"),
            start,
            "period_start",
        )
        say_day(
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
        pick(seed, made, "期初余额|上期余额|承前余额", "Opening balance|Balance brought forward"),
        money(opening),
        "opening_balance",
        people.yuan(opening),
    )
    made.add(
        pick(seed, made, "期末余额|本期余额|期末结余", "Closing balance|Ending balance"),
        money(balance),
        "closing_balance",
        people.yuan(balance),
    )
    if seed.random() < 0.6:
        say_issued(made, seed, "打印日期|出具日期|开具日期", "Printed on|Date of issue")
