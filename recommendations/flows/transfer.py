# SPDX-License-Identifier: EUPL-1.2
"""Another lead department: proposed, released by the present one, accepted by the new one."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, cast

from django.db import transaction

from activity.flows import logs_refusals, record
from committees import flows as committees
from core import clock
from core.errors import WrongState
from core.sentences import sentence as _
from recommendations import events, permissions
from recommendations.flows.locking import close_round, keep_version, locked, signature_of
from recommendations.lifecycle import RECOMMENDATION, TRANSFER
from recommendations.models import LeadTransfer, Origin

if TYPE_CHECKING:
    from accounts.models import Department, User
    from recommendations.models import Recommendation


@logs_refusals(events.STEP_REFUSED)
@transaction.atomic
def propose_transfer(
    recommendation: Recommendation, *, by: User, to_department: Department, reason: str
) -> LeadTransfer:
    """Propose another lead. The head of the present lead who proposes it has thereby released the lead."""
    recommendation = locked(recommendation)
    permissions.can_propose_transfer(by, recommendation).enforce()
    if to_department == recommendation.lead_department:
        raise WrongState(_("This department has the lead already."))
    transfer = LeadTransfer.objects.create(
        recommendation=recommendation,
        from_department=cast("Department", recommendation.lead_department),
        to_department=to_department,
        reason=_needed(reason),
        proposed_by=by,
        proposed_by_label=signature_of(by, recommendation.lead_department),
    )
    record(
        events.TRANSFER_PROPOSED,
        recommendation,
        by=by,
        **_about(transfer),
        reason=transfer.reason,
        keeps=[transfer],
    )
    if permissions.can_release_lead(by, transfer):
        _release(transfer, by)
    return transfer


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def release_lead(transfer: LeadTransfer, *, by: User) -> LeadTransfer:
    """The present lead department lets the lead go."""
    transfer = _locked(transfer)
    permissions.can_release_lead(by, transfer).enforce()
    _release(transfer, by)
    return _settle(transfer, by)


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def accept_lead(transfer: LeadTransfer, *, by: User) -> LeadTransfer:
    """The new department takes the lead."""
    transfer = _locked(transfer)
    permissions.can_accept_lead(by, transfer).enforce()
    transfer.accepted_by, transfer.accepted_at = by, clock.now()
    transfer.accepted_by_label = signature_of(by, transfer.to_department)
    transfer.save(update_fields=["accepted_by", "accepted_by_label", "accepted_at"])
    record(
        events.LEAD_ACCEPTED,
        transfer.recommendation,
        by=by,
        **_about(transfer),
        signature=transfer.accepted_by_label,
        keeps=[transfer],
    )
    return _settle(transfer, by)


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def refuse_transfer(transfer: LeadTransfer, *, by: User, reason: str) -> LeadTransfer:
    """One of the two departments does not agree; the lead stays where it is."""
    transfer = _locked(transfer)
    permissions.can_refuse_transfer(by, transfer).enforce()
    department = next(
        one for one in (transfer.to_department, transfer.from_department) if permissions.decides_for(by, one)
    )
    transfer.refused_by, transfer.refusal_reason = by, _needed(reason)
    transfer.refused_by_label = f"{signature_of(by, department)}, {department.code}"
    _close(transfer, "refuse")
    record(
        events.TRANSFER_REFUSED,
        transfer.recommendation,
        by=by,
        **_about(transfer),
        signature=transfer.refused_by_label,
        reason=transfer.refusal_reason,
        keeps=[transfer],
    )
    return transfer


@logs_refusals(events.STEP_REFUSED, about=attrgetter("recommendation"))
@transaction.atomic
def withdraw_transfer(transfer: LeadTransfer, *, by: User) -> LeadTransfer:
    """The proposal is taken back; the lead stays where it is."""
    transfer = _locked(transfer)
    permissions.can_withdraw_transfer(by, transfer).enforce()
    _close(transfer, "withdraw")
    record(events.TRANSFER_WITHDRAWN, transfer.recommendation, by=by, **_about(transfer), keeps=[transfer])
    return transfer


def _locked(transfer: LeadTransfer) -> LeadTransfer:
    """The proposal as it is now; the recommendation is locked before it, as everywhere."""
    recommendation = locked(transfer.recommendation)
    transfer = LeadTransfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    transfer.recommendation = recommendation
    return transfer


def _release(transfer: LeadTransfer, by: User) -> None:
    transfer.released_by, transfer.released_at = by, clock.now()
    transfer.released_by_label = signature_of(by, transfer.from_department)
    transfer.save(update_fields=["released_by", "released_by_label", "released_at"])
    record(
        events.LEAD_RELEASED,
        transfer.recommendation,
        by=by,
        **_about(transfer),
        signature=transfer.released_by_label,
        keeps=[transfer],
    )


def _settle(transfer: LeadTransfer, by: User) -> LeadTransfer:
    """Once both have agreed the lead changes; a submission starts anew, and an approval no longer holds."""
    if not (transfer.released_at and transfer.accepted_at):
        return transfer
    _close(transfer, "settle")
    recommendation, voided = transfer.recommendation, transfer.recommendation.approval
    close_round(recommendation)
    recommendation.lead_department = transfer.to_department
    if RECOMMENDATION.allows("transfer", recommendation):  # a draft goes on as it is
        RECOMMENDATION.take("transfer", recommendation)
    recommendation.approval = recommendation.deferred_until = None
    recommendation.version += 1
    recommendation.save()
    recommendation.involved_departments.remove(transfer.to_department)
    recommendation.involved_departments.add(transfer.from_department)  # who had the lead may still read it
    signature = f"{transfer.released_by_label}, {transfer.accepted_by_label}"
    version = keep_version(recommendation, by=by, signature=signature, origin=Origin.TRANSFER)
    record(
        events.LEAD_TRANSFERRED,
        recommendation,
        by=by,
        **_about(transfer),
        version=recommendation.version,
        reason=transfer.reason,
        keeps=[transfer, version],
    )
    if voided and recommendation.paper:
        committees.take_off_agendas(recommendation.paper, by=by)
    if voided:
        record(events.APPROVAL_VOIDED, recommendation, by=by, reason=transfer.reason, version=voided.version)
    return transfer


def _close(transfer: LeadTransfer, step: str) -> None:
    TRANSFER.take(step, transfer)
    transfer.settled_at = clock.now()
    transfer.save()


def _about(transfer: LeadTransfer) -> dict[str, Department]:
    return {"former": transfer.from_department, "department": transfer.to_department}


def _needed(reason: str) -> str:
    if not reason.strip():
        raise WrongState(_("Please write down the reason. It goes to both departments and into the record."))
    return reason.strip()
