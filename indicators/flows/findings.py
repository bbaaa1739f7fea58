# SPDX-License-Identifier: EUPL-1.2
"""Findings: sentences about values as they were released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from activity.events import REFUSED
from activity.flows import logs_refusals, nothing, record, without
from indicators import events, permissions
from indicators.models import Finding
from indicators.series import deliveries_of

if TYPE_CHECKING:
    from accounts.models import User
    from indicators.series import Snapshot


@logs_refusals(REFUSED, about=nothing)
@without(lock="a finding is made new, of values as they are")
@transaction.atomic
def note_finding(pinned: Snapshot, *, by: User, text: str = "") -> Finding:
    """Write down what a figure says; ``pinned`` is the snapshot it speaks of, kept as it is now."""
    permissions.can_note_finding(by).enforce()
    return keep_finding(pinned, by=by, text=text)


@without(
    lock="a finding is made new, of values as they are",
    verdict="the flow that it is part of has asked",
    refusals="the flow that it is part of notes them",
)
def keep_finding(pinned: Snapshot, *, by: User, text: str = "") -> Finding:
    """Keep the values somebody's text stands on, as a finding of theirs; the caller has checked who they are."""
    finding = Finding.objects.create(
        key_figure=pinned.key_figure,
        region_key=pinned.region_key,
        region_name=pinned.region_name,
        text="" if text == pinned.sentence else text,
        value=pinned.value,
        sign=pinned.sign,
        quality=pinned.quality,
        period=pinned.period,
        comparison_key=pinned.comparison_key,
        series=pinned.series,
        author=by,
    )
    keys = [key for key in (pinned.region_key, pinned.comparison_key) if key]
    finding.imports.set(deliveries_of(pinned.key_figure, keys))
    record(events.FINDING_NOTED, pinned.key_figure, by=by, finding=finding.pk)
    return finding
