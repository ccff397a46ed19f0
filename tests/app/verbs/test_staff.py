"""Accounts of staff: made with a good password, moved at once, closed, all of it logged."""

import pytest

from tideover.app.db import log
from tideover.app.db.models import Account
from tideover.app.verbs import staff
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import ROLES_WITH, Right, may

pytestmark = pytest.mark.django_db

GOOD = "four quiet boats at noon"


class TestAdd:
    def test_makes_an_account_and_tells_the_log(self, db):
        account = staff.add("li.hua", role="auditor", password=GOOD, name="演示·李华")

        assert account.check_password(GOOD)
        assert [(one.kind, dict(one.body)) for one in log.read("staff")] == [
            ("staff.added", {"login": "li.hua", "role": "auditor"})
        ]

    @pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaaaa", "li.hua li.hua li.hua x"])
    def test_refuses_what_is_easily_guessed(self, db, password):
        with pytest.raises(staff.PasswordRefused):
            staff.add("li.hua", role="agent", password=password)
        assert not Account.objects.exists()

    @pytest.mark.parametrize("login", ["", "L", "王", "a b", "../x", "a" * 60])
    def test_refuses_names_that_nobody_can_type(self, db, login):
        with pytest.raises(staff.LoginRefused):
            staff.add(login, role="agent", password=GOOD)

    def test_refuses_a_name_that_is_taken(self, db):
        staff.add("li.hua", role="agent", password=GOOD)

        with pytest.raises(staff.LoginRefused, match="is taken"):
            staff.add("li.hua", role="agent", password=GOOD)

    @pytest.mark.parametrize("role", ["borrower", "king", ""])
    def test_refuses_what_is_no_role_of_staff(self, db, role):
        with pytest.raises(staff.NotAStaffRole):
            staff.add("li.hua", role=role, password=GOOD)


class TestChanges:
    def test_a_role_and_the_end_of_an_account(self, db):
        staff.add("li.hua", role="agent", password=GOOD)

        moved = staff.change_role("li.hua", role="finance")
        assert may(moved, Right.BOOK_PAYMENTS)
        assert not may(moved, Right.WORK_CASES)

        closed = staff.close("li.hua")
        assert not any(may(closed, right) for right in Right)

    def test_find_nobody_of_an_unknown_name(self, db):
        with pytest.raises(staff.NoSuchStaff):
            staff.close("nobody")


class TestRights:
    def test_an_auditor_changes_nothing(self):
        writes = (
            Right.WORK_CASES,
            Right.CLOSE_FLAGS,
            Right.APPROVE,
            Right.BOOK_PAYMENTS,
        )

        assert not [right for right in writes if "auditor" in ROLES_WITH[right]]

    def test_maker_is_not_checker(self):
        assert not ROLES_WITH[Right.WORK_CASES] & ROLES_WITH[Right.APPROVE]

    def test_every_right_is_somebodys_and_no_borrowers(self):
        assert set(ROLES_WITH) == set(Right)
        assert not [
            right for right, roles in ROLES_WITH.items() if "borrower" in roles or not roles
        ]

    def test_who_works_here_is_not_for_agents(self, lender):
        with pytest.raises(NotFound):
            staff.everybody(lender.agent)
