"""The telephone page: the number is looked up by a form, and never stands in an address."""

import lender as story
import pytest
from desk_pages import read, words

pytestmark = pytest.mark.django_db
PAGE = "/desk/telephone/"


@pytest.fixture
def desk(lender, desk_of):
    return desk_of(lender.agent)


def key_on(response) -> str:
    return next(form.fields["key"] for form in read(response).forms if "key" in form.fields)


class TestTelephone:
    def test_finds_the_caller_and_keeps_the_note(self, lender, desk):
        number = story.claimed(lender)
        found = desk.post(PAGE, {"step": "find", "phone": "13800000001"})
        assert "演示·张*" in words(found)
        assert "13800000001" not in words(found)

        kept = desk.post(
            PAGE,
            {"step": "note", "phone": "13800000001", "case": number, "text": "能还 500",
             "key": key_on(found)},
        )  # fmt: skip

        assert kept.status_code == 302
        assert "能还 500" in words(desk.get(f"/desk/cases/{number}/?tab=messages"))

    def test_promises_a_call_back_and_lists_it(self, lender, desk):
        found = desk.post(PAGE, {"step": "find", "phone": "13999999999"})
        assert "Nobody here has this number." in words(found)

        desk.post(PAGE, {"step": "call-back", "phone": "13999999999", "text": "问利息",
                         "key": key_on(found)})  # fmt: skip

        page = desk.get(PAGE)
        assert "139****9999" in words(page)
        assert "23 Nov 11:00" in words(page)

    def test_shows_what_is_wrong_and_keeps_what_was_typed(self, lender, desk):
        story.claimed(lender)

        refused = desk.post(
            PAGE, {"step": "call-back", "phone": "13800000001", "text": "长" * 5_000, "key": "k"}
        )

        assert refused.status_code == 422
        assert "长" * 5_000 in refused.content.decode()
