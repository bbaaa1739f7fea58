# SPDX-License-Identifier: EUPL-1.2
"""What documents take from parts of the house that may not be there: nothing stands where nothing is recorded."""

from django.apps import apps
from django.db.models import Q

from reports.kinds.parts import day


def _model(app, name):
    """A model, or None where this version of the house does not have it."""
    try:
        return apps.get_model(app, name)
    except LookupError:
        return None


def open_questions(meeting):
    """The questions of earlier meetings that this meeting hears about: ``[{"text", "answer", "asked", "is_public"}]``.

    A question is public or not as its agenda item is.
    """
    question = _model("committees", "Question")
    if question is None or meeting is None:
        return []
    asked = question.objects.open_before(meeting).select_related("agenda_item__meeting")
    return [
        {
            "text": one.text,
            "answer": one.answer,
            "asked": day(one.agenda_item.meeting.start),
            "is_public": one.agenda_item.is_public,
        }
        for one in asked
    ]


def biased_members(consultation):
    """How many members take no part because of bias: as recorded with the vote, else as declared; 0 where none did."""
    counted = getattr(consultation, "votes_biased", None)
    if counted is not None:
        return counted
    conflict = _model("committees", "ConflictOfInterest")
    if conflict is None:
        return 0
    here = Q(paper=consultation.paper_id)
    if consultation.agenda_item_id:
        here |= Q(agenda_item=consultation.agenda_item_id)
    declared = conflict.objects.filter(here, withdrawn_at=None, membership__committee=consultation.committee_id)
    return declared.values("membership").distinct().count()


def documents_made(span):
    """How many documents were made between two days."""
    made = _model("reports", "Document") or _model("reports", "Briefing")
    return made.objects.filter(state="ready", finished_at__date__range=span).count()


def enquiries(year):
    """How many enquiries the office answered in a year; None where they are not recorded."""
    enquiry = _model("tasks", "Enquiry")
    return None if enquiry is None else enquiry.objects.filter(received_on__year=year).count()
