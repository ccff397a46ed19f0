"""WeChat's official account: its signatures, its envelope, its XML, and the calls to its platform.

Nothing here knows a case or a borrower: requests in, messages out. The format is the platform's
public one (message push in plain and in secure mode, customer messages, media).
"""

from tideover.app.wechat.account import OfficialAccount, account_from_environment
from tideover.app.wechat.answering import passive_reply
from tideover.app.wechat.envelope import Envelope, EnvelopeNotOurs
from tideover.app.wechat.platform import (
    Media,
    OutOfWindow,
    Platform,
    PlatformRefused,
    Unreachable,
)
from tideover.app.wechat.reading import Incoming, NotReadable, fields_of, incoming
from tideover.app.wechat.signature import is_fresh, is_signed, signature

__all__ = [
    "Envelope",
    "EnvelopeNotOurs",
    "Incoming",
    "Media",
    "NotReadable",
    "OfficialAccount",
    "OutOfWindow",
    "Platform",
    "PlatformRefused",
    "Unreachable",
    "account_from_environment",
    "fields_of",
    "incoming",
    "is_fresh",
    "is_signed",
    "passive_reply",
    "signature",
]
