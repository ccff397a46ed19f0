"""POST /api/v1/plan: the household of `tideover plan` in, the same JSON out, byte for byte.

Nothing is kept: no row, no line of the log names what was sent.
"""

from threading import BoundedSemaphore

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from tideover.app.api.access import may_ask
from tideover.app.api.pace import seconds_to_wait
from tideover.app.api.problems import problem, refused, refused_file
from tideover.money import Refusal
from tideover.offers.joint import JointRequest, find_plans
from tideover.offers.plan_file import BadFile, answer_json, read_plan

#: YAML reads JSON too, so both come in by one door. A body without a type is taken as YAML.
MEDIA_TYPES = (
    "application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/plain", "",
)  # fmt: skip
LANGUAGES = ("zh", "en")
#: What a file that came over the wire is called in the words about it.
NAME = "request"
_AT_ONCE = BoundedSemaphore(settings.API_PLANS_AT_ONCE)


@csrf_exempt
@never_cache
@csp({"default-src": [NONE], "frame-ancestors": [NONE]})
def answer(request: HttpRequest) -> HttpResponse:
    """Return the plan of the household in the body, or one problem that names all of them.

    The first of these that holds is the answer: 405 other than POST, 401 no token, 413 too large,
    415 another type, 429 too often, 400 not UTF-8, 503 busy, 422 refused with every problem, 200.
    """
    turned_away = _turned_away(request)
    if turned_away is not None:
        return turned_away
    language = _language(request)
    try:
        text = request.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return problem(
            400, code="not-utf-8", title="The body is not UTF-8 text",
            detail="Send the household as UTF-8 text, as YAML or JSON.",
        )  # fmt: skip
    if not _AT_ONCE.acquire(timeout=settings.API_PLAN_WAIT_SECONDS):
        return problem(
            503, code="busy", title="Too many plans at once",
            detail="Other plans are being computed; ask again in a moment.",
            headers={"Retry-After": str(settings.API_PLAN_WAIT_SECONDS)},
        )  # fmt: skip
    try:
        return _computed(text, language=language)
    finally:
        _AT_ONCE.release()


def _computed(text: str, *, language: str) -> HttpResponse:
    try:
        asked = read_plan(text, name=NAME).request
        if (long := _too_long(asked)) is not None:
            return long
        found = find_plans(asked)
    except BadFile as refusal:
        return refused_file(refusal, text=text, language=language)
    except Refusal as refusal:
        return refused(refusal, language=language)
    body = answer_json(found, language=language) + "\n"
    return HttpResponse(
        body.encode(), content_type="application/json", headers={"Content-Language": language}
    )


def _too_long(asked: JointRequest) -> HttpResponse | None:
    """Return why the loans are more than one answer's work, None when they are not."""
    count = sum(debt.terms.instalments for debt in asked.debts)
    most = settings.API_PLAN_INSTALMENTS_MAX
    if count <= most:
        return None
    return problem(
        422, code="too-much-work", title="Too many instalments for one answer",
        detail=f"The loans have {count} instalments together and up to {most} are worked out here; "
        "use tideover plan on a machine of your own.",
    )  # fmt: skip


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """Return why the body is not even read."""
    if request.method != "POST":
        return problem(
            405, code="method-not-allowed", title="Only POST",
            detail="POST a household, as YAML or JSON.", headers={"Allow": "POST"},
        )  # fmt: skip
    if not may_ask(request):
        return problem(
            401, code="token-needed", title="A token is needed",
            detail="Send the header Authorization: Bearer with a token of this lender.",
            headers={"WWW-Authenticate": "Bearer"},
        )  # fmt: skip
    size, most = _size(request), settings.API_PLAN_BYTES_MAX
    if size > most:
        return problem(
            413, code="too-large", title="The body is too large",
            detail=f"The body has {size} bytes and up to {most} are read; shorten it.",
        )  # fmt: skip
    kind = request.content_type or ""
    if kind not in MEDIA_TYPES:
        accepted = ", ".join(one for one in MEDIA_TYPES if one)
        return problem(
            415, code="media-type", title="This type of body is not read",
            detail=f"The body is {kind[:60]}; read are {accepted}.",
        )  # fmt: skip
    wait = seconds_to_wait(request)
    if wait:
        return problem(
            429, code="too-often", title="Too many plans in a minute",
            detail=f"Up to {settings.API_PLANS_PER_MINUTE} plans a minute are computed for one "
            f"caller; ask again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )  # fmt: skip
    return None


def _size(request: HttpRequest) -> int:
    # A body without its length is never read by Django: it has none here.
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _language(request: HttpRequest) -> str:
    """Return `?lang=`, else the language of the request's headers."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
