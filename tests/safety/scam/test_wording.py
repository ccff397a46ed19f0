from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import Direction, scan
from tideover.safety.scam.judging import weighed_in
from tideover.safety.scam.wording import likeness, pieces

# Worded like a tout's, without any phrase that a sign names.
TOUT = "老板，身份证发来，一次清，旧账翻新账，先息后本，当天就能办好，全国都可以做"


class TestPieces:
    def test_are_words_pairs_and_runs_of_characters(self):
        assert pieces("pay me 还款") == {"pay", "me", "pay me", "还", "款", "还款"}

    def test_take_all_figures_for_one(self):
        assert pieces("转3000元") == pieces("转9元")


class TestLikeness:
    @given(st.text(max_size=200), st.sampled_from(list(Direction)))
    def test_is_told_of_any_text(self, text, direction):
        assert isinstance(likeness(weighed_in(text, direction=direction)).thousandths, int)

    def test_has_little_to_go_by_in_a_few_words(self):
        assert scan("请还款", hotline="95384").reasons == ()

    def test_is_greater_for_a_tout_than_for_a_borrower(self):
        borrower = "您好，我上个月失业了，想申请延期三个月，需要提供什么材料呢"

        assert thousandths(TOUT) > thousandths(borrower)

    def test_is_less_where_a_borrower_tells_it(self):
        assert thousandths("有人让我这样做：" + TOUT) < thousandths(TOUT)

    def test_is_the_same_in_traditional_characters(self):
        assert thousandths("請把驗證碼發給我") == thousandths("请把验证码发给我")

    def test_quotes_what_weighs_most(self):
        reasons = {reason.code: reason for reason in scan(TOUT, hotline="95384").reasons}

        assert all(piece in TOUT for piece in reasons["worded-like-scams"].quote.split(", "))


def thousandths(text: str) -> int:
    return likeness(weighed_in(text, direction=Direction.INBOUND)).thousandths
