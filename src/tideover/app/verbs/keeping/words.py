"""What the lender writes about a plan, in both languages.

A text message names no amount, no reason and no illness: it may be read over somebody's shoulder.
What is late is asked after in the voice of somebody who would rather hear than be paid.
"""

from datetime import date

from tideover.agreements.keeping import NoticeKind
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words


def notice_words(kind: NoticeKind, *, number: str, due: date, until: date | None = None) -> Words:
    """The text of a notice: `due` is the instalment's day, `until` the last day to put it right."""
    zh, en = format_date_zh(due), format_date_en(due)
    match kind:
        case NoticeKind.DUE_SOON:
            return Words(
                f"方案 {number} 的下一期在{zh}到期，详情请登录查看。"
                "预计还不上也请提前告诉我们，不收费，也不算违约。",
                f"the next instalment of plan {number} is due on {en}; sign in to see it. If it "
                "will be hard, tell us beforehand: that costs nothing and breaks nothing.",
            )
        case NoticeKind.DUE_TODAY:
            return Words(
                f"方案 {number} 有一期今天到期。已经还过请忽略。",
                f"an instalment of plan {number} is due today. If you have paid, ignore this.",
            )
        case NoticeKind.MISSED:
            return Words(
                f"我们还没有收到方案 {number} {zh}的一期。可能只是晚到；"
                "如果有困难，请登录告诉我们，我们一起想办法。",
                f"the instalment of plan {number} due on {en} has not reached us. It may only be "
                "late; if it is hard, sign in and tell us, and we look for a way together.",
            )
        case NoticeKind.BREACHED:
            last = until or due
            return Words(
                f"方案 {number} 已有连续几期没有收到，"
                f"{format_date_zh(last)}前都可以补上或重新商量。请登录查看，或拨打官方热线。",
                f"several instalments of plan {number} in a row have not reached us. It can be "
                f"put right or talked over until {format_date_en(last)}; sign in, or call us.",
            )
        case NoticeKind.CURED:
            return Words(
                f"方案 {number} 已恢复正常，谢谢你。后面按原计划进行。",
                f"plan {number} is back on track, thank you. It goes on as agreed.",
            )
        case NoticeKind.RECEIVED | NoticeKind.PART_RECEIVED:
            return _receipt_words(kind, number=number, due=due)
        case NoticeKind.COMPLETED:
            return Words(
                f"方案 {number} 已全部完成，结清证明可登录下载。",
                f"plan {number} is complete; sign in to download the letter that says so.",
            )


def _receipt_words(kind: NoticeKind, *, number: str, due: date) -> Words:
    zh, en = format_date_zh(due), format_date_en(due)
    if kind is NoticeKind.RECEIVED:
        return Words(
            f"方案 {number} 的还款已收到，谢谢你。下一次还款日是{zh}，详情请登录查看。",
            f"your payment to plan {number} has arrived, thank you. The next one is due on {en}; "
            "sign in to see it.",
        )
    return Words(
        f"方案 {number} 收到了一部分还款，{zh}这一期还差一些，登录可看差多少。"
        "一时补不上也请告诉我们。",
        f"a part payment to plan {number} has arrived; something of the instalment due on {en} is "
        "still open, sign in to see how much. If it is hard, tell us.",
    )


def early_notice_words(number: str, answer_by: date) -> Words:
    """That the early word has arrived, and what it does not cost."""
    return Words(
        f"收到，谢谢你提前告诉我们。{format_date_zh(answer_by)}前会有专员和你商量方案 {number}，"
        "期间协议继续有效，不收费，也不算违约。",
        f"thank you for telling us early. Somebody will talk about plan {number} with you by "
        f"{format_date_en(answer_by)}; the agreement stays in force meanwhile, this costs nothing "
        "and breaks nothing.",
    )


def review_words(number: str, due: date) -> Words:
    """That the agreed day to look at things again is near."""
    return Words(
        f"方案 {number} 约定在{format_date_zh(due)}看看情况有没有变化。登录点一下就行："
        "差不多、好些了，还是更难了。不需要新材料，也不影响现在的方案。",
        f"on {format_date_en(due)} we look at plan {number} again, as agreed. Sign in and tap how "
        "things are: the same, better, or harder. No new papers are needed, and the plan stays.",
    )


def ended_words(number: str) -> Words:
    """That the agreement has ended, and where to turn."""
    return Words(
        f"方案 {number} 的协议已终止，欠款情况请登录查看。你仍可随时申请协商，也可以拨打官方热线。",
        f"the agreement of plan {number} has ended; sign in to see what is owed. You can still ask "
        "for help at any time, or call our hotline.",
    )
