"""What a household can pay, month by month, and what to ask about its figures."""

from tideover.affordability.capacity import (
    MonthCapacity,
    capacity_by_month,
    income_in_month,
    months_ahead,
)
from tideover.affordability.frequency import (
    FREQUENCY_WORDS,
    PayFrequency,
    a_month,
    workings,
)
from tideover.affordability.household import (
    CATEGORY_WORDS,
    INCOME_WORDS,
    Household,
    Income,
    IncomeEndsBeforeItStarts,
    IncomeKind,
    NobodyAtHome,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
)
from tideover.affordability.records import (
    capacity_from_record,
    capacity_to_record,
    household_from_record,
    household_to_record,
)
from tideover.affordability.remarks import Remark, allowance, remarks
from tideover.affordability.shares import fair_shares

__all__ = [
    "CATEGORY_WORDS",
    "FREQUENCY_WORDS",
    "INCOME_WORDS",
    "Household",
    "Income",
    "IncomeEndsBeforeItStarts",
    "IncomeKind",
    "MonthCapacity",
    "NobodyAtHome",
    "OtherDebt",
    "Outgoing",
    "OutgoingCategory",
    "PayFrequency",
    "Remark",
    "a_month",
    "allowance",
    "capacity_by_month",
    "capacity_from_record",
    "capacity_to_record",
    "fair_shares",
    "household_from_record",
    "household_to_record",
    "income_in_month",
    "months_ahead",
    "remarks",
    "workings",
]
