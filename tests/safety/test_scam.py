import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import ScamOutcome, scan
from tideover.safety.scam_rules import RULES

HOTLINE = "95384"

SCAMS = [
    ("asks-for-code", "为办理延期，请将短信验证码发给专员。"),
    ("asks-for-code", "Please reply with the verification code you received."),
    ("asks-for-code", "不要担心，把验证码发给我就行"),
    ("asks-for-code", "Don't worry, send me the code"),
    ("fee-up-front", "没有问题，先交手续费"),
    ("asks-for-password", "请在链接中输入银行卡密码完成核实"),
    ("asks-for-password", "Confirm your card PIN to continue"),
    ("private-transfer", "请把还款转账到个人账户 6222****"),
    ("private-transfer", "为保证资金安全，请转入监管账户"),
    ("private-transfer", "Transfer the balance to our secure account today"),
    ("screen-share", "请下载会议软件，和客服共享屏幕操作"),
    ("screen-share", "Install AnyDesk so we can help"),
    ("fee-up-front", "办理停息需先支付手续费 500 元"),
    ("fee-up-front", "Pay the processing fee first"),
    ("verify-by-transfer", "需要转账 1 元验证还款能力"),
    ("fake-papers", "代开病历、贫困证明，包过"),
    ("hand-over-sim", "把手机卡寄给我们，由法务替您沟通"),
    ("do-not-answer-lender", "签约后不要接银行的电话"),
]
HARMLESS = [
    "您好，您的协商方案已准备好，请登录官方渠道查看。",
    "我们不会向您索要验证码，也不会让您转账到个人账户。",
    "请勿将验证码告诉任何人。协商不收取任何手续费。",
    "12月5日是还款日，金额请以官方渠道显示为准。",
    "We never ask for a code or a password. Call 95384 if in doubt.",
    "办理本业务无需支付任何手续费。",
    "【演示银行】验证码 482913，您正在登录，请勿告诉他人。",
    "您尾号 1234 的贷款将于 12 月 5 日扣款 ¥612.40，请确保账户余额充足。",
    "There is no processing fee.",
    "妈，晚上回来吃饭吗？",
    "",
]


class TestScan:
    @pytest.mark.parametrize(("code", "message"), SCAMS)
    def test_names_what_a_scam_asks_for(self, code, message):
        report = scan(message, hotline=HOTLINE)

        assert code in {finding.code for finding in report.findings}
        assert report.outcome is ScamOutcome.SCAM

    @pytest.mark.parametrize("message", HARMLESS)
    def test_leaves_harmless_messages_alone(self, message):
        assert scan(message, hotline=HOTLINE).outcome is ScamOutcome.NOTHING_FOUND

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
        assert scan(hidden, hotline=HOTLINE).outcome is ScamOutcome.SCAM

    def test_sees_a_scam_beside_an_honest_sentence(self):
        message = "我们不会索要密码。为了核实，请把验证码发给我。"

        assert scan(message, hotline=HOTLINE).outcome is ScamOutcome.SCAM

    def test_counts_one_slight_sign_as_suspicious(self):
        report = scan("请点击 https://example.com/abc 查看", hotline=HOTLINE)

        assert report.outcome is ScamOutcome.SUSPICIOUS

    def test_always_says_what_to_do(self):
        report = scan("在吗", hotline=HOTLINE)

        assert HOTLINE in report.advice.zh
        assert HOTLINE in report.advice.en

    @given(st.text(max_size=300))
    def test_answers_any_text(self, text):
        report = scan(text, hotline=HOTLINE)

        assert (report.outcome is ScamOutcome.NOTHING_FOUND) == (not report.findings)

    def test_reads_a_long_message_in_a_moment(self):
        assert scan("先" * 200_000, hotline=HOTLINE).findings == ()


class TestRules:
    def test_every_rule_says_why_in_both_languages_and_is_tried(self):
        for rule in RULES:
            assert rule.because.zh
            assert rule.because.en
        decisive = {rule.code for rule in RULES if rule.is_decisive}
        assert decisive <= {code for code, _ in SCAMS}
