"""What a message speaks of, and which of it stands in one sentence."""

import re

from tideover.safety.scam.concepts import concept_pieces, concepts_in
from tideover.safety.scam.phrases import read_phrases


class TestConceptsIn:
    def test_names_what_a_sentence_speaks_of(self):
        found = concepts_in("先把保证金转到我的支付宝")

        assert {"fee", "before", "transfer", "private_place"} <= found
        assert "family" not in found

    def test_reads_both_languages(self):
        assert {"code", "tell_me"} <= concepts_in("read me the six digits")

    def test_every_list_is_a_pattern_in_small_letters(self):
        for name, words in read_phrases("concepts.yaml").items():
            assert re.compile(words), name
            assert not re.search(r"(?<!\\)[A-Z](?!C-)", words.replace("HC-", "")), name


class TestConceptPieces:
    def test_tell_what_stands_near_from_what_only_stands_in_the_same_message(self):
        near = concept_pieces(["先交手续费"])
        apart = concept_pieces(["先看看", "手续费是多少"])

        assert "&before+fee" in near
        assert "&before+fee" not in apart
        assert "##before+fee" in apart
