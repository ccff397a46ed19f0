"""The register of official channels: two people, dated, and what borrowers see of it."""

import pytest
from django.test import Client
from lender import staff

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import OfficialChannel, Role
from tideover.app.verbs import registry
from tideover.app.verbs.case.screening import judged
from tideover.app.verbs.refusals import NotFound
from tideover.safety import Direction, ScamVerdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(lender):
    return staff("boss", Role.SUPERVISOR)


@pytest.fixture
def admin(lender):
    return staff("admin", Role.ADMINISTRATOR)


def shown() -> dict[str, str]:
    return {entry.kind: entry.value for entry in registry.official(clock.today())}


def seen_by_a_borrower() -> str:
    return Client().get("/official/").content.decode()


class TestTheRegister:
    def test_begins_with_what_the_policy_book_says(self, lender, boss):
        assert shown() == {"hotline": "95384", "wechat": "微粒贷"}
        assert registry.numbers(clock.today()) == ("95384",)
        assert "政策手册" in seen_by_a_borrower()

    def test_shows_an_entry_only_after_a_second_person_verified_it(self, boss, admin):
        registry.enter(boss, "hotline", "4000001111", source="拨打核对", key="e")
        entry = OfficialChannel.objects.get()

        assert shown()["hotline"] == "95384"
        with pytest.raises(registry.SamePerson):
            registry.verify(boss, entry.pk, key="v1")
        registry.verify(admin, entry.pk, key="v2")

        assert shown()["hotline"] == "4000001111"
        page = seen_by_a_borrower()
        assert "4000001111" in page
        assert "演示·admin" in page
        kinds = [event.kind for event in log.read("official-channels")]
        assert kinds == ["official-channel.entered", "official-channel.verified"]

    def test_is_renewed_by_another_and_ended(self, boss, admin):
        for place, value in enumerate(("4000001111", "4000002222")):
            registry.enter(boss, "hotline", value, source="合同", key=f"e{place}")
            entry = OfficialChannel.objects.get(value=value)
            registry.verify(admin, entry.pk, key=f"v{place}")

        assert shown()["hotline"] == "4000002222"
        assert OfficialChannel.objects.filter(ended_at__isnull=True).count() == 1
        registry.end(admin, entry.pk, key="x")
        assert shown()["hotline"] == "95384"

    def test_is_due_again_after_half_a_year(self, boss, admin, monkeypatch):
        registry.enter(boss, "site", "https://lender.example/", source="备案", key="e")
        registry.verify(admin, OfficialChannel.objects.get().pk, key="v")
        (site,) = [one for one in registry.register(boss) if one.kind == "site"]
        assert not site.is_due

        monkeypatch.setenv("TIDEOVER_NOW", "2027-06-01T10:00:00+08:00")
        clock._set_at.cache_clear()
        (site,) = [one for one in registry.register(boss) if one.kind == "site"]
        assert site.is_due

    def test_is_kept_by_few_and_read_by_more(self, lender, boss):
        assert registry.register(lender.agent)
        with pytest.raises(NotFound):
            registry.enter(lender.agent, "hotline", "1", source="x", key="e")
        with pytest.raises(NotFound):
            registry.register(lender.finance)


class TestNumbersInMessages:
    def test_an_unknown_number_is_stopped_and_a_registered_one_is_not(self, boss, admin):
        words = "有疑问请拨打 400-000-1111 联系我们"
        assert judged(words, direction=Direction.OUTBOUND).verdict is ScamVerdict.SCAM

        registry.enter(boss, "hotline", "4000001111", source="合同", key="e")
        registry.verify(admin, OfficialChannel.objects.get().pk, key="v")

        report = judged(words, direction=Direction.OUTBOUND)
        assert "unofficial-number" not in {reason.code for reason in report.reasons}
        assert "4000001111" in judged("在吗", direction=Direction.INBOUND).advice.zh
