"""What the two letters are typeset from, with every field they show."""

from agreement_record import both


def settlement_record() -> dict[str, object]:
    return {
        "number": "TA-1001-1",
        "agreement": "TA-1001-1",
        "loan": "WLD-0001",
        "lender": both("演示贷款人（虚构）", "Demo lender (fictitious)"),
        "borrower": "演示·张*",
        "settled_on": "2028-02-03",
        "settled_words": both("2028年2月3日", "3 February 2028"),
        "received": "¥10,123.45",
        "waived": "¥12.30",
        "credit": both("将向征信系统报送“结清”。", "The account is reported as settled."),
    }


def objection_record() -> dict[str, object]:
    return {
        "made_on": "2026-12-05",
        "to": "演示征信中心",
        "days": 20,
        "name": "演示·张三",
        "id_number": "110101199001010011",
        "loan": "WLD-0001",
        "account": "微粒贷（演示） WLD-0001",
        "months": "2026年9月",
        "wrong": "记为逾期",
        "right": "当月已按时还款",
    }
