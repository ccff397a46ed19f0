"""Plans for all loans of a household together, with what they rest on and what else there is."""

from tideover.offers.joint.answer import (
    Alternative,
    DebtStanding,
    FrontierPoint,
    JointAnswer,
    JointOffer,
    ShorterPlan,
    StressCase,
)
from tideover.offers.joint.around import Around, around
from tideover.offers.joint.finding import find_plans
from tideover.offers.joint.plans import Draft, JointPlan, Part
from tideover.offers.joint.request import JointRequest, JointWish, PlanDebt
from tideover.offers.joint.sharing import CreditorShare

__all__ = [
    "Alternative",
    "Around",
    "CreditorShare",
    "DebtStanding",
    "Draft",
    "FrontierPoint",
    "JointAnswer",
    "JointOffer",
    "JointPlan",
    "JointRequest",
    "JointWish",
    "Part",
    "PlanDebt",
    "ShorterPlan",
    "StressCase",
    "around",
    "find_plans",
]
