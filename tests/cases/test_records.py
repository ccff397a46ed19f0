from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import story as s
from hypothesis import given
from hypothesis import strategies as st

from tideover.cases import EVENTS, canonical_bytes, event_from_record, event_to_record, fold
from tideover.cases import commands as c
from tideover.cases import events as e
from tideover.cases.records import UnknownEventKind, record_digest
from tideover.cases.table import decide

zones = st.sampled_from([UTC, timezone(timedelta(hours=8))])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
st.register_type_strategy(datetime, st.datetimes(timezones=zones))
WITH_RECORD = (e.OffersGenerated, e.TermsAnswered)
any_event = st.one_of([st.builds(event) for event in EVENTS if event not in WITH_RECORD])
generated = st.one_of(
    [st.builds(event, record=st.dictionaries(st.text(), json_values)) for event in WITH_RECORD]
)


class TestRecords:
    @given(any_event | generated)
    def test_give_back_an_equal_event(self, event):
        assert event_from_record(event_to_record(event)) == event

    @given(any_event | generated)
    def test_give_the_same_bytes_again(self, event):
        once = canonical_bytes(event_to_record(event))
        again = canonical_bytes(event_to_record(event_from_record(event_to_record(event))))

        assert once == again

    def test_are_readable(self):
        (event,) = decide(s.complete(), s.by_borrower(c.Submit, s.DIGEST, s.BY))

        assert event_to_record(event) == {
            "kind": "case.submitted",
            "answers_digest": s.DIGEST,
            "answer_by": "2026-12-04",
            "at": "2026-12-01T09:30:00+00:00",
            "actor": "borrower:7",
        }

    def test_have_a_kind_of_their_own_each(self):
        kinds = [event.kind for event in EVENTS]

        assert len(set(kinds)) == len(kinds)
        assert all(kind.startswith("case.") for kind in kinds)

    def test_refuse_a_kind_nobody_knows(self):
        with pytest.raises(UnknownEventKind, match=r"no case event is called 'case\.sold'"):
            event_from_record({"kind": "case.sold"})

    def test_rebuild_the_case(self):
        case, records = None, []
        for command in (
            s.by_borrower(c.OpenCase, "HC-1001", "WLD-0001"),
            s.by_borrower(c.SaveSection, "cause", s.DIGEST, True),
            s.by_borrower(c.AddEvidence, "E1", "termination", s.DIGEST),
        ):
            for event in decide(case, command):
                records.append(event_to_record(event))
                case = fold([event], case)

        assert fold(event_from_record(record) for record in records) == case


class TestCanonicalBytes:
    def test_do_not_depend_on_the_order_of_keys(self):
        assert canonical_bytes({"b": 1, "a": "逾期"}) == '{"a":"逾期","b":1}'.encode()

    def test_differ_when_anything_does(self):
        submitted = s.submitted()
        event = decide(submitted, s.by_agent(c.Claim))[0]
        later = replace(event, at=event.at + timedelta(microseconds=1))

        assert record_digest(event_to_record(event)) != record_digest(event_to_record(later))
