"""What the lender writes to a borrower's phone, in both languages.

A text message never carries an amount, a reason, or the name of an illness: it may be read over
somebody's shoulder. Every one has a key of its own, so it is written once.
"""

from datetime import date

from tideover.app.db.models import Case, Channel
from tideover.app.messages import post, post_to
from tideover.app.verbs.case.rows import parameters_of
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words


def send(case: Case, *, kind: str, words: Words, key: str, chase_on: date | None = None) -> bool:
    """Write a message about a case into the outbox, under the lender's name; whether it was new.

    `chase_on` is the day of a message that asks for money that is late, one a day for a borrower.
    """
    signed = _in_our_name(case, words)
    return post(
        case.borrower,
        kind=kind,
        text_zh=signed.zh,
        text_en=signed.en,
        key=f"{case.stream}:{kind}:{key}",
        chase_on=chase_on,
    )


def show(case: Case, *, kind: str, words: Words, key: str) -> bool:
    """Write a message that only stands in the portal: good to know, and worth no ringing phone."""
    return post_to(
        case.borrower,
        channel=Channel.PORTAL,
        to="",
        kind=kind,
        words=_in_our_name(case, words),
        key=f"{case.stream}:{kind}:{key}",
    )


def _in_our_name(case: Case, words: Words) -> Words:
    parameters = parameters_of(case)
    return Words(
        f"【{parameters.text('lender.name_zh')}】{words.zh}",
        f"{parameters.text('lender.name_en')}: {words.en}",
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
    send(case, kind="offers-ready", words=offers_ready_words(case.number, last_day), key=key)


def offers_ready_words(number: str, last_day: date) -> Words:
    """What a phone is told when there are offers."""
    return Words(
        f"申请 {number} 的方案已经准备好，请登录查看，{format_date_zh(last_day)}前有效。",
        f"the offers for application {number} are ready; sign in to compare them. They are "
        f"open until {format_date_en(last_day)}.",
    )


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


def with_person(case: Case, *, key: str) -> None:
    """Somebody has taken the case on; shown in the portal only."""
    words = Words(
        f"申请 {case.number} 已有专员在处理。",
        f"a person is now working on application {case.number}.",
    )
    show(case, kind="with-person", words=words, key=key)


def document_accepted(case: Case, *, key: str) -> None:
    """A file can be read and is enough; shown in the portal only."""
    words = Words(
        f"申请 {case.number} 的一份材料已核对，没有问题。",
        f"a document of application {case.number} has been checked and is fine.",
    )
    show(case, kind="document-accepted", words=words, key=key)


def payment_received(case: Case, *, is_part: bool, key: str) -> None:
    """A payment has arrived; whether something of what is due is still open. Portal only."""
    words = Words(
        f"方案 {case.number} 收到一笔还款，已入账。"
        + ("当期还差一部分，登录可以看到还差多少。" if is_part else "当期已还清，谢谢你。"),
        f"a payment for plan {case.number} has arrived. "
        + ("A part of what is due is still open; sign in to see it." if is_part else "Thank you."),
    )
    show(case, kind="payment-received", words=words, key=key)


def payment_undone(case: Case, *, key: str) -> None:
    """A payment was entered by mistake and taken back; shown in the portal only."""
    words = Words(
        f"方案 {case.number} 此前显示的一笔还款登记有误，已更正。"
        "如果这笔钱是你付的，请留言或拨打官方热线。",
        f"a payment shown for plan {case.number} was entered by mistake and has been taken back. "
        "If you did pay it, write to us or call the official hotline.",
    )
    show(case, kind="payment-undone", words=words, key=key)


def not_sent(case: Case, *, key: str) -> bool:
    """An application was begun and not handed in; said twice at the most."""
    words = Words(
        "你开始填的申请还没有提交，填过的内容都在。登录可以接着填；不需要了，也可以撤回。",
        "your application is not handed in yet and everything you wrote is kept. Sign in to go on; "
        "if you do not need it any more, you can withdraw it.",
    )
    return send(case, kind="not-sent", words=words, key=key)


def still_needed(case: Case, *, ask_by: date, key: str) -> bool:
    """What was asked for has not come, and by when it would help."""
    words = Words(
        f"申请 {case.number} 还差一份材料，{format_date_zh(ask_by)}前登录上传就来得及。"
        "没有这份材料，也请告诉我们。",
        f"application {case.number} still lacks a document; it is in time until "
        f"{format_date_en(ask_by)}. If you do not have it, tell us.",
    )
    return send(case, kind="still-needed", words=words, key=key)


def offers_end(case: Case, *, last_day: date, key: str) -> bool:
    """The offers on the table end soon."""
    words = Words(
        f"申请 {case.number} 的方案到{format_date_zh(last_day)}为止有效。"
        "还没想好可以登录留言，我们可以重新算。",
        f"the offers for application {case.number} are open until {format_date_en(last_day)}. If "
        "you need more time, sign in and write: we can work them out again.",
    )
    return send(case, kind="offers-end", words=words, key=key)


def may_be_late(case: Case, *, answer_by: date, hotline: str, key: str) -> bool:
    """The answer that was promised may be late; said before the day, since it is our fault."""
    words = Words(
        f"申请 {case.number} 我们还在处理，原定{format_date_zh(answer_by)}前答复，可能会晚一点。"
        f"这是我们慢了，对你的申请没有影响。想问可以拨打官方热线 {hotline}。",
        f"we are still working on application {case.number}; the answer promised by "
        f"{format_date_en(answer_by)} may be late. That is on us and does you no harm. To ask, "
        f"call the official hotline {hotline}.",
    )
    return send(case, kind="may-be-late", words=words, key=key)


def plan_starts(case: Case, *, key: str) -> bool:
    """The plan begins today."""
    words = Words(
        f"方案 {case.number} 从今天开始执行，还款日和每期安排可登录查看。",
        f"plan {case.number} begins today; sign in to see the due dates.",
    )
    return send(case, kind="plan-starts", words=words, key=key)
