# SPDX-License-Identifier: EUPL-1.2
"""A non-public paper tells nobody its title: not by its agenda item, not by the paper it supplements."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import flows
from core.errors import WrongState
from tests.sessions import invited


@pytest.fixture
def jha(make_committee):
    return make_committee(kind="youth_welfare")


@pytest.fixture
def meeting(jha, make_meeting):
    return make_meeting(jha)


@pytest.fixture
def closed(office, lead):
    return flows.create_paper(
        by=office,
        title="KANARIE-Titel",
        paper_type="decision",
        lead_department=lead,
        proposed_resolution="Beschluss",
        is_public=False,
        non_public_reason="berechtigte Interessen Einzelner",
    )


def test_a_non_public_paper_comes_on_no_public_item(client, office, head, jha, meeting, closed):
    with pytest.raises(WrongState):
        flows.put_on_agenda(meeting, closed, by=head, number="1", is_public=True)
    public = flows.add_agenda_item(meeting, by=office, number="2", title="Verschiedenes")
    with pytest.raises(WrongState):
        flows.schedule(closed, by=head, committee=jha, role="decision", agenda_item=public)
    stop = flows.schedule(closed, by=head, committee=jha, role="decision")
    with pytest.raises(WrongState):
        flows.place(stop, by=head, agenda_item=public)
    client.force_login(head)
    for number in ("3", "2"):
        forged = {"meeting": meeting.pk, "role": "decision", "number": number, "is_public": "on", "confirm": "on"}
        client.post(reverse("committees:consultation_create", args=[closed.pk]), forged)
    assert list(meeting.agenda_items.values_list("title", flat=True)) == ["Verschiedenes"]
    assert not closed.consultations.filter(agenda_item__isnull=False).exists()


def test_a_paper_on_a_public_item_does_not_become_non_public_behind_it(office, head, lead, meeting, jha):
    paper = flows.create_paper(
        by=office, title="Titel", paper_type="decision", lead_department=lead, proposed_resolution="Beschluss"
    )
    item = flows.put_on_agenda(meeting, paper, by=head, number="1")
    flows.schedule(paper, by=head, committee=jha, role="decision", agenda_item=item)
    closing = {"is_public": False, "non_public_reason": "berechtigte Interessen Einzelner"}
    with pytest.raises(WrongState):
        flows.edit_paper(paper, by=head, **closing)
    flows.edit_agenda_item(item, by=office, **closing)
    assert not flows.edit_paper(paper, by=head, **closing).is_public


def test_a_supplement_that_a_member_may_not_see_is_not_named_on_the_paper_it_supplements(
    client, office, head, lead, meeting, jha, make_member
):
    paper = flows.create_paper(
        by=office, title="Titel", paper_type="decision", lead_department=lead, proposed_resolution="Beschluss"
    )
    item = flows.put_on_agenda(meeting, paper, by=head, number="1")
    flows.schedule(paper, by=head, committee=jha, role="decision", agenda_item=item)
    closing = {"is_public": False, "non_public_reason": "berechtigte Interessen Einzelner"}
    flows.supplement_paper(paper, by=head, title="KANARIE-Nachtrag", proposed_resolution="Beschluss", **closing)
    invited(meeting, by=office)
    member = make_member(jha, start_on=timezone.localdate() - timedelta(days=1))
    for user, sees in ((member, False), (head, True)):
        client.force_login(user)
        page = client.get(paper.get_absolute_url())
        assert page.status_code == 200
        assert ("KANARIE-Nachtrag" in page.content.decode()) is sees
