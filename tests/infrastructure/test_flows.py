# SPDX-License-Identifier: EUPL-1.2
"""Nobody without a role gets past a flow, and no superuser either.

Each flow with ``by`` is called with a thing of the kind it wants and with nothing else, because it asks who may before
it looks at what is given. A flow that is no business of a role stands in ``ANYBODY``, with the reason.
"""

import importlib
import inspect
from types import SimpleNamespace

import pytest
from django.apps import apps

from core.errors import NotAllowed
from tests.constraints import ITEM, a_thing
from tests.services import ROOT

ANYBODY = {
    "accounts.flows.directory.save_settings": "own settings",
    "activity.flows.read": "own notices",
    "activity.flows.read_all": "own notices",
    "activity.flows.record": "what other flows write with",
    "activity.flows.save_recorded": "what other flows save with",
    "committees.flows.attachments.hand_out": "whoever sees the file",
    "committees.flows.calendars.make_calendar": "an own address",
    "committees.flows.calendars.revoke_calendar": "an own address",
    "committees.flows.meetings.follow_move": "follows a saved form",
    "committees.flows.sequence.take_off_agendas": "follows a reopening",
    "committees.flows.sequence.take_path": "asks for each body on the way",
    "indicators.flows.findings.keep_finding": "part of note_finding",
    "indicators.flows.importing.import_file": "None is the command line",
    "indicators.flows.findings.note_finding": "asked with the figure",
    "recommendations.flows.bulk.carry_out": "asks for each one by itself",
    "recommendations.flows.decision.note_attempt": "writes down that somebody tried",
    "recommendations.flows.decision.note_hidden_attempt": "writes down that somebody tried",
    "recommendations.flows.decision.note_refusal": "writes down that somebody tried",
    "recommendations.flows.implementation.follow_measure": "part of report_measure",
    "recommendations.flows.locking.keep_version": "part of edit",
    "recommendations.flows.results.follow_correction": "follows a committee's result",
    "recommendations.flows.results.follow_result": "follows a committee's result",
    "reports.flows.download": "whoever sees it",
}
KINDS = {
    "assignment": "committees.Assignment",
    "attachment": "committees.Attachment",
    "barrier": "core.Feedback",
    "conflict": "committees.ConflictOfInterest",
    "consultation": "committees.Consultation",
    "form": "accounts.Department",
    "delegation": "accounts.Delegation",
    "department": "accounts.Department",
    "document": "reports.Document",
    "candidate": "accounts.DeputyCandidate",
    "grant": "accounts.Grant",
    "accounts.flows.directory.send_link.user": "accounts.User",
    "person": "accounts.User",
    "item": "committees.AgendaItem",
    "kept": "indicators.Import",
    "measure": "recommendations.Measure",
    "meeting": "committees.Meeting",
    "membership": "committees.Membership",
    "minutes": "committees.Minutes",
    "paper": "committees.Paper",
    "question": "committees.Question",
    "recommendation": "recommendations.Recommendation",
    "report": "reports.ActivityReport",
    "retrieval": "indicators.Retrieval",
    "run": "committees.ImportRun",
    "source": "committees.Source",
    "statement": "recommendations.Statement",
    "table": "indicators.Table",
    "task": "tasks.Task",
    "template": "committees.AgendaTemplate",
    "transfer": "recommendations.LeadTransfer",
    "recommendations.flows.measures.remove_step.item": "recommendations.ChecklistItem",
    "committee": "committees.Committee",
    "committees.flows.sequence.place.agenda_item": "committees.AgendaItem",
    "committees.flows.bodies.save_membership.form": "committees.Membership",
    "committees.flows.conflicts.declare_conflict.membership": "committees.Membership",
}
FIELDS = {"consultation": {"agenda_item": ITEM}, "document": {"kind": "activity_report"}}
GIVEN = {
    "answer": "valid",
    "kind_code": "briefing",
    "state": "invited",
    "to": "implementing",
    "kind": "approve",
    "measures": (),
    "reason": "–",
}


def flows():
    """Every function of the flows that says who does it."""
    for path in sorted({*ROOT.glob("*/flows.py"), *ROOT.glob("*/flows/*.py"), *ROOT.glob("*/*_flows.py")}):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in inspect.signature(function).parameters:
                yield f"{module.__name__}.{name}", function


FLOWS = dict(flows())


def test_only_flows_that_are_there_are_anybodys():
    assert set(ANYBODY) <= set(FLOWS)


def given(name, parameter):
    """A thing of the kind that this parameter of the flow wants, saved; None where anything would do."""
    kind = KINDS.get(f"{name}.{parameter}") or KINDS.get(parameter)
    if kind is None:
        return GIVEN.get(parameter)
    thing = a_thing(apps.get_model(kind), FIELDS.get(parameter, {}))
    thing.save()
    return SimpleNamespace(instance=thing) if parameter == "form" else thing


@pytest.mark.parametrize("name", sorted(set(FLOWS) - set(ANYBODY)))
def test_no_flow_lets_pass_who_has_no_role(name, make_user):
    wanted = [one for one in inspect.signature(FLOWS[name]).parameters.values() if one.default is one.empty]
    subjects = [given(name, one.name) for one in wanted if one.kind is one.POSITIONAL_OR_KEYWORD]
    others = {one.name: given(name, one.name) for one in wanted if one.kind is one.KEYWORD_ONLY}
    for user in (make_user("Niemand"), make_user("Über", is_superuser=True)):
        with pytest.raises(NotAllowed):
            FLOWS[name](*subjects, **{**others, "by": user})
