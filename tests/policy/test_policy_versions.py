"""The versions of the book: each day on which numbers begin."""

from tideover.policy import PRODUCTS, load_book, policy_versions
from tideover.policy.library import COMMON_PACKS


class TestPolicyVersions:
    def test_hold_every_value_of_the_lender_once_the_newest_first(self):
        book = load_book()
        packs = (*COMMON_PACKS, *(f"product/{product}" for product in PRODUCTS))

        versions = policy_versions(book)

        told = [
            (change.parameter.pack, change.parameter.name, version.first_day, change.after)
            for version in versions
            for change in version.changes
        ]
        kept = [
            (pack, name, *dated)
            for pack in packs
            for name, parameter in book.packs[pack].items()
            for dated in parameter.values
        ]
        days = [version.first_day for version in versions]
        assert sorted(map(str, told)) == sorted(map(str, kept))
        assert days == sorted(set(days), reverse=True)

    def test_say_what_a_number_was_before(self):
        changes = [change for version in policy_versions(load_book()) for change in version.changes]

        shown = [one for one in changes if one.parameter.name == "cost.disclosure_required"]

        assert [(one.before, one.after) for one in shown] == [(False, True), (None, False)]
