"""Acceptance checks 7 and 9 in both languages: one request, and one figure wherever it stands."""

import re
from datetime import date

import pytest
from papers_read import amounts, found, lines_of, row_of, text_of

PHONE = {"width": 360, "height": 640}
LANGUAGES = ("zh-CN", "en-GB")
#: What the key facts name in each language: instalment, total, and true yearly cost.
FACTS = {
    "zh-CN": ("每期应还", "总共要还", "真实年化成本"),
    "en-GB": ("Each instalment", "Total to pay", "True annual cost"),
}

pytestmark = pytest.mark.browser


def by_hand(paper: str) -> float:
    """The yearly rate in percent at which what the paper asks for is worth what is owed.

    Owed on 23 November 2026 were 8,000.00 of principal and 163.20 of interest; an amount due after
    so many days counts by (1 + rate) to the power of days/365. Halved until it is found.
    """
    began = date(2026, 11, 23)
    dues = [
        (date(*map(int, line[1:])), row_of(int(line[0]), paper)["instalment"].minor)
        for line in re.findall(r"(?m)^(\d+) (\d{4})年(\d+)月(\d+)日", paper)
    ]
    low, high = 0.0, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        worth = sum(minor / (1 + rate) ** ((day - began).days / 365) for day, minor in dues)
        low, high = (rate, high) if worth > 816_320 else (low, rate)
    return low * 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_and_key_facts_say_the_same(page_of, peopled, language):
    page, number = page_of("reading", PHONE, language=language), peopled.lives["reading"].number
    page.goto(f"/cases/{number}/agreement/")
    facts = {
        row.locator("dt").inner_text(): row.locator("dd").inner_text()
        for row in page.locator(".key-facts > div").all()
    }
    payment, total, cost = (facts[name] for name in FACTS[language])
    paper = text_of(page.request.get(f"/cases/{number}/agreement.pdf").body())

    page.goto(f"/cases/{number}/offers/")
    cards = page.locator("article.offer-card")
    card = cards.filter(has_text=amounts(payment)[0]).inner_text()
    assert amounts(total)[0] in card
    assert re.search(r"\d+\.\d{2}%", cost)[0] in card
    # The paper is typeset from the same figures; it is in Chinese and in English.
    shown = float(found(r"15\.\d{2}(?=%)", cost)[0])
    assert abs(by_hand(paper) - shown) < 0.01
    for figure in (*amounts(payment), *amounts(total), *re.findall(r"\d+\.\d{2}%", cost)):
        assert figure in paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_signed_paper_and_plan_say_the_same(page_of, peopled, language):
    life = peopled.lives["keeping"]
    page = page_of("keeping", PHONE, language=language)
    paper = text_of(page.request.get(f"/cases/{life.number}/agreement.pdf").body())
    page.goto(f"/plans/{life.loan}/")

    lines = lines_of(page.inner_text("main"))

    assert len(lines) == 11
    for number, (_day, amount) in enumerate(lines, start=1):
        assert row_of(number, paper)["instalment"] == amount


@pytest.mark.parametrize(
    ("life", "language", "said"),
    [("tapping", "zh-CN", "我们已经收到了"), ("tapping-too", "en-GB", "We have received it")],
)
def test_five_taps_make_one_request(page_of, peopled, life, language, said):
    page, number = page_of(life, PHONE, language=language), peopled.lives[life].number
    page.goto(f"/apply/{number}/check/")
    page.check("form input[type=checkbox]")
    page.eval_on_selector(
        "form button[data-once]", "button => { for (let i = 0; i < 5; i++) button.click() }"
    )
    page.wait_for_url(f"**/cases/{number}/")

    assert page.inner_text("h1") == said
    page.goto("/loans/")
    assert set(re.findall(r"/(HC-[\w-]+)/", page.inner_html("main"))) == {number}
