"""`guessing`: labels that no list holds, told by the words they are made of."""

import pytest

from pieces import values
from tideover.evidence.reading import DocumentKind
from tideover.evidence.reading.guessing import field_made_of

STATEMENT, RECORD = DocumentKind.BANK_STATEMENT, DocumentKind.DISCHARGE_RECORD


class TestFieldMadeOf:
    @pytest.mark.parametrize(
        ("label", "kind", "field"),
        [
            ("住院起始", RECORD, "start_date"),
            ("住院截止", RECORD, "end_date"),
            ("结转余额", STATEMENT, "closing_balance"),
            ("卡/账号", STATEMENT, "account"),
            ("明细起始日", STATEMENT, "period_start"),
            ("Passport/ID", RECORD, "id_number"),
            ("主诊断结论", RECORD, "diagnosis"),
            ("病历编号", RECORD, ""),
            ("经办人", RECORD, ""),
            ("总金额", RECORD, ""),
        ],
    )
    def test_is_the_field_that_the_words_speak_of(self, label, kind, field):
        assert field_made_of(label, kind) == field


class TestGuessed:
    def test_reads_what_stands_after_such_a_label(self):
        told = values(
            "借记卡账户历史明细清单",
            "卡/账号：6299416844327727752",
            "结转余额：10,466.09",
        )

        assert told["account"] == "6299416844327727752"
        assert told["closing_balance"] == "10466.09"

    def test_leaves_alone_what_a_known_label_announced(self):
        told = values("出院记录", "出院日期：2026-09-26", "预计解除限制日期：2026-12-01")

        assert told["end_date"] == "2026-09-26"
