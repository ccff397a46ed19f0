"""How to reach the real lender, from the policy book and from nowhere else."""

from dataclasses import dataclass
from datetime import date

from tideover.policy import Parameters, Words


@dataclass(frozen=True, slots=True)
class OfficialChannels:
    """The ways that are really the lender's, and the day somebody last checked them."""

    lender: Words
    hotline: str
    hours: str
    account: str
    """The official WeChat account."""
    has_app: bool
    verified_on: date
    complaints: str
    """The supervisor's complaints line."""


#: What no agent of this lender will ever ask for; said on every page that speaks of money.
NEVER_ASKED = (
    Words("短信验证码或密码", "a one-time code or a password"),
    Words("共享屏幕或远程控制", "a view of your screen or control of your phone"),
    Words("转账到个人账户或“安全账户”", "a transfer to a private or “safe” account"),
    Words("任何协商手续费、保证金", "a fee or a deposit for an agreement"),
)


def official_channels(parameters: Parameters) -> OfficialChannels:
    """Return the official channels as they hold on the day of `parameters`."""
    return OfficialChannels(
        lender=Words(parameters.text("lender.name_zh"), parameters.text("lender.name_en")),
        hotline=parameters.text("official.hotline"),
        hours=parameters.text("official.hours"),
        account=parameters.text("official.account"),
        has_app=parameters["official.has_app"].value is True,
        verified_on=date.fromisoformat(parameters.text("official.verified_on")),
        complaints=parameters.text("helpline.complaints"),
    )
