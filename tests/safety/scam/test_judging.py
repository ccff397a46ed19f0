import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import Direction, ScamVerdict, scan
from tideover.safety.scam import Strength

HOTLINE = "95384"

SCAMS = [
    ("asks-for-code", "为办理延期，请将短信验证码发给专员。"),
    ("asks-for-code", "Please reply with the verification code you received."),
    ("asks-for-code", "不要担心，把验证码发给我就行"),
    ("asks-for-code", "Don't worry, send me the code"),
    ("asks-for-password", "Confirm your card PIN to continue"),
    ("private-transfer", "请把还款转账到个人账户 6222****"),
    ("private-transfer", "Transfer the balance to our secure account today"),
    ("screen-share", "请下载会议软件，和客服共享屏幕操作"),
    ("screen-share", "Install AnyDesk so we can help"),
    ("fee-up-front", "办理停息需先支付手续费 500 元"),
    ("fee-up-front", "没有问题，先交手续费"),
    ("fee-up-front", "Pay the processing fee first"),
    ("share-of-relief", "费用按减免金额的20%收取"),
    ("share-of-relief", "We keep 20% of whatever is written off"),
    ("credit-repair", "征信洗白，七天消除逾期"),
    ("credit-repair", "We erase late payments from your credit report"),
    ("debt-agency", "专业团队代办停息挂账，包成功"),
    ("verify-by-transfer", "需要转账 1 元验证还款能力"),
    ("fake-papers", "代开病历、贫困证明，包过"),
    ("hand-over-sim", "把手机卡寄给我们，由法务替您沟通"),
    ("threat", "今天不还就爆通讯录"),
    ("threat", "You will be arrested today unless you pay"),
    ("relief-in-private", "想减免请加微信 abc12345"),
    ("isolation", "全程保密，柜员问起就说装修"),
]
HONEST = [
    "您好，您的协商方案已准备好，请登录官方渠道查看。",
    "我们不会向您索要验证码，也不会让您转账到个人账户。",
    "请勿将验证码告诉任何人。协商不收取任何手续费。",
    "12月5日是还款日，金额请以官方渠道显示为准。",
    "We never ask for a code or a password. Call 95384 if in doubt.",
    "办理本业务无需支付任何手续费。",
    "【演示银行】验证码 482913，您正在登录，请勿告诉他人。",
    "您尾号 1234 的贷款将于 12 月 5 日扣款 ¥612.40，请确保账户余额充足。",
    "There is no processing fee.",
    "凡是要求转账到安全账户的，都是诈骗。",
    "Anyone who asks you to share your screen is a scammer.",
    "Do not send codes, transfer money to strangers, or share your screen.",
    "爸，视频会员的验证码发我一下",
    "妈，晚上回来吃饭吗？",
    "",
]


def judged(text, *, direction=Direction.INBOUND):
    return scan(text, hotline=HOTLINE, direction=direction)


class TestScan:
    @given(st.text(max_size=300), st.sampled_from(Direction))
    def test_answers_any_text_with_reasons_that_add_up(self, text, direction):
        report = judged(text, direction=direction)

        strength = sum(reason.strength for reason in report.reasons)
        assert (report.verdict is ScamVerdict.SCAM) == (strength >= Strength.DECISIVE)

    @given(st.sampled_from([text for _, text in SCAMS]), st.sampled_from(["您好。", "Thanks! "]))
    def test_is_not_calmed_by_a_kind_word_around_it(self, scam, kind):
        assert judged(kind + scam).verdict is ScamVerdict.SCAM
        assert judged(scam + "\n" + kind).verdict is ScamVerdict.SCAM

    @pytest.mark.parametrize(("code", "message"), SCAMS)
    def test_names_what_a_scam_asks_for(self, code, message):
        report = judged(message)

        assert code in {reason.code for reason in report.reasons}
        assert report.verdict is ScamVerdict.SCAM

    @pytest.mark.parametrize("message", HONEST)
    def test_leaves_honest_messages_alone(self, message):
        assert judged(message).verdict is ScamVerdict.OK

    @pytest.mark.parametrize(
        "hidden",
        [
            "请将验 证 码发给专员",
            "请将验\u200b证\u200b码发给专员",
            "请将验.证.码发给专员",
            "ＰＬＥＡＳＥ ＳＥＮＤ ＭＥ ＴＨＥ ＣＯＤＥ",
        ],
    )
    def test_is_not_fooled_by_spaces_or_invisible_marks(self, hidden):
        assert judged(hidden).verdict is ScamVerdict.SCAM

    def test_sees_a_scam_beside_an_honest_sentence(self):
        message = "我们不会索要密码。为了核实，请把验证码发给我。"

        assert judged(message).verdict is ScamVerdict.SCAM

    def test_says_one_slight_sign_without_calling_it_a_scam(self):
        report = judged("请点击 https://example.com/abc 查看")

        assert report.verdict is ScamVerdict.OK
        assert [reason.code for reason in report.reasons] == ["link"]

    def test_reads_a_long_message_in_a_moment(self):
        begun = time.process_time()
        for endless in ("先" * 200_000, "1" * 200_000, "发验证码" * 50_000):
            judged(endless)

        assert time.process_time() - begun < 10


class TestOutbound:
    def test_stops_a_private_number_that_says_little_in_a_stranger_s_message(self):
        text = "请打我手机 13911112222"

        assert judged(text).verdict is ScamVerdict.OK
        assert judged(text, direction=Direction.OUTBOUND).verdict is ScamVerdict.SCAM

    def test_knows_no_family(self):
        text = "爸，视频会员的验证码发我一下"

        assert judged(text, direction=Direction.OUTBOUND).verdict is ScamVerdict.SCAM

    def test_says_that_it_cannot_be_sent(self):
        report = judged("请把验证码告诉我", direction=Direction.OUTBOUND)

        assert "不能发送" in report.advice.zh
        assert "cannot be sent" in report.advice.en


class TestAdvice:
    @pytest.mark.parametrize("message", ["在吗", "请把验证码告诉我"])
    def test_always_names_the_official_hotline(self, message):
        report = judged(message)

        assert HOTLINE in report.advice.zh
        assert HOTLINE in report.advice.en
