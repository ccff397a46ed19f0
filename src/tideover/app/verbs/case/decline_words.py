"""What a borrower reads when an application is declined: the reason and the ways that stay open."""

from tideover.app.verbs.case.decline_reasons import DeclineReason
from tideover.policy import Parameters, Words


def decline_words(parameters: Parameters, *, reason: DeclineReason, note: str) -> Words:
    """The reason, what would change it, the agent's own words, the review, and free advice."""
    days = parameters.integer("review.days")
    advice_zh = parameters.text("helpline.free_advice_zh")
    advice_en = parameters.text("helpline.free_advice_en")
    own_zh = f"专员补充：{note}\n" if note else ""
    own_en = f"The agent adds: {note}\n" if note else ""
    return Words(
        f"这次我们没能通过你的申请，原因是：{reason.label.zh}。\n"
        f"{own_zh}"
        f"怎样会不同：{reason.would_change.zh}。\n"
        f"如果你不同意，{days} 天内可以要求另一位同事复核，不收费。\n"
        f"免费咨询：{advice_zh}。",
        f"We could not agree to your application this time, because {reason.label.en}.\n"
        f"{own_en}"
        f"What would change it: {reason.would_change.en}.\n"
        f"If you do not agree, you can ask within {days} days for another person to review it, "
        f"at no cost.\n"
        f"Free advice: {advice_en}.",
    )
