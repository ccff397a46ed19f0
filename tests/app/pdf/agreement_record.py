"""One agreement record as the agreements room writes it; every person in it is made up."""


def both(zh, en):
    return {"zh": zh, "en": en}


KEY_FACTS = [
    (both("每期应还", "Each instalment"), both("¥612.40 × 16 期", "¥612.40 × 16")),
    (both("第一次还款", "First payment"), both("2027年3月11日（周四）", "Thursday 11 March 2027")),
    (both("最后一次还款", "Last payment"), both("2028年6月11日（周日）", "Sunday 11 June 2028")),
    (both("总共要还", "Total to pay"), both("¥9,798.35", "¥9,798.35")),
    (
        both("其中利息", "Of which interest"),
        both("¥1,871.62（比原合同多 ¥486.12）", "¥1,871.62 (¥486.12 more than before)"),
    ),
    (both("免除罚息", "Penalty interest waived"), both("¥73.50", "¥73.50")),
    (
        both("年化综合融资成本", "All-in annual cost"),
        both("单利 18.25 %，实际年利率 19.86 %", "simple 18.25 %, effective 19.86 %"),
    ),
    (both("法律形式", "Legal form"), both("展期", "term extension")),
    (
        both("征信", "Credit record"),
        both("按协议还款期间报送“展期”，不再新增逾期", "reported as extended, no new arrears"),
    ),
    (
        both("还款渠道", "Where to pay"),
        both(
            "演示贷款人官方还款账户，服务热线 95384",
            "the lender's own account; hotline 95384",
        ),
    ),
]

CLAUSE_TEXT = both(
    "截至2026年12月5日（周六），双方确认：未偿本金 ¥8,000.00，应计利息 ¥41.20，罚息 ¥73.50，"
    "合计 ¥8,114.70。本条确认产生诉讼时效中断的效力。\n"
    "借款人如在还款日前告知下期还款有困难，贷款人在 3 个工作日内安排重新协商，"
    "不因借款人主动告知而加收任何费用。",
    "On Saturday 5 December 2026 the parties agree that the unpaid principal is ¥8,000.00, accrued "
    "interest ¥41.20 and penalty interest ¥73.50, ¥8,114.70 in all.\n"
    "If the borrower says before a due date that the next instalment will be hard to pay, the "
    "lender arranges a new talk within 3 working days and charges nothing for it.",
)

CLAUSE_TITLES = [
    both("当事人与送达", "Parties and service"),
    both("原合同", "The original contract"),
    both("债务确认", "What is owed"),
    both("本协议的性质", "What this agreement is"),
    both("调整后的条件", "The changed terms"),
    both("还款计划", "The schedule"),
    both("逾期款项的处理", "What happens to the arrears"),
    both("费用", "Costs"),
    both("还款渠道与冲抵顺序", "Payment and order of application"),
    both("提前还款", "Paying early"),
    both("借款人的承诺", "What the borrower promises"),
    both("停止催收与如实报送", "What the lender promises"),
]


def schedule(lines=16):
    rows = []
    for number in range(1, lines + 1):
        year, month = divmod(2 + number - 1, 12)
        rows.append(
            {
                "number": number,
                "due_date": f"{2027 + year}-{month + 1:02d}-11",
                "principal": "490.74",
                "interest": "121.66",
                "fee": "0.00",
                "instalment": "612.40",
                "closing_balance": f"{490.74 * (lines - number):.2f}",
            }
        )
    return rows


def agreement_record(lines=16, clauses=12):
    return {
        "number": "TA-1001-1",
        "title": both("还款协议（展期）", "Repayment agreement (term extension)"),
        "made_on": "2026-12-05",
        "key_facts": [{"label": label, "value": value} for label, value in KEY_FACTS],
        "clauses": [
            {"number": at + 1, "title": CLAUSE_TITLES[at % 12], "text": CLAUSE_TEXT}
            for at in range(clauses)
        ],
        "schedule": schedule(lines),
        "schedule_totals": {
            "principal": "7851.84",
            "interest": "1946.56",
            "fee": "0.00",
            "instalment": "9798.40",
        },
        "cost_table": [
            {
                "item": both("利息", "Interest"),
                "how": both("按日计息，随每期还款收取", "daily, with each instalment"),
                "rate": both("18.25 %（单利）", "18.25 % (simple)"),
                "payee": both("演示贷款人", "Demo lender"),
            },
            {
                "item": both("手续费、服务费、担保费", "Fees, service, guarantee"),
                "how": both("不收取", "none"),
                "rate": both("0.00 %", "0.00 %"),
                "payee": both("—", "—"),
            },
        ],
        "contingent_costs": [
            {
                "item": both("逾期罚息", "Penalty interest"),
                "how": both(
                    "超过宽限 1 天仍未还的本金，自应还日起按日计收",
                    "on principal unpaid after 1 day of grace, daily from the due date",
                ),
                "rate": both("27.38 %（合同利率上浮 50 %）", "27.38 % (contract rate + 50 %)"),
                "payee": both("演示贷款人", "Demo lender"),
            }
        ],
        "borrower": {
            "name": "演示·张*",
            "id_number": "110***********1234",
            "phone": "138****5678",
        },
        "lender": both("演示贷款人（虚构）", "Demo lender (fictitious)"),
        "notice": both(
            "协商不收取任何费用。我们不会索要验证码、密码或屏幕共享，也不会让您转账到个人账户。",
            "Asking for help is free. We never ask for a code, a password or your screen, and "
            "never for a transfer to a private account.",
        ),
    }
