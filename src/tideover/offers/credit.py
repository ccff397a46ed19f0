"""What the credit record will say: of a plan, and of doing nothing."""

from typing import Final

from tideover.offers.situation import Situation
from tideover.options import LegalForm
from tideover.policy import Parameters, Words

__all__ = ["NORMAL_MARK", "credit_code", "credit_mark", "credit_words", "monthly_mark"]

#: The monthly mark of a loan that is paid as agreed.
NORMAL_MARK: Final = "N"


def credit_code(form: LegalForm, policy: Parameters, *, is_forgiven: bool = False) -> str | None:
    """Return the special transaction code (特殊交易类型) of a legal form, or None for none.

    A part of the principal that is forgiven is a reduction of the debt, whatever the form; a
    settlement that forgives none of it has no code. A deferral is an extension (展期), unless the
    lender defers by itself to carry out relief policy (纾困政策) on that day.
    """
    if is_forgiven:
        return policy.text("credit_record.code_debt_reduction")
    is_relief = "relief.defers_by_policy" in policy and policy.flag("relief.defers_by_policy")
    if form is LegalForm.DEFERRAL and is_relief:
        return policy.text("credit_record.code_policy_deferral")
    names = {
        LegalForm.TERM_EXTENSION: "credit_record.code_term_extension",
        LegalForm.DEFERRAL: "credit_record.code_term_extension",
        LegalForm.PERSONALISED_INSTALMENTS: "credit_record.code_personalised_instalments",
    }
    return policy.text(names[form]) if form in names else None


def credit_words(form: LegalForm, situation: Situation, *, is_forgiven: bool = False) -> Words:
    """Return what is reported when a plan is signed, in plain words.

    Signing erases no earlier mark, and no one may say that it does.
    """
    code = credit_code(form, situation.parameters, is_forgiven=is_forgiven)
    name = Words("债务减免", "Reduction of debt") if is_forgiven else form.words
    entry = (
        Words(f"记一笔“{name.zh}”（特殊交易类型 {code}），",
              f"one entry “{name.en}” (special transaction {code}); ")
        if code
        else Words("不加特殊交易标识，", "no special transaction entry; ")
    )  # fmt: skip
    return Words(
        f"{entry.zh}按方案还款就不再新增逾期{_earlier(situation).zh}",
        f"{entry.en}no new overdue marks while you keep to the plan{_earlier(situation).en}",
    )


def _earlier(situation: Situation) -> Words:
    years = situation.parameters.integer("credit_record.years_kept")
    if not situation.state.worst_days_past_due:
        return Words("", "")
    return Words(
        f"；以前的逾期记录保留，欠款还清后满 {years} 年删除",
        f"; earlier marks stay for {years} years after the arrears are paid",
    )


def monthly_mark(days_past_due: int, policy: Parameters) -> str:
    """Return the monthly mark of so many days past due: `N` within the grace, else `1` to `7`.

    Source: the payment states of the second-generation credit report (二代征信还款状态).
    """
    if days_past_due <= policy.integer("grace.days"):
        return NORMAL_MARK
    reached = -(-days_past_due // policy.integer("credit_record.days_per_mark"))
    return str(min(policy.integer("credit_record.mark_max"), reached))


def credit_mark(days_past_due: int, policy: Parameters) -> Words:
    """Return the monthly mark that so many days past due bring, and the days it spans."""
    mark = monthly_mark(days_past_due, policy)
    if mark == NORMAL_MARK:
        return Words("“N”（正常）", "N (normal)")
    length = policy.integer("credit_record.days_per_mark")
    low, high = (int(mark) - 1) * length + 1, int(mark) * length
    span = Words(f"逾期 {low}–{high} 天", f"{low} to {high} days past due")
    if int(mark) == policy.integer("credit_record.mark_max"):
        span = Words(f"逾期超过 {low - 1} 天", f"more than {low - 1} days past due")
    return Words(f"“{mark}”（{span.zh}）", f"{mark} ({span.en})")
