"""The address at which a bank or a paying channel tells of one payment."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tideover.app.api.problems import problem
from tideover.app.home import SecretMissing
from tideover.app.verbs import payments
from tideover.app.verbs.payments import BankFileProblems
from tideover.app.verbs.payments.receiving import NotSignedByUs
from tideover.money import Refusal

HEADER = "Tideover-Signature"


@csrf_exempt  # whoever tells of a payment has no session; the signature says who it is
def receive(request: HttpRequest) -> HttpResponse:
    """Book the payment of a signed message once; answer where it went."""
    if request.method != "POST":
        return problem(
            405, code="method-not-allowed", title="Only POST",
            detail="POST one payment as JSON, signed.", headers={"Allow": "POST"},
        )  # fmt: skip
    try:
        told = payments.receive(request.body, signed=request.headers.get(HEADER, ""))
    except SecretMissing:
        return problem(
            503, code="not-set-up", title="Payments are not taken here yet",
            detail="This deployment has no shared secret for payment messages; its operator sets "
            "TIDEOVER_PAYMENTS_SECRET.",
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(refusal)
    return HttpResponse(json.dumps(told) + "\n", content_type="application/json")


def _refused(refusal: Refusal) -> HttpResponse:
    status = 422
    if isinstance(refusal, NotSignedByUs):
        status = 401
    elif isinstance(refusal, BankFileProblems) and refusal.is_clash:
        status = 409
    text = str(refusal)
    return problem(status, code=refusal.code, title=text.splitlines()[0], detail=text)
