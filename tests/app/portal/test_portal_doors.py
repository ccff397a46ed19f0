"""Who may come in: nobody's page is anybody else's, and no form works without its token."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from lender import accepted, applied, offered

from tideover.app.db.models import EvidenceFile, LogEvent

CASE_PAGES = (
    "/apply/{number}/",
    "/apply/{number}/cause/",
    "/apply/{number}/evidence/",
    "/apply/{number}/check/",
    "/cases/{number}/",
    "/cases/{number}/offers/",
    "/cases/{number}/offers/shortest/",
    "/cases/{number}/agreement/",
    "/cases/{number}/agreement.pdf",
    "/cases/{number}/sign/",
)
CASE_FORMS = (
    "/apply/{number}/cause/",
    "/apply/{number}/evidence/",
    "/apply/{number}/check/",
    "/apply/{number}/withdraw/",
    "/cases/{number}/offers/shortest/",
    "/cases/{number}/sign/",
)
OWN_PAGES = ("/loans/", "/loans/WLD-0001/", "/plans/WLD-0001/", "/apply/HC-1/", "/cases/HC-1/")
OPEN_PAGES = ("/", "/official/", "/talk/", "/sign-in/", "/outbox/")


@pytest.fixture
def number(lender) -> str:
    return accepted(lender)


@pytest.fixture
def stranger(lender, signed_in) -> Client:
    return signed_in(lender.stranger.account)


class TestAnothersPages:
    def test_are_not_there_and_take_no_form(self, stranger, number):
        read = {page: stranger.get(page.format(number=number)).status_code for page in CASE_PAGES}
        sent = {
            page: stranger.post(page.format(number=number), {"key": "k", "declared": "yes"})
            for page in CASE_FORMS
        }

        assert read == dict.fromkeys(CASE_PAGES, 404)
        assert {page: answer.status_code for page, answer in sent.items()} == dict.fromkeys(
            CASE_FORMS, 404
        )

    def test_look_like_pages_that_never_were(self, stranger, number):
        theirs = stranger.get(f"/cases/{number}/").content.decode()
        never = stranger.get("/cases/HC-999999/").content.decode()

        assert re.sub(r'name="[^"]*" value="[^"]*"', "", theirs) == re.sub(
            r'name="[^"]*" value="[^"]*"', "", never
        )

    @pytest.mark.parametrize("address", ["/loans/WLD-0001/", "/plans/WLD-0001/"])
    def test_of_a_loan_are_not_there(self, stranger, address):
        assert stranger.get(address).status_code == 404

    def test_leave_a_trace_in_the_log(self, stranger, number):
        stranger.get(f"/cases/{number}/agreement.pdf")

        assert LogEvent.objects.filter(kind="access.refused").count() == 1

    def test_let_nobody_remove_a_file(self, lender, stranger):
        number = applied(lender)
        file = EvidenceFile.objects.get()

        answer = stranger.post(f"/apply/{number}/evidence/{file.pk}/remove/", {"key": "k"})

        assert answer.status_code == 404
        file.refresh_from_db()
        assert file.status == "received"


class TestSignIn:
    def test_comes_before_every_page_of_ones_own(self, lender):
        led_to = [Client().get(address).headers["Location"] for address in OWN_PAGES]

        assert all(address.startswith("/sign-in/?next=") for address in led_to)

    def test_leads_back_to_the_page_whose_form_came_too_late(self, lender):
        page = "/apply/HC-1/income/"

        answer = Client().post(page, headers={"Referer": f"http://testserver{page}"})

        assert answer.headers["Location"] == "/sign-in/?next=%2Fapply%2FHC-1%2Fincome%2F"

    def test_leads_back_to_no_other_site(self, lender):
        answer = Client().post("/apply/HC-1/income/", headers={"Referer": "https://evil.example/x"})

        assert answer.headers["Location"] == "/sign-in/?next=%2Floans%2F"

    def test_of_staff_opens_no_borrowers_page(self, lender, signed_in):
        agent = signed_in(lender.agent)

        assert agent.get("/loans/").headers["Location"].startswith("/sign-in/")

    def test_pages_stay_in_no_cache(self, borrower):
        assert "no-store" in borrower.get("/loans/").headers["Cache-Control"]


class TestForms:
    def test_do_not_work_without_the_token(self, lender, signed_in):
        client = Client(enforce_csrf_checks=True)
        client.force_login(
            lender.borrower.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        answer = client.post("/loans/WLD-0001/apply/", {"key": "k"})

        assert answer.status_code == 403
        assert "页面打开的时间太久了" in answer.content.decode()

    @pytest.mark.parametrize("address", ["/loans/WLD-0001/", "/sign-in/", "/talk/"])
    def test_carry_token_and_key(self, borrower, address):
        page = borrower.get(address, follow=True).content.decode()

        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL):
            assert "csrfmiddlewaretoken" in form
            assert 'name="key"' in form or 'name="next"' in form


class TestEveryPage:
    def test_is_safe_and_leads_to_help(self, lender, borrower):
        number = offered(lender)
        addresses = [*OPEN_PAGES, "/loans/", "/loans/WLD-0001/", f"/cases/{number}/", "/nowhere/"]
        addresses += [f"/cases/{number}/offers/", f"/apply/{number}/evidence/"]
        inline = re.compile(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=")
        for address in addresses:
            page = borrower.get(address, follow=True).content.decode()

            assert not inline.search(page), address
            assert "需要真人帮助" in page, address
            assert "核验官方身份" in page, address
            assert page.count("<h1") == 1, address

    def test_keeps_its_place_when_the_language_changes(self, borrower):
        page = borrower.get("/loans/WLD-0001/").content.decode()
        assert 'name="next" value="/loans/WLD-0001/"' in page

        answer = borrower.post("/language/", {"language": "en", "next": "/loans/WLD-0001/"})

        assert answer.headers["Location"] == "/loans/WLD-0001/"
        assert "If nothing changes" in borrower.get("/loans/WLD-0001/").content.decode()

    def test_can_be_read_in_larger_type(self, borrower):
        answer = borrower.post("/type/", {"type": "large", "next": "/loans/"})

        assert answer.headers["Location"] == "/loans/"
        assert 'data-type="large"' in borrower.get("/loans/").content.decode()
        borrower.post("/type/", {"type": "large", "next": "word"})
        borrower.post("/type/", {"type": "", "next": "//evil.example/"})
        assert "data-type" not in borrower.get("/loans/").content.decode()

    @pytest.mark.parametrize("name", ["%00", "a%20b", "..%2f..%2fetc", "'--", "x" * 41])
    def test_has_no_address_that_the_lender_would_not_write(self, borrower, name):
        for path in (f"/cases/{name}/", f"/loans/{name}/", f"/apply/{name}/cause/"):
            assert borrower.get(path).status_code == 404

    def test_takes_a_key_with_a_nul(self, borrower):
        answer = borrower.post("/loans/WLD-0001/apply/", {"key": "a\x00b"})

        assert answer.status_code == 302

    def test_sets_the_language_of_messages_to_the_phone(self, lender, english):
        english.get("/loans/")

        lender.borrower.refresh_from_db()
        assert lender.borrower.language == "en"


class TestErrorPages:
    @pytest.mark.parametrize(
        ("template", "said"),
        [
            ("403.html", "这个页面现在打不开"),
            ("403_csrf.html", "页面打开的时间太久了"),
            ("404.html", "没有找到这个页面"),
            ("500.html", "抱歉，我们这边出了问题"),
        ],
    )
    def test_say_in_plain_words_what_happened_to_the_answers(self, template, said):
        # Django draws some of them without a request.
        with translation.override("zh-hans"):
            page = render_to_string(template)

        assert said in page
        assert "需要真人帮助" in page
        assert re.search("已经保存|都还在|不会丢|再试", page)
