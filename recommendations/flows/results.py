# SPDX-License-Identifier: EUPL-1.2
"""What a committee's result means for the recommendation behind the paper."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.flows import record
from committees.models import ConsultationRole, Result
from recommendations import events
from recommendations.flows.locking import locked
from recommendations.models import Status

AGREED = (Result.UNCHANGED, Result.CHANGED)


@transaction.atomic
def follow_result(consultation, *, by):
    """Resolved once every deciding body has agreed; stopped when one of them rejects; otherwise it stays on its way.

    Advice, hearings and what was noted move nothing: only the authoritative stops do. A stop that was adjourned or
    referred has a later stop of the same body, whose result counts instead.
    """
    recommendation = getattr(consultation.paper, "recommendation", None)
    if recommendation is None or consultation.role != ConsultationRole.DECISION:
        return None
    recommendation = locked(recommendation)
    if recommendation.status != Status.IN_COMMITTEE:
        return recommendation
    about = {"committee": str(consultation.committee), "result": str(consultation.get_result_display())}
    if consultation.result == Result.REJECTED:
        return _move(recommendation, Status.STOPPED, by, _("%(committee)s: %(result)s.") % about)
    deciding = consultation.paper.consultations.filter(role=ConsultationRole.DECISION)
    waiting = deciding.exclude(result__in=(*AGREED, Result.ADJOURNED, Result.REFERRED))
    if consultation.result in AGREED and not waiting.exists():
        return _move(recommendation, Status.RESOLVED, by, _("%(committee)s: %(result)s.") % about)
    return recommendation


def _move(recommendation, status, by, note):
    recommendation.status = status
    recommendation.save(update_fields=["status", "changed_at"])
    record(events.ADVANCED, recommendation, by=by, status=str(status.label), note=note)
    return recommendation
