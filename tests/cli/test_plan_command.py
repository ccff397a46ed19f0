"""tideover plan: nodes.py, reader.py, debts.py, situation.py, record.py, page.py."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from tideover.cli.main import main
from tideover.money import CNY, Money, total
from tideover.offers.plan_file.nodes import parse

HOME = """\
as_of: 2026-11-23
currency: CNY
household: {adults: 1, children: 0}
hardship: {cause: job_loss, since: 2026-10-01, expected_recovery: 2027-05-01}
income:
  - {name: 零工, monthly: "3755.56", verified: true}
outgoings:
  - {name: 房租, category: housing, monthly: 1800}
  - {name: 吃饭, category: food, monthly: 1200}
assets: {savings: 500}
debts:
  - name: 微粒贷
    lender: 演示贷款人
    product: weilidai
    daily_rate: 0.0004
    principal: 10000
    disbursed: 2026-08-03
    instalments: 10
    payments:
      - {on: 2026-09-03, amount: 1124.00}
      - {on: 2026-10-03, amount: 1108.00}
"""


def written(folder: Path, text: str) -> str:
    path = folder / "home.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def answered(tmp_path, capsys):
    def answer(text: str = HOME, *more: str) -> dict:
        assert main(["plan", written(tmp_path, text), "--json", *more]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


@pytest.fixture
def refused(tmp_path, capsys):
    def refusal(text: str, *more: str) -> str:
        assert main(["plan", written(tmp_path, text), "--json", *more]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err

    return refusal


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


class TestAnswer:
    def test_has_at_most_three_offers_that_add_up(self, answered):
        record = answered()

        assert 1 <= len(record["offers"]) <= 3
        for offer in record["offers"]:
            lines = offer["instalments"]
            for line in lines:
                parts = [line[key] for key in ("principal", "interest", "fees", "penalty")
                         if key in line]  # fmt: skip
                assert total((yuan(part) for part in parts), CNY).text == line["amount"]
            interest = total((yuan(line["interest"]) for line in lines), CNY)
            principal = total((yuan(line["principal"]) for line in lines), CNY)
            assert interest.text == offer["total_interest"]
            assert principal.text == record["debts"][0]["outstanding_principal"] == "8000.00"
            assert offer["affordable"] is True
            assert offer["starts_on"] == "2026-11-23"
            assert offer["debts"] == ["微粒贷"]

    def test_runs_capacity_by_calendar_month_for_two_years_or_to_the_last_due_date(self, answered):
        record = answered()

        months = [one["month"] for one in record["capacity"]]
        last = max(line["due_date"] for offer in record["offers"] for line in offer["instalments"])
        assert months[0] == "2026-11"
        assert len(months) >= 24
        assert months[-1] >= last[:7]
        assert months == sorted(set(months))
        assert {one["amount"] for one in record["capacity"]} == {"680.00"}

    def test_asks_for_no_more_than_each_month_allows(self, answered):
        record = answered()
        limits = {one["month"]: yuan(one["amount"]) for one in record["capacity"]}

        for offer in record["offers"]:
            for line in offer["instalments"]:
                assert yuan(line["amount"]) <= limits[line["due_date"][:7]]

    def test_knows_the_debt_by_its_own_events(self, answered):
        (debt,) = answered()["debts"]

        # 1,124.00 and 1,108.00 were asked for: 8,000 are left, the third is twenty days late.
        assert debt["days_past_due"] == 20
        assert debt["name"] == "微粒贷"
        assert debt["annual_cost"].startswith("0.156")

    def test_names_the_debt_of_every_line_when_there_are_several(self, answered):
        two = HOME + (
            "  - {name: 消费贷, product: consumer-level, annual_rate: 0.12, principal: 6000,\n"
            "     disbursed: 2026-08-05, instalments: 12}\n"
        )
        record = answered(two)

        for offer in record["offers"]:
            keys = [(line["due_date"], line["debt"]) for line in offer["instalments"]]
            assert len(keys) == len(set(keys))
            assert set(offer["debts"]) == {debt for _, debt in keys}

    def test_takes_other_debts_off_what_can_be_paid(self, answered):
        other = HOME + "  - {name: 房东, balance: 900, monthly_payment: 300, priority: true}\n"

        # 755.56 − 300 = 455.56 left, a tenth (45.56) kept: 410.00.
        assert answered(other)["capacity"][0]["amount"] == "410.00"

    def test_says_ability_sufficient_and_offers_nothing(self, answered):
        able = HOME.replace('"3755.56"', "9000").replace(
            "      - {on: 2026-10-03, amount: 1108.00}\n",
            "      - {on: 2026-10-03, amount: 1108.00}\n"
            "      - {on: 2026-11-03, amount: 1099.20}\n",
        )
        record = answered(able)

        # Thirty days at 8,000 from 3 October: the interest of the third is 99.20.
        assert record["offers"] == []
        assert [one["code"] for one in record["declined"]] == ["ability_sufficient"]

    def test_declines_a_wish_below_interest_beside_what_can_be_had(self, answered):
        record = answered(HOME + "wish: {monthly: 90}\n")

        assert [one["code"] for one in record["declined"]] == ["never_amortises"]
        assert record["offers"]

    def test_has_no_offers_without_ability(self, answered):
        record = answered(HOME.replace('"3755.56"', "2500"))

        assert record["offers"] == []
        assert [one["code"] for one in record["declined"]] == ["no_repayment_ability"]
        assert record["next_steps"]

    def test_answers_a_household_without_loans_of_full_terms(self, answered):
        only = HOME[: HOME.index("debts:")] + (
            "debts:\n  - {name: 某平台, balance: 900, monthly_payment: 100}\n"
        )
        record = answered(only)

        assert record["offers"] == record["debts"] == record["alternatives"] == []

    def test_speaks_chinese_and_english(self, answered):
        assert answered(HOME, "--lang", "zh")["offers"][0]["label"] == "更符合你的预算"
        assert answered(HOME, "--lang", "en")["offers"][0]["label"] == "Fits your budget best"

    @pytest.mark.parametrize("principal", ['"10,000.00"', "10000.0", "1e4", "1.0e+4", "10_000"])
    def test_reads_an_amount_however_yaml_writes_it(self, answered, principal):
        (debt,) = answered(HOME.replace("principal: 10000", f"principal: {principal}"))["debts"]

        assert debt["outstanding_principal"] == "8000.00"

    def test_says_ability_sufficient_of_a_contract_of_thirty_years(self, answered):
        long = HOME[: HOME.index("debts:")] + (
            "debts:\n  - {name: a, method: level, annual_rate: 0.05, principal: 100000,\n"
            "     disbursed: 2026-11-01, instalments: 360}\n"
        )

        # 536.82 a month for thirty years, and 680.00 can be paid in every month of them.
        assert [one["code"] for one in answered(long)["declined"]] == ["ability_sufficient"]

    def test_reads_for_people_too(self, tmp_path, capsys):
        assert main(["plan", written(tmp_path, HOME), "--lang", "zh"]) == 0

        out = capsys.readouterr().out
        assert "每月能还 ¥680.00" in out
        assert "其他办法：" in out

    def test_is_quick(self, answered):
        start = time.process_time()
        answered()

        assert time.process_time() - start < 1


class TestRefusal:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("currency: CNY", "currency: CNX", "line 2: currency: currency 'CNX' is not known"),
            ("adults: 1", "adults: 0", "line 3: household.adults: must be from 1 to 30"),
            ("children: 0", "cats: 2", "line 3: household.cats: is not a key here"),
            ("job_loss", "bad_luck", "line 4: hardship.cause: 'bad_luck' must be one of"),
            ("2027-05-01", "2026-09-01", "line 4: hardship.expected_recovery: is before since"),
            ("since: 2026-10-01", "since: 2027-10-01", "line 4: hardship.since: is after as_of"),
            ('"3755.56"', "much", "line 6: income[0].monthly: 'much' is not an amount"),
            ('"3755.56"', "-5", "line 6: income[0].monthly: the amount is -¥5.00, below zero"),
            ("category: food", "category: fun", "line 9: outgoings[1].category: 'fun' must be"),
            ("daily_rate: 0.0004", "daily_rate: 0.04", "line 15: debts[0].daily_rate: a daily"),
            ("daily_rate: 0.0004", "annual_rate: 14.6", "line 15: debts[0].annual_rate: is so"),
            ("daily_rate: 0.0004", "fee_rate: 0.004", "line 15: debts[0].fee_rate: does not go"),
            ("product: weilidai", "product: mortgage", "line 14: debts[0].product: must be one of"),
            ("product: weilidai", "colour: red", "line 14: debts[0].colour: is not a key here"),
            ("principal: 10000", "principal: 0", "line 16: debts[0].principal: must be"),
            ("disbursed: 2026-08-03", "disbursed: 2027-08-03", "line 17: debts[0].disbursed: is a"),
            ("disbursed: 2026-08-03", "disbursed: 03.08.26", "'03.08.26' is not a date like"),
            ("instalments: 10", "instalments: ten", "line 18: debts[0].instalments: 'ten' is not"),
            ("on: 2026-09-03", "on: 2026-07-03", "line 20: debts[0].payments[0].on: is before the"),
            ("amount: 1124.00", "amount: 99999", "line 19: debts[0].payments: add up to ¥"),
            ("as_of: 2026-11-23\n", "", "as_of: is missing"),
            ("as_of: 2026-11-23", "as_of: 2024-12-31", "line 1: as_of: is before the first day"),
            ("as_of: 2026-11-23", "as_of: 20261123", "as_of: '20261123' is not a date like"),
            ("as_of: 2026-11-23", "as_of: 9999-12-31", "as_of: '9999-12-31' is not a date like"),
            ("principal: 10000", "principal: ~", "line 16: debts[0].principal: is missing"),
            ("principal: 10000", "principal:", "line 16: debts[0].principal: is missing"),
            ("principal: 10000", "principal: 1e-9", "line 16: debts[0].principal: '1e-9' is not"),
            ("principal: 10000", "principal: -1e4", "line 16: debts[0].principal: '-1e4' is not"),
            ("assets: {savings: 500}", "assets: -500", "line 10: assets: the amount is -¥500.00"),
        ],
    )  # fmt: skip
    def test_names_the_key_the_line_and_what_is_wrong(self, refused, old, new, said):
        assert said in refused(HOME.replace(old, new, 1), "--lang", "en")

    def test_lists_structure_and_meaning_in_one_answer(self, refused):
        text = HOME.replace("currency: CNY", "currency: CNX").replace("adults: 1", "dogs: 1")

        said = refused(text.replace("principal: 10000", "principal: -1"), "--lang", "en")

        assert "3 problem(s); nothing was computed" in said

    def test_of_an_income_that_ends_before_it_starts(self, refused):
        text = HOME.replace("verified: true", "from: 2027-01-01, until: 2026-01-01")

        assert "line 6: income[0].until: is before from" in refused(text, "--lang", "en")

    def test_of_two_debts_with_one_name(self, refused):
        text = HOME + "  - {name: 微粒贷, balance: 1, monthly_payment: 1}\n"

        assert "line 22: debts[1].name: is the name of the debt on line 12" in refused(
            text, "--lang", "en"
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "is empty"),
            ("a: [1", "is not YAML"),
            ("- 1\n- 2\n", "must be keys with values"),
            ("as_of: 2026-11-23\nas_of: 2026-11-24\ndebts: []\n", "is told twice (line 1)"),
            ("as_of: 2026-11-23\ndebts: 5\n", "must be a list"),
            ("a: " + "[" * 30 + "]" * 30, "is nested too deeply"),
        ],
    )
    def test_of_what_is_no_household_at_all(self, refused, text, said):
        assert said in refused(text, "--lang", "en")

    def test_is_in_chinese_where_chinese_is_read(self, refused):
        assert "第 2 行 currency" in refused(HOME.replace("CNY", "CNX", 1), "--lang", "zh")

    def test_of_bytes_that_are_no_text(self, tmp_path, capsys):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"\xff\xfe\x00")

        assert main(["plan", str(path), "--lang", "en"]) == 2
        assert "is not UTF-8 text" in capsys.readouterr().err


class TestNodes:
    def test_keep_on_as_text_and_days_as_written(self):
        node = parse("on: yes\nday: 2026-01-05\n", [])

        assert node is not None
        assert [(key, entry.text) for key, entry in node.entries.items()] == [
            ("on", "yes"), ("day", "2026-01-05"),
        ]  # fmt: skip

    def test_know_no_dates_of_their_own(self):
        assert date(2026, 1, 5).isoformat() == parse("2026-01-05", []).text


class TestReport:
    """report: blocks, content, page, paper, plots.py, choices.py, svg.py, words.py."""

    def test_is_a_page_that_needs_nothing_else(self, tmp_path, capsys):
        page = tmp_path / "plan.html"

        assert main(["plan", written(tmp_path, HOME), "--report", str(page), "--lang", "zh"]) == 0

        text = page.read_text(encoding="utf-8")
        for said in ("收支", "我的请求", "材料清单", "还款计划", "打电话时这样说", "¥639.06"):
            assert said in text
        assert text.count("<svg") == 4
        for told in ("如果情况变差", "收入少 10%", "能还 ¥680.00", "这个方案真实年化 15.3%"):
            assert told in text
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "<script" not in text

    def test_leaves_out_a_column_that_holds_nothing(self, tmp_path, capsys):
        page = tmp_path / "plan.html"
        fee = HOME.replace("daily_rate: 0.0004", "fee_rate: 0.006").replace(
            "product: weilidai", "product: card-instalment"
        )

        columns = []
        for text in (HOME, fee.replace("1124.00", "1060").replace("1108.00", "1060")):
            assert (
                main(["plan", written(tmp_path, text), "--report", str(page), "--lang", "en"]) == 0
            )
            columns.append("Fees</th>" in page.read_text(encoding="utf-8"))

        assert columns == [False, True]

    def test_escapes_what_a_file_says(self, tmp_path, capsys):
        page = tmp_path / "plan.html"
        sly = HOME.replace("name: 微粒贷", 'name: "<img src=x onerror=alert(1)>"')
        two = (
            sly
            + "  - {name: b, method: level, annual_rate: 0.1, principal: 5000,\n"
            + ("     disbursed: 2026-08-05, instalments: 12}\n")
        )

        assert main(["plan", written(tmp_path, two), "--report", str(page)]) == 0

        assert "<img" not in page.read_text(encoding="utf-8")

    def test_is_a_pdf_with_the_same_figures(self, tmp_path, capsys):
        import pypdfium2

        paper = tmp_path / "plan.pdf"

        assert main(["plan", written(tmp_path, HOME), "--report", str(paper), "--lang", "en"]) == 0

        document = pypdfium2.PdfDocument(paper)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert "What to say on the telephone" in text
        assert "¥639.06" in text

    @pytest.mark.parametrize("name", ["plan.docx", "plan"])
    def test_refuses_a_kind_it_does_not_make(self, tmp_path, capsys, name):
        asked = str(tmp_path / name)

        assert main(["plan", written(tmp_path, HOME), "--report", asked, "--lang", "en"]) == 2
        assert "end the name in .html or .pdf" in capsys.readouterr().err

    def test_refuses_a_folder_that_is_not_there(self, tmp_path, capsys):
        asked = str(tmp_path / "nowhere" / "plan.html")

        assert main(["plan", written(tmp_path, HOME), "--report", asked, "--lang", "en"]) == 2
        assert "cannot be written" in capsys.readouterr().err

    def test_has_a_page_for_a_household_without_offers(self, tmp_path, capsys):
        page = tmp_path / "plan.html"
        poor = HOME.replace('"3755.56"', "2500")

        assert main(["plan", written(tmp_path, poor), "--report", str(page), "--lang", "zh"]) == 0
        assert "不是你的错" in page.read_text(encoding="utf-8")
