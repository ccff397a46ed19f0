"""Keeping people safe: masking, the real ways to reach the lender, and telling scams.

Pure: text in, findings out. Nothing here looks anybody up.
"""

from tideover.safety.channels import NEVER_ASKED, OfficialChannels, official_channels
from tideover.safety.masking import mask_card, mask_id, mask_name, mask_phone
from tideover.safety.scam import ScamFinding, ScamOutcome, ScamReport, scan

__all__ = [
    "NEVER_ASKED",
    "OfficialChannels",
    "ScamFinding",
    "ScamOutcome",
    "ScamReport",
    "mask_card",
    "mask_id",
    "mask_name",
    "mask_phone",
    "official_channels",
    "scan",
]
