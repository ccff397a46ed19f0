import story as s

from tideover.cases import EvidenceOnFile, Table
from tideover.cases import commands as c
from tideover.cases.commands import EvidenceOutcome


class TestOnFile:
    def test_a_paper_has_no_outcome_until_an_agent_has_looked(self):
        (paper,) = s.assessing().evidence

        assert paper == EvidenceOnFile(paper.evidence, paper.need, None)
        mark = s.by_agent(c.MarkEvidence, paper.evidence, EvidenceOutcome.CLEAR)
        assert s.act(s.assessing(), mark).evidence[0].outcome is EvidenceOutcome.CLEAR

    def test_a_table_tells_until_when_its_offers_can_be_accepted(self):
        table = Table(s.DIGEST, ("shortest",), s.OPEN_UNTIL)

        assert table.open_until == s.OPEN_UNTIL
