"""POST /api/v1/plan: the command's own answer, and every way to be turned away."""

import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from tideover.app.api import description, plan
from tideover.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "policy_cases"
EXAMPLE = (ROOT / "examples" / "household.yaml").read_text(encoding="utf-8")


def households() -> list[tuple[str, str]]:
    """Every worked household of the policy cases as the file a person would write."""
    return [
        (case["name"], yaml.safe_dump(_file_of(case), allow_unicode=True))
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        if "loan" in case and "household" in case
    ]


def _file_of(case: dict[str, Any]) -> dict[str, Any]:
    loan, home = case["loan"], case["household"]
    debt = {
        key: str(loan[key])
        for key in ("product", "principal", "daily_rate", "fee_rate", "disbursed")
        if key in loan
    }
    debt |= {"name": "loan", "instalments": loan["instalments"]}
    others = [
        {"name": f"other {place}", "balance": "1000", "monthly_payment": str(one["monthly"])}
        for place, one in enumerate(home.get("debts", ()))
    ]
    return {
        "as_of": str(case["day"]),
        "income": [
            {"name": "work", **{key: str(value) for key, value in one.items() if key != "kind"}}
            for one in home.get("income", ())
        ],
        "outgoings": [
            {"category": category, "monthly": str(monthly)}
            for category, monthly in home.get("outgoings", {}).items()
        ],
        "debts": [debt, *others],
        "wish": {key: str(value) for key, value in case.get("wish", {}).items()},
    }


def post(caller, body: str | bytes, *, address="/api/v1/plan", kind="application/yaml", **more):
    return caller.post(address, body, content_type=kind, **more)


HOUSEHOLDS = households()


class TestTheSameEngine:
    @pytest.mark.parametrize(
        ("name", "text"), HOUSEHOLDS, ids=[str(place) for place in range(len(HOUSEHOLDS))]
    )
    def test_answers_as_the_command_byte_for_byte(self, caller, tmp_path, capsysbinary, name, text):
        path = tmp_path / "home.yaml"
        path.write_text(text, encoding="utf-8")

        status = main(["plan", str(path), "--json", "--lang", "zh"])

        printed = capsysbinary.readouterr().out
        answer = post(caller, text, address="/api/v1/plan?lang=zh")
        assert (status, answer.status_code) == (0, 200), (name, answer.content.decode())
        assert answer.content == printed

    def test_covers_the_worked_households(self):
        assert len(HOUSEHOLDS) >= 12

    def test_reads_json_as_the_yaml_it_is(self, caller):
        told = json.dumps(yaml.load(EXAMPLE, Loader=yaml.BaseLoader))

        answer = post(caller, told, kind="application/json; charset=utf-8")

        assert answer.content == post(caller, EXAMPLE).content

    @pytest.mark.parametrize(("language", "word"), [("en", "Fits"), ("zh-CN", "更符合")])
    def test_speaks_the_callers_language(self, caller, language, word):
        answer = post(caller, EXAMPLE, headers={"Accept-Language": language})

        assert word in answer.content.decode()
        assert answer.headers["Content-Language"] == language[:2]


class TestProblems:
    def test_are_all_named_with_line_key_and_value(self, caller):
        text = EXAMPLE.replace("as_of: 2026-11-23", "as_of: 2026-13-45\nholiday: yes")

        answer = post(caller, text, address="/api/v1/plan?lang=en")

        told = answer.json()
        assert answer.status_code == 422
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (told["status"], told["code"]) == (422, "bad-plan-file")
        line = text.splitlines().index("as_of: 2026-13-45") + 1
        found = {(one["line"], one["key"], one["value"]) for one in told["problems"]}
        assert found == {(line, "as_of", "2026-13-45"), (line + 1, "holiday", "yes")}

    def test_are_said_in_chinese_too(self, caller):
        told = post(caller, "as_of: 2026-11-23", address="/api/v1/plan?lang=zh").json()

        assert told["problems"][0]["detail"] == "缺少"

    def test_of_a_day_before_the_policy_are_refused_with_a_code(self, caller):
        text = EXAMPLE.replace("as_of: 2026-11-23", "as_of: 1999-01-01")

        answer = post(caller, text)

        assert answer.status_code == 422
        assert answer.json()["code"]

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            (b"\xff\xfe\x00", 400, "not-utf-8"),
            (b"", 422, "bad-plan-file"),
            (b"[" * 50_000, 422, "bad-plan-file"),
            (b"a: &a [1]\nb: [*a]", 422, "bad-plan-file"),
            (b"x" * 300_000, 413, "too-large"),
        ],
    )
    def test_of_a_hostile_body_are_answered_quickly(self, caller, body, status, code):
        began = time.perf_counter()
        answer = post(caller, body)

        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert time.perf_counter() - began < 3

    def test_of_more_work_than_one_answer_is_worth_are_named(self, caller):
        debts = "".join(
            f"  - {{name: d{n}, product: weilidai, daily_rate: 0.0004, principal: 9000,"
            f" disbursed: 2026-08-03, instalments: 200}}\n"
            for n in range(7)
        )

        answer = post(caller, f"as_of: 2026-11-23\ndebts:\n{debts}")

        assert (answer.status_code, answer.json()["code"]) == (422, "too-much-work")
        assert "1400 instalments" in answer.json()["detail"]

    def test_of_a_busy_service_say_when_to_come_back(self, caller, settings):
        settings.API_PLAN_WAIT_SECONDS = 0
        held = [plan._AT_ONCE.acquire(blocking=False) for _ in range(settings.API_PLANS_AT_ONCE)]

        busy = post(caller, EXAMPLE)
        for _ in held:
            plan._AT_ONCE.release()

        assert all(held)
        assert (busy.status_code, busy.json()["code"]) == (503, "busy")
        assert post(caller, EXAMPLE).status_code == 200

    def test_of_the_request_itself_have_codes(self, caller):
        get = caller.get("/api/v1/plan")
        form = post(caller, "a=1", kind="application/x-www-form-urlencoded")

        assert (get.status_code, get.headers["Allow"]) == (405, "POST")
        assert form.status_code == 415


class TestAccess:
    def test_needs_a_token_outside_the_demo(self, caller, settings):
        settings.DEMO = False
        settings.API_TOKEN_DIGESTS = (sha256(b"a long token").hexdigest(),)

        without = post(caller, EXAMPLE)
        wrong = post(caller, EXAMPLE, headers={"Authorization": "Bearer another"})
        right = post(caller, EXAMPLE, headers={"Authorization": "Bearer a long token"})

        assert [one.status_code for one in (without, wrong, right)] == [401, 401, 200]
        assert without.headers["WWW-Authenticate"] == "Bearer"

    def test_is_closed_outside_the_demo_without_any_token(self, caller, settings):
        settings.DEMO = False

        assert post(caller, "", headers={"Authorization": "Bearer "}).status_code == 401

    def test_counts_the_plans_of_a_caller_by_the_minute(self, caller, settings, monkeypatch):
        settings.API_PLANS_PER_MINUTE = 2

        statuses = [post(caller, "").status_code for _ in range(3)]
        other = post(caller, "", REMOTE_ADDR="10.0.0.9")
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:31:00+08:00")

        assert statuses == [422, 422, 429]
        assert other.status_code == 422
        assert post(caller, "").status_code == 422


class TestPrivacy:
    def test_keeps_nothing_and_logs_no_word_of_it(self, caller, capfd):
        answer = post(caller, EXAMPLE.replace("Weilidai", "演示·王某的贷款"))

        told = capfd.readouterr()
        assert answer.status_code == 200
        assert "演示·王某" not in told.err + told.out
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
        parts = answer.headers["Content-Security-Policy"].split("; ")
        assert sorted(parts) == ["default-src 'none'", "frame-ancestors 'none'"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def unlike(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """Return where a value differs from its schema; enough of JSON Schema for ours."""
    if "anyOf" in schema:
        found = [unlike(value, one, where) for one in schema["anyOf"]]
        return [] if not all(found) else found[0]
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    kind = types.get(schema.get("type", ""))
    if schema.get("type") == "null":
        return [] if value is None else [where]
    if kind is None or type(value) is not kind:
        return [f"{where} is {value!r}"]
    if kind is list:
        return [
            fault
            for place, one in enumerate(value)
            for fault in unlike(one, schema["items"], f"{where}[{place}]")
        ]
    if kind is not dict or "properties" not in schema:
        return []
    known = schema["properties"]
    faults = [f"{where}.{key} is not described" for key in set(value) - set(known)]
    faults += [f"{where}.{key} is missing" for key in set(schema["required"]) - set(value)]
    return faults + [
        fault
        for key in set(value) & set(known)
        for fault in unlike(value[key], known[key], f"{where}.{key}")
    ]


class TestDescription:
    @pytest.mark.parametrize("text", [EXAMPLE, *(text for _, text in HOUSEHOLDS[:4])])
    def test_describes_every_answer(self, caller, text):
        assert not unlike(post(caller, text).json(), description.ANSWER)

    def test_describes_every_problem(self, caller):
        for body in ("a: 1", ""):
            assert not unlike(post(caller, body).json(), description.PROBLEM)
        assert not unlike(caller.get("/api/v1/plan").json(), description.PROBLEM)

    def test_names_every_key_that_the_reader_knows(self):
        from tideover.offers.plan_file.debts import FULL, SIMPLE
        from tideover.offers.plan_file.situation import TOP

        told = description.HOUSEHOLD["properties"]
        simple, full = told["debts"]["items"]["oneOf"]
        assert set(told) == set(TOP)
        assert set(simple["properties"]) == set(SIMPLE)
        assert set(full["properties"]) == set(FULL)

    def test_is_served_and_kept_beside_the_reference(self, caller):
        served = caller.get("/api/v1/openapi.json")

        kept = (ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8")
        assert served.content.decode() == kept == description.text()
