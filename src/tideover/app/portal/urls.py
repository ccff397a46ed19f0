"""The addresses of the borrower's pages."""

from django.urls import path

from tideover.app.portal.views import (
    agreement,
    application,
    check,
    evidence,
    loans,
    offers,
    pages,
    plan,
    progress,
    signing_in,
)

app_name = "portal"

urlpatterns = [
    path("", pages.start, name="start"),
    path("official/", pages.official, name="official"),
    path("talk/", pages.talk, name="talk"),
    path("outbox/", pages.outbox, name="outbox"),
    path("sign-in/", signing_in.ask_phone, name="sign-in"),
    path("sign-in/code/", signing_in.enter_code, name="sign-in-code"),
    path("sign-out/", signing_in.leave, name="sign-out"),
    path("loans/", loans.list_loans, name="loans"),
    path("loans/<str:reference>/", loans.show_loan, name="loan"),
    path("loans/<str:reference>/apply/", loans.open_case, name="open-case"),
    path("apply/<str:number>/", application.tasks, name="tasks"),
    path("apply/<str:number>/withdraw/", application.withdraw, name="withdraw"),
    path("apply/<str:number>/check/", check.check, name="check"),
    path("apply/<str:number>/evidence/", evidence.evidence, name="evidence"),
    path(
        "apply/<str:number>/evidence/<str:evidence_id>/remove/",
        evidence.remove,
        name="remove-evidence",
    ),
    path("apply/<str:number>/<str:section>/", application.section, name="section"),
    path("cases/<str:number>/", progress.show, name="case"),
    path("cases/<str:number>/offers/", offers.compare, name="offers"),
    path("cases/<str:number>/offers/<str:key>/", offers.detail, name="offer"),
    path("cases/<str:number>/agreement/", agreement.read, name="agreement"),
    path("cases/<str:number>/agreement.pdf", agreement.pdf, name="agreement-pdf"),
    path("cases/<str:number>/sign/", agreement.sign, name="sign"),
    path("plans/<str:reference>/", plan.show, name="plan"),
]
