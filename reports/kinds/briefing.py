# SPDX-License-Identifier: EUPL-1.2
"""The briefing of a paper: what a committee decides about, on page one. Its public variant holds no non-public text."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.series import from_json
from recommendations.models import Position
from reports import permissions
from reports.kinds import Kind


def build(paper, variant, options):
    """The content of a paper's briefing; dates and names as they are printed, texts as they were written."""
    recommendation = getattr(paper, "recommendation", None)
    full = variant == "full"
    annexes = list(paper.annexes.all())
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "unit": settings.UNIT_NAME,
        "unit_position": settings.UNIT_POSITION,
        "demo": settings.DEMO,
        "variant": str(variant),
        "paper": {
            "reference": paper.reference,
            "type": str(paper.get_paper_type_display()),
            "title": paper.title,
            "date": _day(paper.date),
            "file_reference": paper.file_reference,
            "lead": str(paper.lead_department),
            "lead_code": paper.lead_department.code,
            "involved": ", ".join(department.code for department in paper.involved_departments.all()),
            "is_public": paper.is_public,
            "non_public_reason": paper.non_public_reason,
            "resolution": paper.resolution_items,
        },
        "consultations": [
            _consultation(one) for one in paper.consultations.select_related("committee", "agenda_item__meeting")
        ],
        "annexes": [
            {
                "number": annex.position,
                "is_public": annex.is_public,
                "title": annex.title if annex.is_public or full else "",
                "body": annex.body if annex.is_public or full else "",
                "reason": annex.non_public_reason if full else "",
            }
            for annex in annexes
        ],
        "recommendation": _recommendation(recommendation) if recommendation else None,
    }


def _day(value):
    return date_format(value, "d.m.Y") if value else ""


def _consultation(consultation):
    item = consultation.agenda_item
    number = ""
    if item:
        number = f"{item.number}, {_('public') if item.is_public else _('non-public')}"
    return {
        "committee": consultation.committee.name,
        "mandate": consultation.committee.mandate,
        "role": str(consultation.get_role_display()),
        "decides": consultation.role == "decision",
        "meeting": _day(timezone.localdate(item.meeting.start)) if item else _("not fixed"),
        "item": number,
        "result": str(consultation.get_result_display()),
        "text": consultation.resolution_text,
    }


def _recommendation(recommendation):
    decision = recommendation.approval
    approved = decision.content if decision else {}
    return {
        "claim": approved.get("claim", recommendation.claim),
        "summary": recommendation.summary_items,
        "rationale": approved.get("rationale", recommendation.rationale),
        "alternatives": [list(row) for row in recommendation.alternative_items],
        "financial_impact": recommendation.financial_impact,
        "impact_assessment": recommendation.impact_assessment,
        "participation": recommendation.participation,
        "level": str(recommendation.get_responsible_level_display()),
        "effect_target": recommendation.effect_target,
        "effect_review": date_format(recommendation.effect_review_on, "F Y") if recommendation.effect_review_on else "",
        "approval": {
            "signature": decision.signature,
            "department": decision.department_label,
            "date": _day(timezone.localdate(decision.at)),
            "reason": decision.reason,
            "sha256": decision.content_sha256,
        }
        if decision
        else None,
        "evidence": [_evidence(one) for one in recommendation.evidence.select_related("pinned_by")],
        "statements": [
            _statement(one) for one in recommendation.statements.select_related("department", "actor", "mediation")
        ],
        "measures": [
            {"title": measure.title, "department": measure.department.code, "due": _day(measure.due_on)}
            for measure in recommendation.measures.select_related("department")
        ],
    }


def _evidence(evidence):
    return {
        "name": evidence.name,
        "value": None if evidence.value is None else str(evidence.value),
        "sign": evidence.sign,
        "quality": evidence.quality,
        "unit": evidence.unit,
        "decimals": evidence.decimals,
        "period": evidence.period,
        "region": evidence.region_name,
        "comparison": evidence.comparison,
        "series": evidence.series,
        "table": evidence.table_code,
        "source": evidence.source_label,
        "as_of": evidence.as_of,
        "pinned_by": evidence.pinned_by.name,
        "pinned_at": _day(timezone.localdate(evidence.pinned_at)),
        "reading_example": evidence.reading_example,
    }


SHAPES = {Position.AGREE: "yes", Position.REMARKS: "half", Position.DISAGREE: "no", Position.NONE: ""}


def _statement(statement):
    silent = statement.position == Position.NONE
    text = statement.remarks
    if silent:
        text = _("Deadline %(day)s; does not count as consent.") % {"day": _day(statement.due_on)}
    if mediation := getattr(statement, "mediation", None):
        outcome = {"day": _day(mediation.held_on), "outcome": mediation.outcome}
        text = f"{text} " + _("Mediation on %(day)s: %(outcome)s") % outcome
    return {
        "body": str(statement.body),
        "position": str(statement.get_position_display()),
        "shape": SHAPES[Position(statement.position)],
        "dissent": statement.position == Position.DISAGREE,
        "text": text or _("no remark"),
    }


def context(content):
    recommendation = content["recommendation"]
    evidence = recommendation["evidence"][0] if recommendation and recommendation["evidence"] else None
    return {
        "evidence": evidence,
        "series": from_json(evidence["series"]) if evidence else [],
        "has_secret": any(not annex["is_public"] and annex["body"] for annex in content["annexes"]),
    }


KIND = Kind(
    code="briefing",
    label=pgettext_lazy("kind of document", "Briefing"),
    subject="committees.Paper",
    template="print/briefing.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=permissions.can_order,
)
