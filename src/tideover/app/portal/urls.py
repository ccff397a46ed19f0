"""The addresses of the borrower's pages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tideover.app.portal.views import (
    agreement,
    application,
    book,
    budget,
    care,
    check,
    dates,
    evidence,
    exploring,
    guides,
    helping,
    loans,
    negotiation,
    objecting,
    offers,
    pages,
    plan,
    progress,
    reaching,
    signing_in,
    signing_keys,
    thread,
)


class NameConverter(StringConverter):
    """A number or reference as the lender writes them; anything else is no address of ours."""

    regex = "[A-Za-z0-9._-]{1,40}"


register_converter(NameConverter, "name")

app_name = "portal"

urlpatterns = [
    path("", pages.start, name="start"),
    path("official/", pages.official, name="official"),
    path("talk/", pages.talk, name="talk"),
    path("guides/", guides.index, name="guides"),
    path("guides/keeping/", guides.keeping, name="keeping"),
    path("guides/penalty/", guides.penalty, name="guide-penalty"),
    path("guides/instalments/", guides.instalments, name="guide-instalments"),
    path("guides/record/", guides.record, name="guide-record"),
    path("guides/scams/", guides.scams, name="guide-scams"),
    path("outbox/", pages.outbox, name="outbox"),
    path("may-i/", pages.may_i, name="may-i"),
    path("call-me/", pages.call_me, name="call-me"),
    path("type/", pages.set_type, name="type"),
    path("sign-in/", signing_in.ask_phone, name="sign-in"),
    path("sign-in/code/", signing_in.enter_code, name="sign-in-code"),
    path("sign-in/passkey/", signing_in.passkey_options, name="passkey-options"),
    path("sign-out/", signing_in.leave, name="sign-out"),
    path("reach/", reaching.reach, name="reach"),
    path("connect/", reaching.connect, name="connect"),
    path("passkeys/", signing_keys.signing_keys, name="passkeys"),
    path("helpers/", helping.helpers, name="helpers"),
    path("acting/", helping.acting, name="acting"),
    path("notices/", reaching.notices, name="notices"),
    path("loans/", loans.list_loans, name="loans"),
    path("loans/apply/", loans.open_together, name="open-together"),
    path("loans/<name:reference>/", loans.show_loan, name="loan"),
    path("loans/<name:reference>/record/", loans.show_record, name="record"),
    path("loans/<name:reference>/objection/", objecting.objection, name="objection"),
    path("loans/<name:reference>/apply/", loans.open_case, name="open-case"),
    path("apply/<name:number>/", application.tasks, name="tasks"),
    path("apply/<name:number>/withdraw/", application.withdraw, name="withdraw"),
    path("apply/<name:number>/budget/", budget.result, name="budget"),
    path("apply/<name:number>/check/", check.check, name="check"),
    path("apply/<name:number>/evidence/", evidence.evidence, name="evidence"),
    path(
        "apply/<name:number>/evidence/<name:evidence_id>/remove/",
        evidence.remove,
        name="remove-evidence",
    ),
    path("apply/<name:number>/<name:section>/", application.section, name="section"),
    path("cases/<name:number>/", progress.show, name="case"),
    path("cases/<name:number>/copy/", check.copy, name="copy"),
    path("cases/<name:number>/care/", care.care, name="care"),
    path("cases/<name:number>/messages/", thread.thread, name="thread"),
    path("cases/<name:number>/offers/", offers.compare, name="offers"),
    path("cases/<name:number>/offers/<name:key>/", offers.detail, name="offer"),
    path("cases/<name:number>/offers/<name:key>/ways/", exploring.ways, name="ways"),
    path("cases/<name:number>/explore/", exploring.explore, name="explore"),
    path("cases/<name:number>/explore.csv", exploring.explore_table, name="explore-table"),
    path("cases/<name:number>/propose/", negotiation.propose, name="propose"),
    path("cases/<name:number>/rounds/<int:place>/", negotiation.answer, name="round"),
    path("cases/<name:number>/rounds/<int:place>/review/", negotiation.review, name="round-review"),
    path("cases/<name:number>/take-back/", negotiation.take_back, name="take-back"),
    path("cases/<name:number>/agreement/", agreement.read, name="agreement"),
    path("cases/<name:number>/agreement.pdf", agreement.pdf, name="agreement-pdf"),
    path("cases/<name:number>/sign/", agreement.sign, name="sign"),
    path("plans/<name:reference>/", plan.show, name="plan"),
    path("plans/<name:reference>/dates.ics", dates.of_plan, name="plan-dates"),
    path("cases/<name:number>/dates.ics", dates.of_case, name="case-dates"),
    path("plans/<name:reference>/book/", book.book, name="book"),
    path("plans/<name:reference>/book/<name:part>/", book.change, name="book-part"),
    path("cases/<name:number>/forget/", plan.forget, name="forget"),
    path("plans/<name:reference>/early/", plan.tell_early, name="tell-early"),
    path("plans/<name:reference>/review/", plan.say_how_it_is, name="plan-review"),
    path("cases/<name:number>/settlement.pdf", plan.letter, name="settlement-pdf"),
]
