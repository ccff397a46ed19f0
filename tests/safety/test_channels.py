from datetime import date

from tideover.policy import load_book
from tideover.safety import NEVER_ASKED, official_channels


class TestOfficialChannels:
    def test_come_from_the_policy_book(self):
        channels = official_channels(load_book().on(date(2026, 12, 5), product="weilidai"))

        # The lender's public page, as dossier 1.1: hotline 95384, no app of its own.
        assert channels.hotline == "95384"
        assert not channels.has_app
        assert channels.verified_on <= date(2026, 12, 5)

    def test_say_what_nobody_genuine_asks_for(self):
        assert all(words.zh and words.en for words in NEVER_ASKED)
