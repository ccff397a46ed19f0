"""Keeping people safe: masking, the real ways to reach the lender, and telling scams.

Pure: text in, findings out. Nothing here looks anybody up.
"""

from tideover.safety.channels import NEVER_ASKED, OfficialChannels, official_channels
from tideover.safety.distress import distress_words
from tideover.safety.masking import mask_card, mask_id, mask_mailbox, mask_name, mask_phone
from tideover.safety.scam import (
    Direction,
    LabelledMessage,
    Measured,
    ScamFinding,
    ScamReport,
    ScamVerdict,
    measure,
    scan,
)

__all__ = [
    "NEVER_ASKED",
    "Direction",
    "LabelledMessage",
    "Measured",
    "OfficialChannels",
    "ScamFinding",
    "ScamReport",
    "ScamVerdict",
    "distress_words",
    "mask_card",
    "mask_id",
    "mask_mailbox",
    "mask_name",
    "mask_phone",
    "measure",
    "official_channels",
    "scan",
]
