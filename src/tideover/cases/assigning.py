"""Who works on a case: given to an agent by somebody else, or given back to the queue.

Who may do so is a matter of roles, which the service knows; here stands what is then so.
"""

from tideover.cases.case import Case
from tideover.cases.commands import Assign, Release
from tideover.cases.decisions import Events
from tideover.cases.events import CaseAssigned, CaseReleased
from tideover.cases.refusals import ReviewByAnother


def assign(case: Case, command: Assign) -> Events:
    """Return that the case is given to the agent, and nothing when the agent has it already."""
    if case.agent == command.agent:
        return ()
    if case.refused_by == command.agent:
        raise ReviewByAnother(case)
    return (CaseAssigned(command.agent, at=command.at, actor=command.actor),)


def release(case: Case, command: Release) -> Events:
    """Return that the case goes back to the queue, and nothing when nobody has it."""
    if case.agent is None:
        return ()
    return (CaseReleased(at=command.at, actor=command.actor),)
