import pytest

from tideover.safety.scam import known_signs
from tideover.safety.scam.phrases import any_of, read_phrases
from tideover.safety.scam.reading import plain, sentences


class TestKnownSigns:
    def test_each_says_why_in_both_languages_under_a_name_of_its_own(self):
        signs = known_signs()

        assert len({sign.code for sign in signs}) == len(signs)
        assert all(sign.because.zh and sign.because.en for sign in signs)

    def test_none_is_found_in_silence(self):
        assert not [sign.code for sign in known_signs() if sign.pattern.search("")]


class TestPhrases:
    def test_fills_a_list_of_words_in(self):
        pattern = any_of(["send <what>"], words={"what": ["code", "pin"]})

        assert pattern.search("send pin")
        assert not pattern.search("send what")

    def test_every_list_that_is_named_is_there(self):
        content = read_phrases("signs.yaml")

        used = str(content["signs"])
        assert all(f"<{name}>" in used for name in content["words"])


class TestReading:
    def test_brings_letters_to_one_form(self):
        assert plain("ＡＢＣ帐户 验·证·码") == "abc账户验证码"

    @pytest.mark.parametrize("length", [599, 600, 601, 5000])
    def test_loses_nothing_of_a_long_sentence(self, length):
        text = "".join(chr(0x4E00 + k % 900) for k in range(length))

        pieces = list(sentences(text))

        assert all(text[k : k + 50] in "|".join(pieces) for k in range(0, length - 50, 7))
