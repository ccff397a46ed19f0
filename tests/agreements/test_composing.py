"""The agreement: facts, key_facts, clauses (debt, form, conduct, end), cost_table, document."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from factories import TODAY, card, in_arrears, policy, request, weilidai, yuan
from tideover.agreements import (
    AgreementDocument,
    AgreementFacts,
    Party,
    compose,
    document_digest,
    document_to_record,
    rate_words,
)
from tideover.loan import AnnualRate, Components, Method
from tideover.money import CNY, total
from tideover.offers import Offer, Wish, WishKind, find_offers
from tideover.options import LegalForm, restructure
from tideover.policy import Parameters, Words

BORROWER = Party(name="演示·张*", id_number_masked="110***********1234", phone_masked="138****5678")


def facts_of(offer: Offer, terms=None, product="weilidai", *, lost=False) -> AgreementFacts:
    parameters = policy(product)
    if lost:
        name = "breach.concessions_lost"
        changed = replace(parameters.dated[name], values=((date(2025, 1, 1), True),))
        dated = {**parameters.dated, name: changed}
        parameters = Parameters.gather(dated, on=parameters.on, product=product)
    return AgreementFacts(
        number="HC-1001-A1",
        lender=Words("渡舟银行（演示）", "Duzhou Bank (demo)"),
        borrower=BORROWER,
        loan_reference="WL-DEMO-1",
        product=Words("微粒贷（演示）", "Weilidai (demo)"),
        terms=terms or weilidai(),
        offer=offer,
        made_on=date(2026, 11, 25),
        parameters=parameters,
    )


OFFERS = find_offers(request()).offers
SHORTEST = OFFERS[0]
DOCUMENT = compose(facts_of(SHORTEST))


def card_document() -> AgreementDocument:
    terms = card()
    offer = find_offers(request(able="700", terms=terms, paid=3)).offers[0]
    return compose(facts_of(offer, terms, "card-instalment"))


def said(document: AgreementDocument, language: str = "zh") -> str:
    return "\n".join(clause.text.in_language(language) for clause in document.clauses)


def in_form(form: LegalForm) -> AgreementDocument:
    """The shortest offer as a plan of another legal form; one payment where it settles."""
    state = in_arrears()
    waive = Components(
        principal=yuan("2000"), interest=yuan("0"), penalty=yuan("4"), fee=yuan("0")
    ) if form is LegalForm.SETTLEMENT else Components.zero(CNY)  # fmt: skip
    proposal = restructure(
        weilidai(), state, starts_on=TODAY, earliest_due=date(2027, 2, 3),
        instalments=1 if form is LegalForm.SETTLEMENT else 12,
        pause_months=2 if form is LegalForm.DEFERRAL else 0, waive=waive, legal_form=form,
    )  # fmt: skip
    offer = replace(
        SHORTEST, proposal=proposal, instalments=len(proposal.due_lines),
        earliest_due=proposal.due_lines[0].line.due_date,
        total=total((due.amount for due in proposal.due_lines), CNY),
        waived=waive, latest_due=proposal.due_lines[-1].line.due_date,
    )  # fmt: skip
    return compose(facts_of(offer))


class TestLegalForms:
    @pytest.mark.parametrize(
        ("form", "words"),
        [
            (LegalForm.TERM_EXTENSION, "《民法典》第六百七十八条"),
            (LegalForm.PERSONALISED_INSTALMENTS, "最长 60 个月"),
            (LegalForm.RESTRUCTURE, "观察不少于 12 个月且不少于 2 期"),
            (LegalForm.RENEWAL, "发放新借款 ¥8,000.00，金额等于原合同的未还本金"),
            (LegalForm.DEFERRAL, "暂停还款 2 个月"),
            (LegalForm.SETTLEMENT, "其余 ¥2,004.00 不再收取，债权消灭"),
        ],
    )
    def test_have_a_text_of_their_own_and_no_other_forms(self, form, words):
        text = in_form(form).clauses[3].text

        assert words in text.zh
        assert f"法律形式为{form.words.zh}" in text.zh
        others = {other.words.zh for other in LegalForm if other is not form}
        assert not any(text.zh.split("\n")[1].startswith(other) for other in others)
        assert text.zh.split("\n")[1].startswith(form.words.zh)

    def test_of_a_personal_plan_name_where_each_of_the_six_contents_stands(self):
        document = in_form(LegalForm.PERSONALISED_INSTALMENTS)
        text = document.clauses[3].text.zh

        assert [mark in text for mark in "一二三四五六"] == [True] * 6
        assert "合计 ¥8,167.20，币种均为人民币" in document.clauses[2].text.zh
        assert "不收取年费" in document.clauses[7].text.zh
        assert "不向任何银行申请信用卡" in document.clauses[11].text.zh

    def test_of_a_renewal_say_that_it_is_a_new_contract_and_others_that_they_are_none(self):
        renewal, extension = in_form(LegalForm.RENEWAL), in_form(LegalForm.TERM_EXTENSION)

        assert "它是一份新的借款合同，用来结清原合同" in renewal.clauses[3].text.zh
        assert "不是一笔新的借款" not in renewal.clauses[3].text.zh
        assert "本协议不是一笔新的借款" in extension.clauses[3].text.zh

    def test_of_a_settlement_ask_for_one_payment(self):
        document = in_form(LegalForm.SETTLEMENT)

        assert len(document.due_lines) == 1
        first, when, *others = document.key_facts
        assert (first.label.zh, first.value.zh) == ("一次付清", SHORTEST.payment.display)
        assert (when.label.zh, when.value.zh) == ("付款日", "2027年2月3日（周三）")
        assert not any("最后一次" in row.label.zh for row in others)
        assert f"付清 {document.total.display}" in document.clauses[3].text.zh


class TestOneEngineOneNumber:
    @pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.key)
    def test_every_figure_of_the_offer_is_in_the_agreement_to_the_cent(self, offer):
        document = compose(facts_of(offer))
        page_one = " ".join(row.value.zh for row in document.key_facts)

        for amount in (offer.payment, offer.total, offer.extra_interest, offer.waived.total):
            assert amount.display in page_one
        assert offer.total == document.total
        assert offer.total.display in said(document)
        assert document.schedule == offer.schedule

    def test_the_record_adds_up(self):
        record = document_to_record(DOCUMENT)

        rows = record["schedule"]
        totals = record["schedule_totals"]
        for part in ("principal", "interest", "fee", "instalment"):
            assert total((yuan(row[part]) for row in rows), CNY).text == totals[part]
        assert totals["instalment"] == SHORTEST.total.text
        assert totals["interest"] == SHORTEST.total_interest.text
        for row in rows:
            parts = total((yuan(row[part]) for part in ("principal", "interest", "fee")), CNY)
            assert parts.text == row["instalment"]
        assert rows[-1]["closing_balance"] == "0.00"

    def test_the_debt_is_told_apart_as_on_the_day_of_the_offer(self):
        acknowledgement = DOCUMENT.clauses[2].text

        assert acknowledgement.zh.startswith(
            "截至2026年11月23日（周一），借款人尚欠：本金 ¥8,000.00，利息 ¥163.20，"
            "罚息 ¥4.00，费用 ¥0.00，合计 ¥8,167.20，币种均为人民币。"
        )


class TestClauses:
    def test_are_the_twenty_three_of_the_checklist_in_both_languages(self):
        assert [clause.number for clause in DOCUMENT.clauses] == list(range(1, 24))
        for clause in DOCUMENT.clauses:
            assert clause.title.zh
            assert clause.title.en
            assert clause.text.zh
            assert clause.text.en

    def test_name_the_legal_form_and_say_that_nothing_is_replaced(self):
        assert DOCUMENT.title.zh == "还款协议（展期）"
        assert "本协议不是一笔新的借款" in DOCUMENT.clauses[3].text.zh

    def test_say_what_becomes_of_the_arrears(self):
        text = DOCUMENT.clauses[6].text.zh

        assert "罚息 ¥4.00 予以减免" in text
        assert "未付息费 ¥163.20 平均分摊到各期偿还，不再计息，也不计复利" in text

    def test_tell_of_a_pause_only_when_there_is_one(self):
        wished = find_offers(request(wish=Wish(kind=WishKind.PAUSE)))
        paused = next(offer for offer in wished.offers if offer.key == "pause-first")

        assert "暂停还款 3 个月" in said(compose(facts_of(paused)))
        assert "暂停还款" not in said(DOCUMENT)

    def test_hold_the_mandatory_contents_of_article_70_for_cards(self):
        document = card_document()

        text = said(document)
        assert document.title.zh == "还款协议（个性化分期）"
        assert "不向任何银行申请信用卡" in text
        assert "停止催收" in text
        assert "手续费" in document.cost_table[0].item.zh

    def test_say_the_same_numbers_in_both_languages(self):
        for clause in DOCUMENT.clauses:
            in_zh, in_en = (
                sorted(re.findall(r"¥[\d,.]*\d", text)) for text in (clause.text.zh, clause.text.en)
            )
            assert in_zh == in_en

    def test_never_threaten(self):
        assert not any(word in said(DOCUMENT) for word in ("失信", "恶意", "必须立即", "逾期户"))


class TestLowerRate:
    document = compose(facts_of(find_offers(request(able="170")).offers[0]))

    def test_is_in_the_terms_the_cost_table_and_the_penalty(self):
        assert "利率由年化 14.60%" in self.document.clauses[4].text.zh
        assert "降为年化 6.57%" in self.document.clauses[4].text.zh
        assert self.document.cost_table[0].rate.zh == "年化 6.57%（单利；日利率 0.018%）"
        # Half of 6.57 % is 3.285 %, shown 3.29 %; together 9.855 %, shown 9.86 %.
        assert "年化加 3.29%，合计 9.86%" in self.document.contingent_costs[0].rate.zh


class TestCostTable:
    def test_states_the_all_in_cost_with_its_basis(self):
        rate = DOCUMENT.cost_table[-1].rate.zh

        assert rate == "14.32%（单利），实际年利率 15.29%（复利）"

    def test_lists_what_only_a_breach_brings_at_one_and_a_half_times(self):
        # 0.04 % × 365 = 14.60 %; half of it 7.30 %, together 21.90 %.
        penalty, others = DOCUMENT.contingent_costs

        assert "年化加 7.30%，合计 21.90%" in penalty.rate.zh
        assert penalty.payee.zh == "渡舟银行（演示）"
        assert (others.item.zh, others.how.zh) == ("违约金、催收费、挪用违约金等", "不收取")

    def test_names_what_comes_back_where_the_lender_takes_concessions_back(self):
        document = compose(facts_of(SHORTEST, lost=True))

        assert document.contingent_costs[1].rate.zh == "¥4.00"
        assert "恢复计收已减免的利息 ¥0.00、罚息 ¥4.00" in document.clauses[15].text.zh
        assert "减免的 ¥4.00 不再恢复" in DOCUMENT.clauses[15].text.zh

    def test_charges_nothing_else(self):
        assert [row.rate.zh for row in DOCUMENT.cost_table[1:3]] == ["0.00%", "0.00%"]

    def test_shows_a_flat_fee_at_its_true_rate(self):
        assert card_document().cost_table[-1].rate.zh.startswith("12.")


class TestDigest:
    def test_is_bound_to_every_letter(self):
        other = replace(facts_of(SHORTEST), number="HC-1001-A2")

        assert document_digest(DOCUMENT) == document_digest(compose(facts_of(SHORTEST)))
        assert document_digest(DOCUMENT) != document_digest(compose(other))

    def test_is_over_a_record_that_is_plain_json(self):
        assert json.loads(json.dumps(document_to_record(DOCUMENT))) == document_to_record(DOCUMENT)

    def test_record_holds_what_the_page_needs(self):
        record = document_to_record(DOCUMENT)

        assert record["made_on"] == "2026-11-25"
        assert record["borrower"]["phone"] == "138****5678"
        assert record["schedule"][0]["due_date"] == "2027-01-03"


class TestRateWords:
    def test_put_the_annual_rate_first(self):
        assert rate_words(weilidai()).zh == "年化 14.60%（单利；日利率 0.04%）"
        annual = weilidai(rate=AnnualRate.percent("12"), method=Method.LEVEL)
        assert rate_words(annual).zh == "年利率 12.00%（单利）"
        assert rate_words(card()).zh == "每期手续费率 0.60%（按分期本金）"

    def test_start_the_plan_on_the_day_of_the_offer(self):
        assert facts_of(SHORTEST).starts_on == TODAY
