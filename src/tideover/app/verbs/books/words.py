"""What the accounts of the ledger and the kinds of entries and loan events are called."""

from collections.abc import Mapping

from tideover.policy import Words


def account_words(account: str) -> Words:
    """What an account of the ledger is called."""
    family, _, part = account.partition(".")
    family_words, part_words = _FAMILIES.get(family), _PARTS.get(part)
    if family_words is None:
        return Words(account, account)
    if part_words is None:
        return family_words
    return Words(f"{family_words.zh}·{part_words.zh}", f"{family_words.en}: {part_words.en}")


def kind_words(kind: str) -> Words:
    """What a kind of journal entry or of loan event is called, as `loan.paid`."""
    return KINDS.get(kind, Words(kind, kind))


KINDS: Mapping[str, Words] = {
    "loan.disbursed": Words("放款", "Paid out"),
    "loan.paid": Words("还款", "Payment"),
    "loan.refunded": Words("退款", "Refund"),
    "loan.reversed": Words("冲正", "Reversal"),
    "loan.charged": Words("计收费用", "Charge"),
    "loan.waived": Words("减免", "Waiver"),
    "loan.restructured": Words("方案生效", "New plan"),
    "loan.interest-paused": Words("停息", "Interest freeze"),
    "loan.rate-changed": Words("利率调整", "Change of rate"),
    "loan.due-date-moved": Words("还款日调整", "Due date moved"),
    "loan.terms-added": Words("增加期数", "Instalments added"),
    "loan.grace-given": Words("给予宽限期", "Grace period"),
    "loan.re-aged": Words("逾期重新起算", "Re-age"),
    "loan.re-amortised": Words("重新摊还", "Re-amortisation"),
    "loan.arrears-capitalised": Words("逾期并入本金", "Capitalisation of arrears"),
    "loan.principal-forgiven": Words("本金减免", "Principal forgiveness"),
    "loan.accelerated": Words("提前到期", "Acceleration"),
    "loan.reinstated": Words("恢复原合同", "Reinstatement"),
    "loan.settled": Words("减免结清", "Settlement for less"),
    "loan.accrued": Words("计提利息", "Interest earned"),
    "loan.difference": Words("已关账日差额", "Difference of closed days"),
}

_FAMILIES: Mapping[str, Words] = {
    "receivable": Words("应收", "Receivable"),
    "income": Words("收入", "Income"),
    "waived": Words("减免", "Waived"),
    "cash": Words("现金", "Cash"),
    "credit": Words("溢缴款", "Overpaid"),
    "suspense": Words("待查款项", "Suspense"),
}

_PARTS: Mapping[str, Words] = {
    "principal": Words("本金", "principal"),
    "interest": Words("利息", "interest"),
    "penalty": Words("罚息", "penalty"),
    "fee": Words("费用", "fee"),
    "adjustment": Words("调整", "adjustment"),
}
