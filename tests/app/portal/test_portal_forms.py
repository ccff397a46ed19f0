"""Reading rows and days from a form, and putting problems where the borrower typed."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tideover.app.portal.forms import Problem, income, outgoings
from tideover.app.portal.forms.dates import day_parts, read_day
from tideover.app.portal.forms.rows import ROWS_MAX, read_rows

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00-"), max_size=4).map(str.strip)


def posted(**fields: str) -> QueryDict:
    post = QueryDict(mutable=True)
    post.update({name.replace("_", "-"): value for name, value in fields.items()})
    return post


class TestReadRows:
    def test_leaves_out_rows_that_are_wholly_empty(self):
        post = posted(items_0_kind="wage", items_0_name="", items_1_kind="wage", items_1_name="B")

        assert read_rows(post, "items", columns=("kind", "name")) == [{"kind": "wage", "name": "B"}]

    def test_reads_no_more_rows_than_anybody_has(self):
        post = QueryDict(mutable=True)
        post.update({f"items-{number}-name": "x" for number in range(5_000)})

        assert len(read_rows(post, "items", columns=("kind", "name"))) == ROWS_MAX


class TestReadDay:
    def test_joins_three_boxes(self):
        post = posted(since_year="2026", since_month="9", since_day="5")

        assert read_day(post, "since") == "2026-09-05"

    def test_is_empty_when_nothing_was_typed(self):
        assert read_day(posted(since_year=" "), "since") == ""

    @given(texts, texts, texts)
    def test_gives_back_what_was_typed(self, year, month, day):
        post = QueryDict(mutable=True)
        post.update({"since-year": year, "since-month": month, "since-day": day})

        parts = day_parts(read_day(post, "since"))

        # "05" may come back as "5": the same box, the same day.
        assert [parts.get(name, "").lstrip("0") for name in ("year", "month", "day")] == [
            typed.lstrip("0") for typed in (year, month, day)
        ]


class TestIncome:
    def test_wants_a_row_or_the_tick(self):
        assert income.missing({"items": [], "none": ""})
        assert not income.missing({"items": [], "none": "yes"})
        assert not income.missing({"items": [{"kind": "wage"}], "none": ""})

    def test_shows_the_tick_again_for_a_section_kept_without_rows(self):
        shown = income.shown({"items": []}, problems=(), is_adding="")

        assert shown["fields"]["none"].value == "yes"
        assert len(shown["rows"]) == 1


class TestOutgoings:
    def test_puts_a_problem_at_the_box_of_its_category(self):
        answers = {"items": [{"category": "food"}, {"category": "transport"}]}

        placed = outgoings.placed(
            answers, [Problem("items.1.monthly", "no"), Problem("adults", "x")]
        )

        assert [problem.path for problem in placed] == ["category.transport", "adults"]

    def test_sends_only_boxes_with_something_in_them(self):
        read = outgoings.read(posted(category_food="1,500", category_housing=" "))

        assert read["items"] == [{"category": "food", "amount": "1,500", "frequency": ""}]
