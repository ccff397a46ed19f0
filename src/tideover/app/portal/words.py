"""What the codes are called on the borrower's pages, and how states are put kindly."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tideover.affordability import (
    CATEGORY_WORDS,
    FREQUENCY_WORDS,
    INCOME_WORDS,
    OutgoingCategory,
    PayFrequency,
)
from tideover.app.db.models import Mandate, Scope
from tideover.app.portal.templatetags.portal_words import spoken
from tideover.app.verbs.application.knowing import CHANNELS, HOURS, NEEDS, OUTLOOKS
from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a borrower can pick: what is stored, what is read, and a line of help."""

    value: str
    label: str
    hint: str = ""


#: A name for the policy book's causes; the order is the order on the page.
CAUSES: Mapping[str, Promise] = {
    "job_loss": _("I lost my job"),
    "income_drop": _("I earn less than before"),
    "illness": _("I am ill or injured"),
    "family_illness": _("Somebody in my family is ill, or I care for them"),
    "death": _("Somebody close to me has died"),
    "divorce": _("Separation, divorce or trouble at home"),
    "disaster": _("A disaster or an accident"),
    "business_failure": _("My business is failing"),
    "fraud": _("I was deceived"),
    "disability": _("A disability, or I live on basic support"),
    "over_indebted": _("Too many debts at once"),
    "other": _("Something else, or I would rather not say"),
}

_INCOMES = {kind.value: words for kind, words in INCOME_WORDS.items()}
_OUTGOINGS = {category.value: words for category, words in CATEGORY_WORDS.items()}

#: Six groups, so that a long list of boxes reads like a day.
_GROUPS: tuple[tuple[Promise, tuple[OutgoingCategory, ...]], ...] = (
    (_("Living"), (OutgoingCategory.HOUSING, OutgoingCategory.UTILITIES)),
    (_("Eating"), (OutgoingCategory.FOOD,)),
    (_("Getting about, phone"), (OutgoingCategory.TRANSPORT, OutgoingCategory.COMMUNICATION)),
    (_("Health"), (OutgoingCategory.MEDICAL, OutgoingCategory.INSURANCE)),
    (
        _("Family"),
        (
            OutgoingCategory.CHILDCARE,
            OutgoingCategory.EDUCATION,
            OutgoingCategory.FAMILY_SUPPORT,
        ),
    ),
    (_("All else that is needed"), (OutgoingCategory.OTHER,)),
)

WISHES: Mapping[str, tuple[Promise, Promise]] = {
    "pay-less": (_("Pay less each month"), _("Over a longer time")),
    "pause": (_("Pause for a few months first"), _("When you know that things get better")),
    "longer": (_("More time"), _("The same debt, later end")),
    "move-date": (_("Another day of the month"), _("For example after pay day")),
    "settle": (_("Pay it all off at once"), _("When you can raise the money")),
    "advice": (_("I do not know, please advise me"), _("We look for what fits your figures")),
}

SECTIONS: Mapping[str, Promise] = {
    "cause": _("What happened"),
    "contact": _("Anything we should know"),
    "income": _("What comes in"),
    "outgoings": _("What goes out"),
    "wish": _("What would help"),
    "evidence": _("Documents"),
    "check": _("Check and send"),
}

#: What stands above the questions of a section.
HEADINGS: Mapping[str, Promise] = {**SECTIONS, "consent": _("Before you begin: your consent")}

#: Where a case stands, in the words of the person waiting: headline, what it means, whose turn.
STATES: Mapping[str, tuple[Promise, Promise, Promise]] = {
    "submitted": (
        _("We have received it"),
        _("A case agent reads it next. You need not do anything now."),
        _("Ours"),
    ),
    "assessing": (
        _("A case agent is looking at it"),
        _("We check your figures and documents, and work out offers that you can carry."),
        _("Ours"),
    ),
    "awaiting-approval": (
        _("Your offers are being approved"),
        _("A second person has to agree. That is our job; you need not do anything now."),
        _("Ours"),
    ),
    "offered": (
        _("Your offers are ready"),
        _("Look at them in peace. You may choose one, or say that none fits."),
        _("Yours"),
    ),
    "awaiting-signature": (
        _("Your agreement is ready to read"),
        _("It only counts once you have signed. Until then your present contract stays."),
        _("Yours"),
    ),
    "active": (
        _("Your new plan is running"),
        _("It is signed by both sides, and the new dates and amounts apply."),
        _("Yours: the next payment"),
    ),
    "settled": (
        _("You have done it"),
        _("This debt is paid off. Nothing more is owed."),
        _("Nobody's"),
    ),
    "ended": (
        _("The agreement has ended"),
        _("What you owe is on the loan's page. You can ask for help again at any time."),
        _("Yours, if you like"),
    ),
    "declined": (
        _("We could not make an offer this time"),
        _("You may ask for another person to look at it, and you can call us about other ways."),
        _("Yours, if you like"),
    ),
    "withdrawn": (
        _("You withdrew this request"),
        _("Nothing has changed in your contract. You can ask again at any time."),
        _("Nobody's"),
    ),
    "expired": (
        _("The offers have closed"),
        _("What you told us still counts. Ask us and we work the figures out again."),
        _("Yours, if you like"),
    ),
}

#: The same for a request that waits for papers: nothing goes on until they are here.
WAITING_FOR_PAPERS: tuple[Promise, Promise, Promise] = (
    _("We need one more thing from you"),
    _("A paper is missing or could not be read. Everything else you sent stays valid."),
    _("Yours"),
)

#: The same states as steps of the way, shorter.
STEPS: Mapping[str, Promise] = {
    "submitted": _("Sent"),
    "assessing": _("A case agent looks at it"),
    "awaiting-approval": _("A second person agrees"),
    "offered": _("Offers are ready"),
    "awaiting-signature": _("Reading and signing"),
    "active": _("New plan"),
    "ended": _("Agreement ended"),
    "settled": _("Paid off"),
    "declined": _("No offer this time"),
    "withdrawn": _("Withdrawn"),
    "expired": _("Offers closed"),
}


def _choices(words: Mapping[str, Words]) -> tuple[Choice, ...]:
    return tuple(Choice(code, spoken(each)) for code, each in words.items())


def outlook_choices() -> tuple[Choice, ...]:
    """Return whether it will pass."""
    return _choices(OUTLOOKS)


def need_choices() -> tuple[Choice, ...]:
    """Return what may make things harder."""
    return _choices(NEEDS)


def channel_choices() -> tuple[Choice, ...]:
    """Return the ways to be reached."""
    return _choices(CHANNELS)


def hour_choices() -> tuple[Choice, ...]:
    """Return the times of day to be reached."""
    return _choices(HOURS)


def frequency_choices(*, is_income: bool) -> tuple[Choice, ...]:
    """Return how often money comes or goes, the usual one first."""
    usual = PayFrequency.MONTHLY
    others = [PayFrequency.WEEKLY, PayFrequency.FORTNIGHTLY] if is_income else []
    others += [PayFrequency.QUARTERLY, PayFrequency.YEARLY]
    return tuple(Choice(one.value, spoken(FREQUENCY_WORDS[one])) for one in (usual, *others))


def spending_groups() -> tuple[tuple[str, tuple[OutgoingCategory, ...]], ...]:
    """Return the groups of spending with their headings, in the order of the page."""
    return tuple((str(heading), members) for heading, members in _GROUPS)


def known_as(words: Mapping[str, Words], code: str) -> str:
    """Return a code of `words` in the reader's language, an unknown one as it is."""
    return spoken(words[code]) if code in words else code


def cause_choices() -> tuple[Choice, ...]:
    """Return the causes in the order of the page."""
    return tuple(Choice(code, str(words)) for code, words in CAUSES.items())


def income_choices() -> tuple[Choice, ...]:
    """Return the kinds of income in the order of the page."""
    return tuple(Choice(kind.value, spoken(words)) for kind, words in INCOME_WORDS.items())


def wish_choices() -> tuple[Choice, ...]:
    """Return what a borrower may ask for, each with a line of help."""
    return tuple(Choice(code, str(words), str(hint)) for code, (words, hint) in WISHES.items())


def cause_name(code: str) -> str:
    """Return the name of a cause; one the policy book added since is shown by its code."""
    return str(CAUSES.get(code, code))


def wish_name(code: str) -> str:
    """Return the name of a wish; one without a name here is shown by its code."""
    return str(WISHES[code][0]) if code in WISHES else code


def income_name(code: str) -> str:
    """Return the name of a kind of income; an unknown one is shown by its code."""
    return spoken(_INCOMES[code]) if code in _INCOMES else code


def is_income_kind(name: str) -> bool:
    """Return whether a source was not named, so that it bears the name of its kind."""
    return any(name in (words.zh, words.en) for words in INCOME_WORDS.values())


def outgoing_name(code: str) -> str:
    """Return the name of a category of spending; an unknown one is shown by its code."""
    return spoken(_OUTGOINGS[code]) if code in _OUTGOINGS else code


def relation_choices() -> tuple[Choice, ...]:
    """Return who a helper may be to the borrower."""
    return (
        Choice("", gettext("Please choose")),
        *(Choice(one.value, relation_words(one)) for one in Mandate.Relation),
    )


def relation_words(relation: str) -> str:
    """Return who a helper is to the borrower."""
    return {
        Mandate.Relation.FAMILY: gettext("family"),
        Mandate.Relation.FRIEND: gettext("a friend or colleague"),
        Mandate.Relation.GUARDIAN: gettext("legal guardian"),
        Mandate.Relation.SOCIAL_WORKER: gettext("a social worker or legal aid"),
        Mandate.Relation.LAWYER: gettext("a lawyer"),
        Mandate.Relation.OTHER: gettext("somebody else"),
    }.get(Mandate.Relation(relation), relation)


def scope_choices() -> tuple[Choice, ...]:
    """Return what a helper may be allowed to do, each beginning as a label does."""
    said = ((one.value, scope_words(one.value)) for one in Scope)
    return tuple(Choice(value, words[:1].upper() + words[1:]) for value, words in said)


def scope_words(scope: str) -> str:
    """Return one thing that a helper may do."""
    return {
        Scope.READ: gettext("see my loans, my request and the answers"),
        Scope.UPLOAD: gettext("add documents"),
        Scope.ANSWER: gettext("fill in answers and write messages"),
        Scope.NEGOTIATE: gettext("choose among offers and propose terms"),
    }.get(Scope(scope), scope)
