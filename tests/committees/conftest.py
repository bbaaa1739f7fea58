# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.utils import timezone

from committees import flows
from committees.models import AttendanceStatus, Membership
from tests.sessions import held

TODAY = timezone.localdate()


@pytest.fixture
def jha(make_committee):
    return make_committee()


@pytest.fixture
def secretary(jha, make_user):
    return make_user("Uwe Pohlmann", keeps=[jha])


@pytest.fixture
def members(jha, make_member):
    """Three voting members with a login: Rühl, Brandt, Aksoy."""
    for name in ("Rühl", "Brandt", "Aksoy"):
        make_member(jha, start_on=TODAY - timedelta(days=400), name=name)
    return {one.person.family_name: one for one in Membership.objects.filter(committee=jha).select_related("person")}


@pytest.fixture
def hold(secretary):
    """Invite to a meeting and hold it."""

    def hold(meeting):
        meeting = held(meeting, by=secretary)
        return meeting

    return hold


@pytest.fixture
def attend(secretary):
    """Record the attendance: everybody named is present, the others are excused."""

    def attend(meeting, present):
        everybody = meeting.committee.memberships.all()
        rows = [
            flows.Presence(one, AttendanceStatus.PRESENT if one in present else AttendanceStatus.EXCUSED)
            for one in everybody
        ]
        return flows.record_attendance(meeting, rows, by=secretary)

    return attend
