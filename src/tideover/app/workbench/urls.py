"""Addresses of the desk, mounted under /desk/."""

from django.urls import path

from tideover.app.workbench.views import (
    approvals,
    arrivals,
    assessing,
    case,
    channels,
    checks,
    conversation,
    export,
    files,
    offering,
    payments,
    policy,
    queue,
    security,
    sign_in,
    staff,
    telephone,
)

app_name = "workbench"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.second, name="second"),
    path("sign-in/set-up/", sign_in.enrol, name="enrol"),
    path("sign-in/passkey/", sign_in.passkey_options, name="passkey-options"),
    path("security/", security.security, name="security"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("keys/", checks.keys, name="keys"),
    path("", queue.queue, name="queue"),
    path("queue.csv", export.queue_csv, name="queue-csv"),
    path("next/", queue.next_case, name="next"),
    path("cases/<str:number>/", case.show, name="case"),
    path("cases/<str:number>/claim/", assessing.claim, name="claim"),
    path("cases/<str:number>/decline/", assessing.decline, name="decline"),
    path("cases/<str:number>/answer/", conversation.answer, name="answer"),
    path(
        "cases/<str:number>/flags/<uuid:flag_id>/close/",
        conversation.close_flag,
        name="close-flag",
    ),
    path("cases/<str:number>/offers/generate/", offering.generate, name="generate"),
    path("cases/<str:number>/offers/send/", offering.send, name="send"),
    path("cases/<str:number>/approve/", approvals.approve, name="approve"),
    path("cases/<str:number>/send-back/", approvals.send_back, name="send-back"),
    path("cases/<str:number>/agreement.pdf", files.agreement, name="agreement-pdf"),
    path("cases/<str:number>/evidence/<uuid:evidence_id>/", files.evidence, name="evidence"),
    path(
        "cases/<str:number>/evidence/<uuid:evidence_id>/mark/",
        assessing.mark_evidence,
        name="mark-evidence",
    ),
    path("approvals/", approvals.inbox, name="approvals"),
    path("policy/", policy.changes, name="policy"),
    path("payments/", payments.payments, name="payments"),
    path("telephone/", telephone.telephone, name="telephone"),
    path("telephone/<uuid:call_id>/done/", telephone.call_done, name="call-done"),
    path("telephone/<uuid:call_id>/begin/", telephone.begin_call, name="begin-call"),
    path("arrivals/", arrivals.arrivals, name="arrivals"),
    path("channels/", channels.channels, name="channels"),
    path("staff/", staff.staff, name="staff"),
    path("outbox/", checks.outbox, name="outbox"),
    path("checks/", checks.verify, name="checks"),
]
