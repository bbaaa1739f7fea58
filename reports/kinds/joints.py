# SPDX-License-Identifier: EUPL-1.2
"""What documents take from parts of the house that may not be there: nothing stands where nothing is recorded."""

from django.apps import apps

from reports.kinds.parts import day


def _model(app, name):
    """A model, or None where this version of the house does not have it."""
    try:
        return apps.get_model(app, name)
    except LookupError:
        return None


def open_questions(meeting):
    """The questions of earlier meetings of a committee that wait for an answer: ``[{"text", "asked", "due"}]``."""
    question = _model("committees", "Question")
    if question is None or meeting is None:
        return []
    return [
        {
            "text": str(getattr(one, "text", one)),
            "asked": day(one.meeting.start) if getattr(one, "meeting", None) else "",
            "is_public": getattr(one, "is_public", True),
            "due": day(getattr(one, "due_on", None)),
        }
        for one in question.objects.open_before(meeting)
    ]


def biased_members(consultation):
    """How many members take no part in an item because of bias; None where nothing is recorded."""
    item = consultation.agenda_item
    for name in ("conflicts", "conflicts_of_interest", "biases"):
        found = getattr(item, name, None) if item else None
        if found is not None:
            return found.count()
    return None


def enquiries(year):
    """How many enquiries the office answered in a year; None where they are not recorded."""
    enquiry = _model("tasks", "Enquiry")
    return None if enquiry is None else enquiry.objects.filter(received_on__year=year).count()
