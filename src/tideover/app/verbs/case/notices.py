"""What the lender writes to a borrower's phone, in both languages.

A text message never carries an amount, a reason, or the name of an illness: it may be read over
somebody's shoulder. Every one has a key of its own, so it is written once.
"""

from datetime import date

from tideover.app.db.models import Case
from tideover.app.messages import post
from tideover.app.verbs.case.rows import parameters_of
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words


def send(case: Case, *, kind: str, words: Words, key: str, chase_on: date | None = None) -> bool:
    """Write a message about a case into the outbox, under the lender's name; whether it was new.

    `chase_on` is the day of a message that asks for money that is late, one a day for a borrower.
    """
    parameters = parameters_of(case)
    return post(
        case.borrower,
        kind=kind,
        text_zh=f"【{parameters.text('lender.name_zh')}】{words.zh}",
        text_en=f"{parameters.text('lender.name_en')}: {words.en}",
        key=f"{case.stream}:{kind}:{key}",
        chase_on=chase_on,
    )


def received(case: Case, *, answer_by: date) -> None:
    """The application has arrived, and by when it is answered."""
    words = Words(
        f"你的申请 {case.number} 已收到，我们会在{format_date_zh(answer_by)}前答复。"
        "申请不收费；我们不会索要验证码，也不会让你转账到个人账户。",
        f"your application {case.number} has arrived; we will answer by "
        f"{format_date_en(answer_by)}. It costs nothing. We never ask for codes, or for a "
        "transfer to a private account.",
    )
    send(case, kind="received", words=words, key="1")


def more_needed(case: Case, *, ask_by: date, key: str) -> None:
    """A file is needed again or in addition."""
    words = Words(
        f"申请 {case.number} 还需要你补充材料，请在{format_date_zh(ask_by)}前登录上传。"
        "在此之前不会因为缺材料而拒绝你。",
        f"application {case.number} needs another file from you; please sign in and add it by "
        f"{format_date_en(ask_by)}. Until then nothing is refused for want of it.",
    )
    send(case, kind="more-needed", words=words, key=key)


def offers_ready(case: Case, *, last_day: date, key: str) -> None:
    """There are offers to look at, and until when."""
    words = Words(
        f"申请 {case.number} 的方案已经准备好，请登录查看，{format_date_zh(last_day)}前有效。",
        f"the offers for application {case.number} are ready; sign in to compare them. They are "
        f"open until {format_date_en(last_day)}.",
    )
    send(case, kind="offers-ready", words=words, key=key)


def declined(case: Case, *, key: str) -> None:
    """The lender decided; the reason is only on the page."""
    words = Words(
        f"申请 {case.number} 已有结果，请登录查看原因和下一步。你可以要求另一位同事复核。",
        f"application {case.number} has been decided; sign in for the reason and what you can do "
        "next. You can ask another person to review it.",
    )
    send(case, kind="declined", words=words, key=key)


def talk_received(case: Case, *, answer_by: date, key: str) -> None:
    """The wish to talk has arrived, and by when somebody answers."""
    words = Words(
        f"你关于 {case.number} 的留言已收到，专员会在{format_date_zh(answer_by)}前联系你。",
        f"your message about {case.number} has arrived; somebody will answer by "
        f"{format_date_en(answer_by)}.",
    )
    send(case, kind="talk-received", words=words, key=key)


def answered(case: Case, *, key: str) -> None:
    """An agent has answered in the case."""
    words = Words(
        f"专员已在 {case.number} 中答复你，请登录查看。",
        f"somebody has answered you in {case.number}; sign in to read it.",
    )
    send(case, kind="answered", words=words, key=key)


def withdrawn(case: Case) -> None:
    """The application was withdrawn by the borrower."""
    words = Words(
        f"你已撤回申请 {case.number}。需要时可以随时重新申请。",
        f"you have withdrawn application {case.number}. You can apply again whenever you need to.",
    )
    send(case, kind="withdrawn", words=words, key="1")


def signing_code(case: Case, *, code: str, minutes: int, key: str) -> None:
    """The one-time code that signs one document."""
    words = Words(
        f"签署协议的验证码 {code}，{minutes} 分钟内有效，只用于 {case.number}。"
        "任何人向你索要都不要给，包括自称工作人员的人。",
        f"{code} signs the agreement of {case.number}; it is valid for {minutes} minutes. "
        "Give it to nobody, not even to somebody who says they work for us.",
    )
    send(case, kind="signing-code", words=words, key=key)


def settled(case: Case) -> None:
    """The loan is paid off and the case closed."""
    words = Words(
        f"{case.number} 对应的贷款已还清，你完成了。结清情况可登录查看。",
        f"the loan of {case.number} is paid off: you have done it. Sign in to see it.",
    )
    send(case, kind="settled", words=words, key="1")


def signed(case: Case, *, first_due: date, key: str) -> None:
    """The agreement is signed and the new plan has begun."""
    words = Words(
        f"你的还款协议 {case.number} 已签署生效，首个还款日是{format_date_zh(first_due)}。"
        "签署件可登录下载。",
        f"your agreement {case.number} is signed and in force; the first due date is "
        f"{format_date_en(first_due)}. Sign in to download it.",
    )
    send(case, kind="signed", words=words, key=key)
