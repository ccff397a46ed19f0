"""Looking at signed plans on a day: what is missed, broken, put right or done, and who is told.

Each plan in a transaction of its own, case before loan, once a day whoever tries. A plan on which
nothing can come of it by itself is not even read until the next day something can.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from tideover.agreements.keeping import (
    KeepingRules,
    NoticeKind,
    PlanJudgement,
    judge_plan,
    next_look,
    notices_due,
    receipt_due,
)
from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db.atomic import atomic, lock_case, lock_loan
from tideover.app.db.models import Agreement, Case, JournalEntry, PlanKeeping
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import carry_out
from tideover.app.verbs.case.screening import is_in_distress
from tideover.app.verbs.keeping.words import notice_words
from tideover.cases import CaseState
from tideover.cases.commands import RecordBreach, RecordCure, RecordSettlement
from tideover.loan import LoanState
from tideover.offers import offer_from_record
from tideover.policy import load_book

Standing = PlanKeeping.Standing


@dataclass(slots=True)
class KeptPlans:
    """What looking at the plans of a day did: how many, and what became of which case."""

    looked_at: int = 0
    notices: Counter[str] = field(default_factory=Counter)
    completed: list[str] = field(default_factory=list)


def begin_plan(agreement: Agreement) -> PlanKeeping:
    """The keeping of an agreement from its effective date on, made once."""
    keeping, _ = PlanKeeping.objects.get_or_create(
        agreement=agreement,
        defaults={
            "effective_on": offer_from_record(agreement.offer).proposal.restructured.on,
        },
    )
    return keeping


def keep_plans(day: date, *, actor: str) -> KeptPlans:
    """Look at every plan in force that the day may bring something to."""
    done = KeptPlans()
    for agreement in Agreement.objects.filter(is_in_force=True, keeping__isnull=True):
        begin_plan(agreement)
    waiting = Agreement.objects.filter(
        Q(keeping__look_on__isnull=True) | Q(keeping__look_on__lte=day),
        Q(keeping__judged_on__isnull=True) | Q(keeping__judged_on__lt=day),
        is_in_force=True,
        keeping__completed_on__isnull=True,
    )
    for number, case in waiting.order_by("number").values_list("number", "case__number"):
        with atomic():
            _keep(number, case_number=case, day=day, actor=actor, done=done)
        crash_point("plan.kept")
    return done


def rules_of(agreement: Agreement) -> KeepingRules:
    """What policy said of keeping a plan on the day the agreement was made."""
    parameters = load_book().on(clock.day_of(agreement.made_at), product=agreement.loan.product)
    terms = loan_events.terms(agreement.loan)
    return KeepingRules.of(parameters, grace_days=terms.grace_days)


def judged(case: Case, state: LoanState) -> PlanJudgement | None:
    """How the plan of a case that is in force stands in `state`; None where none is."""
    agreement = case.agreements.filter(is_in_force=True).select_related("loan").first()
    return judge_plan(state, rules_of(agreement)) if agreement is not None else None


def _keep(number: str, *, case_number: str, day: date, actor: str, done: KeptPlans) -> None:
    case = lock_case(case_number)
    agreement = Agreement.objects.select_related("loan", "keeping").get(number=number)
    lock_loan(agreement.loan.reference)
    keeping = PlanKeeping.objects.get(agreement=agreement)
    if case is None or not agreement.is_in_force or (keeping.judged_on or date.min) >= day:
        return
    state, rules = loan_events.state(agreement.loan, day), rules_of(agreement)
    judgement = judge_plan(state, rules)
    plan = _Plan(case, keeping, rules, day, actor, done)
    if judgement.is_settled:
        plan.complete()
    else:
        plan.judge(judgement)
        plan.tell(state, judgement)
        keeping.look_on = next_look(state, judgement, rules=rules)
    keeping.judged_on = day
    keeping.save()
    done.looked_at += 1


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan being looked at: its case and loan are locked."""

    case: Case
    keeping: PlanKeeping
    rules: KeepingRules
    day: date
    actor: str
    done: KeptPlans

    @property
    def is_talked_over(self) -> bool:
        """Whether something new is being agreed: nobody breaks or chases a plan meanwhile."""
        return self.case.state != CaseState.ACTIVE.value

    @property
    def may_be_chased(self) -> bool:
        """Whether late money may be asked for: nothing is being agreed, nobody is in distress."""
        return not self.is_talked_over and not is_in_distress(self.case.borrower)

    def complete(self) -> None:
        """Everything is paid."""
        self.keeping.standing, self.keeping.completed_on = Standing.COMPLETED, self.day
        if self.case.state == CaseState.ACTIVE.value:
            carry_out(self.case, RecordSettlement(at=clock.now(), actor=self.actor))
        self.done.completed.append(self.case.number)
        self._post(NoticeKind.COMPLETED, self.day, key="1")

    def judge(self, judgement: PlanJudgement) -> None:
        """Find a breach, or that one was put right."""
        keeping = self.keeping
        if keeping.standing == Standing.BREACHED:
            if judgement.is_kept:
                carry_out(self.case, RecordCure(at=clock.now(), actor=self.actor))
                self._post(NoticeKind.CURED, self.day, key=f"{keeping.breached_on}")
                keeping.standing = Standing.KEPT
                keeping.breached_on = keeping.cure_until = None
            return
        if judgement.is_broken and not self.is_talked_over:
            self._break(judgement)
            return
        keeping.standing = Standing.KEPT if judgement.is_kept else Standing.LATE

    def _break(self, judgement: PlanJudgement) -> None:
        until, keeping = self.day + timedelta(days=self.rules.cure_days), self.keeping
        command = RecordBreach(len(judgement.missed), until, at=clock.now(), actor=self.actor)
        carry_out(self.case, command)
        keeping.standing = Standing.BREACHED
        keeping.breached_on, keeping.cure_until = self.day, until
        oldest = judgement.missed[0].due_date
        self._post(NoticeKind.BREACHED, oldest, key=f"{self.day}", until=until)

    def tell(self, state: LoanState, judgement: PlanJudgement) -> None:
        """Write what came in today, and the reminders and questions of the day."""
        if self._has_received():
            came = receipt_due(state)
            self._post(came.kind, came.due, key=f"{self.day}")
        for notice in notices_due(state, judgement, rules=self.rules):
            if not notice.kind.is_chase or self.may_be_chased:
                self._post(notice.kind, notice.due, key=notice.key)

    def _has_received(self) -> bool:
        """Whether a payment of the loan was booked on the day, and after the signature."""
        agreement = self.keeping.agreement
        since = clock.start_of_day(self.day)
        booked = JournalEntry.objects.filter(
            loan=agreement.loan,
            kind="loan.paid",
            posted_at__gte=max(since, agreement.signed_at or since),
            posted_at__lt=clock.start_of_day(self.day + timedelta(days=1)),
        )
        return booked.exists()

    def _post(self, kind: NoticeKind, due: date, *, key: str, until: date | None = None) -> None:
        words = notice_words(kind, number=self.case.number, due=due, until=until)
        number = self.keeping.agreement.number
        was_written = notices.send(
            self.case,
            kind=kind.value,
            words=words,
            key=f"{number}:{key}",
            chase_on=self.day if kind.is_chase else None,
        )
        self.done.notices[kind.value] += was_written
