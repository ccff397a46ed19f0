"""What a follower of the official account wrote, sent or tapped, and what is answered at once.

The platform waits five seconds: words are placed at once, a picture is only noted and is fetched
by a job. What is answered names no amount, no reason and no illness.
"""

from collections.abc import Callable
from datetime import timedelta

from tideover.app import clock
from tideover.app.db.models import Arrival, Borrower, Case, Channel, ContactAddress
from tideover.app.verbs.arriving.addresses import asked_by
from tideover.app.verbs.arriving.placing import place, taken, the_case
from tideover.app.verbs.case.screening import judged
from tideover.app.wechat import Incoming
from tideover.dates import format_date_en, format_date_zh
from tideover.policy import Words, load_book
from tideover.safety import (
    Direction,
    OfficialChannels,
    ScamVerdict,
    distress_words,
    official_channels,
)

#: For how long after a follower did something the account may write freely.
WINDOW = timedelta(hours=48)
_TEXT, _PICTURE = frozenset({"text", "voice"}), frozenset({"image"})
State = Arrival.State

Link = Callable[[ContactAddress | None], str]
"""The address of the page that connects a follower; of the borrower's loans for None."""


def take(message: Incoming, *, link: Link) -> str:
    """Take one message or event, once, and return what is answered; nothing for an empty text."""
    follower = asked_by(Channel.WECHAT, message.sender)
    borrower = follower.borrower
    if message.kind == "event:unsubscribe":
        _leave(follower)
        _note(message, borrower)
        return ""
    ContactAddress.objects.filter(pk=follower.pk).update(
        window_until=clock.now() + WINDOW, failure=None
    )
    if message.kind in _TEXT and message.text.strip():
        words = _written(message, follower, link=link)
    elif message.kind in _PICTURE:
        words = _picture(message, follower, link=link)
    else:
        _note(message, borrower)
        words = _event(message, follower, link=link)
    return words.in_language("en" if borrower and borrower.language == "en" else "zh")


def _written(message: Incoming, follower: ContactAddress, *, link: Link) -> Words:
    state = State.WAITING if follower.borrower else State.UNKNOWN
    arrival, _is_new = taken(
        Channel.WECHAT, reference=message.reference, kind=message.kind, sender=message.sender,
        borrower=follower.borrower, state=state, text=message.text,
    )  # fmt: skip
    if follower.borrower and arrival.state != State.PLACED:
        arrival = place(arrival)
    if distress_words(message.text):
        return _help_first()
    report = judged(message.text, direction=Direction.INBOUND)
    answer = _where_it_is(arrival, follower, link=link)
    if report.verdict is ScamVerdict.SCAM:
        return Words(f"{report.advice.zh}\n{answer.zh}", f"{report.advice.en}\n{answer.en}")
    return answer


def _help_first() -> Words:
    """Before anything about money: somebody to talk to, now."""
    line = load_book().on(clock.today(), product="weilidai").text("helpline.distress")
    return Words(
        f"钱的事可以等。现在就可以找人说说：心理援助热线 {line}，匿名、免费；"
        "紧急时请拨打 120 或 110。"
        "我们的同事会联系你，只关心你的情况，不谈欠款。",
        f"Money can wait. You can talk to somebody now: the help line {line}, free and anonymous; "
        "in an emergency call 120 or 110. A colleague calls you, about you and not the debt.",
    )


def _picture(message: Incoming, follower: ContactAddress, *, link: Link) -> Words:
    state = State.MEDIA if message.media_id else State.IGNORED
    arrival, _is_new = taken(
        Channel.WECHAT, reference=message.reference, kind=message.kind, sender=message.sender,
        borrower=follower.borrower, state=state, media_id=message.media_id,
    )  # fmt: skip
    if follower.borrower is None:
        return _connect(follower, link=link)
    case = the_case(follower.borrower)
    if case is None:
        return _where_it_is(arrival, follower, link=link)
    return Words(
        f"照片收到了，正在放进申请 {case.number} 的材料。看不清的话我们会告诉你。",
        f"We have your photo and put it with the documents of {case.number}. If it cannot be read "
        "we tell you.",
    )


def _where_it_is(arrival: Arrival, follower: ContactAddress, *, link: Link) -> Words:
    if follower.borrower is None:
        return _connect(follower, link=link)
    case = arrival.case
    if case is None:
        return Words(
            f"收到了。你还没有提交申请，请登录填完：{link(None)}。提交后，你写的内容会自动放进申请里。",
            f"We have it. Your request is not handed in yet; sign in and finish it: {link(None)}. "
            "What you wrote goes into it then.",
        )
    return Words(
        f"收到了，已放进申请 {case.number} 的对话。{_by(case).zh}",
        f"We have it: it is in the messages of {case.number}. {_by(case).en}",
    )


def _by(case: Case) -> Words:
    if case.answer_by is None or not case.is_open:
        return Words("专员会回复你。", "A person answers you.")
    return Words(
        f"专员会在{format_date_zh(case.answer_by)}前回复你。",
        f"A person answers by {format_date_en(case.answer_by)}.",
    )


def _connect(follower: ContactAddress, *, link: Link) -> Words:
    address = link(follower)
    return Words(
        f"我们还不知道你是哪位。请打开下面的链接登录，确认后你写的内容会放进你的申请：{address} "
        "（15 分钟内有效）。请不要在这里发验证码、密码或卡号，我们从不索要。",
        f"We do not know yet who you are. Open this, sign in and confirm; what you wrote then goes "
        f"into your request: {address} (for 15 minutes). Never send a code, a password or a card "
        "number here: we never ask for one.",
    )


def _event(message: Incoming, follower: ContactAddress, *, link: Link) -> Words:
    channels = _channels()
    if message.kind == "event:click" and message.event_key == "OFFICIAL":
        return Words(
            f"官方热线 {channels.hotline}（{channels.hours}）。协商不收费；"
            "我们从不索要验证码，也不会让你转账到个人账户。",
            f"The official hotline is {channels.hotline} ({channels.hours}). Asking for help is "
            "free; we never ask for codes or for a transfer to a private account.",
        )
    if follower.borrower is None:
        return _connect(follower, link=link)
    if message.kind == "event:click" and message.event_key == "PROGRESS":
        return _progress(follower.borrower, link=link)
    if message.kind.startswith("event:") and message.kind not in {
        "event:subscribe",
        "event:click",
        "event:scan",
    }:
        return Words("", "")
    return Words(
        "你可以直接在这里打字，或发材料照片，都会放进你的申请。语音和视频我们收不到；"
        f"想通话请拨打官方热线 {channels.hotline}。",
        "Write here or send photos of documents: all of it goes into your request. We cannot take "
        f"voice or video; to talk, call the official hotline {channels.hotline}.",
    )


def _progress(borrower: Borrower, *, link: Link) -> Words:
    case = the_case(borrower)
    if case is None:
        return Words(
            f"你还没有提交申请，可以在这里开始：{link(None)}",
            f"You have not handed in a request; begin here: {link(None)}",
        )
    return Words(
        f"申请 {case.number}：{_by(case).zh}详情请登录查看：{link(None)}",
        f"Request {case.number}: {_by(case).en} Sign in for all of it: {link(None)}",
    )


def _leave(follower: ContactAddress) -> None:
    ContactAddress.objects.filter(pk=follower.pk).update(
        window_until=None, failure="does not follow the account any more"
    )


def _note(message: Incoming, borrower: Borrower | None) -> None:
    taken(
        Channel.WECHAT, reference=message.reference, kind=message.kind, sender=message.sender,
        borrower=borrower, state=State.IGNORED, text=message.event_key,
    )  # fmt: skip


def _channels() -> OfficialChannels:
    return official_channels(load_book().on(clock.today(), product="weilidai"))
