"""What a proposal says of itself: its name in law and what the lender agrees to."""

from tideover.dates import format_date_en, format_date_zh
from tideover.loan import LoanState, Rate, Restructured
from tideover.options.grid import months_between
from tideover.options.legal_form import LegalForm
from tideover.options.proposal import Concession, Proposal
from tideover.policy import Words, percent_text

__all__ = ["describe"]


def describe(
    event: Restructured,
    state: LoanState,
    *,
    contract_rate: Rate | None,
    legal_form: LegalForm,
    pause_months: int,
) -> Proposal:
    """Return the proposal of an event, with its concessions in words."""
    lines = event.schedule.lines
    zh, en = format_date_zh(lines[0].due_date), format_date_en(lines[0].due_date)
    name = legal_form.words
    return Proposal(
        restructured=event,
        legal_form=legal_form,
        pause_months=pause_months,
        concessions=(
            *_concessions(event, state, legal_form=legal_form, pause_months=pause_months),
            *_cheaper(event, contract_rate, legal_form=legal_form),
        ),
        words=Words(
            f"{name.zh}：自{zh}起分 {len(lines)} 期还清",
            f"{name.en}: {len(lines)} instalment{'' if len(lines) == 1 else 's'} from {en}",
        ),
    )


def _concessions(
    event: Restructured, state: LoanState, *, legal_form: LegalForm, pause_months: int
) -> list[Concession]:
    is_settlement = legal_form is LegalForm.SETTLEMENT
    given = [_settled(event) if is_settlement else _spread_again()]
    longer = months_between(state.schedule.maturity_date, event.schedule.maturity_date)
    if is_settlement:
        longer = 0
    if legal_form is LegalForm.RENEWAL:
        given.append(_renewed(event, months=longer))
    elif longer > 0:
        words = Words(f"到期日延后 {longer} 个月", f"The loan ends {longer} months later")
        given.append(Concession(kind="term_extension", months=longer, words=words))
    if pause_months:
        words = Words(
            f"先暂停还款 {pause_months} 个月，期间照计利息",
            f"No payments for {pause_months} months; interest goes on",
        )
        given.append(Concession(kind="deferral", months=pause_months, words=words))
    forgiven = event.waived.principal
    if waived := event.waived.total - forgiven:
        words = Words(f"减免 {waived.display}", f"{waived.display} is waived")
        given.append(Concession(kind="waiver", amount=waived, words=words))
    if forgiven:
        words = Words(
            f"减免本金 {forgiven.display}", f"{forgiven.display} of principal is forgiven"
        )
        given.append(Concession(kind="principal_forgiveness", amount=forgiven, words=words))
    if joined := event.capitalised.total:
        words = Words(f"{joined.display} 并入本金", f"{joined.display} joins the principal")
        given.append(Concession(kind="capitalisation", amount=joined, words=words))
    if carried := event.carried.total:
        words = Words(
            f"未付息费 {carried.display} 分摊到各期，不再计息",
            f"{carried.display} of unpaid interest and fees is spread over the instalments and "
            "bears no interest",
        )
        given.append(Concession(kind="interest_freeze", amount=carried, words=words))
    return given


def _spread_again() -> Concession:
    return Concession(
        kind="reamortisation",
        words=Words("剩余本金重新分期，每期金额相同", "What is left is spread evenly again"),
    )


def _settled(event: Restructured) -> Concession:
    paid = event.schedule.opening_balance + event.carried.total
    return Concession(
        kind="settlement",
        amount=paid,
        words=Words(
            f"付清 {paid.display} 即了结全部欠款", f"{paid.display} settles everything owed"
        ),
    )


def _renewed(event: Restructured, *, months: int) -> Concession:
    lent = event.schedule.opening_balance
    return Concession(
        kind="renewal",
        amount=lent,
        months=months,
        words=Words(
            f"以 {lent.display} 的新合同结清原合同本金，到期日延后 {months} 个月",
            f"a new contract of {lent.display} pays off the principal of the old one and ends "
            f"{months} months later",
        ),
    )


def _cheaper(
    event: Restructured, contract_rate: Rate | None, *, legal_form: LegalForm
) -> list[Concession]:
    if event.rate is None or contract_rate is None or event.rate == contract_rate:
        return []
    before = percent_text(contract_rate.simple_annual, digits=2)
    after = percent_text(event.rate.simple_annual, digits=2)
    words = (
        Words("付清前不再计息", "No interest until it is paid")
        if legal_form is LegalForm.SETTLEMENT
        else Words(
            f"年利率由 {before} 降为 {after}", f"The yearly rate falls from {before} to {after}"
        )
    )
    return [Concession(kind="rate_reduction", rate=event.rate.simple_annual, words=words)]
