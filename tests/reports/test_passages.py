# SPDX-License-Identifier: EUPL-1.2
"""The page of the yearly report: the coordination writes, the house reads, the log knows."""

import pytest
from django.test import Client
from django.urls import reverse

from activity.models import Event
from core.errors import NotAllowed
from reports import passage_flows
from reports.passages import ActivityReport, Chapter, Passage


@pytest.fixture
def report(office):
    return passage_flows.begin(2026, by=office)


def post(client, report, **typed):
    return client.post(
        report.get_absolute_url(), {str(chapter): "" for chapter in Chapter} | {"key_figure": ""} | typed
    )


def test_a_report_is_begun_once_and_by_the_coordination(office, head):
    assert passage_flows.begin(2025, by=office) == passage_flows.begin(2025, by=office)
    assert Event.objects.filter(kind="activity_report.begun").count() == 1
    with pytest.raises(NotAllowed):
        passage_flows.begin(2024, by=head)


def test_what_is_typed_stands_in_the_report_below_its_numbers(client, office, report):
    client.force_login(office)
    assert post(client, report, mandate="**Stabsstelle** beim\r\n\r\n- Amt", outlook="Mehr.").status_code == 302
    assert Passage.objects.get(chapter="mandate").text == "**Stabsstelle** beim\n\n- Amt"
    page = client.get(report.get_absolute_url()).content.decode()
    assert "<strong>Stabsstelle</strong> beim" in page
    assert 'data-chapter="outlook"' in page
    event = Event.objects.get(kind="activity_report.written")
    assert "Mehr." not in str(event.data)


def test_an_emptied_passage_is_gone_and_saving_the_same_is_no_event(client, office, report):
    client.force_login(office)
    post(client, report, outlook="Mehr.")
    post(client, report, outlook="Mehr.")
    assert Event.objects.filter(kind="activity_report.written").count() == 1
    post(client, report)
    assert not Passage.objects.exists()


def test_the_house_reads_and_does_not_write(client, head, report):
    client.force_login(head)
    page = client.get(report.get_absolute_url())
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert post(client, report, outlook="x").status_code == 403
    assert not Passage.objects.exists()


def test_members_and_strangers_find_no_report(client, report, make_user):
    client.force_login(make_user("Jemand"))
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(reverse("reports:activity_reports")).status_code == 404


def test_a_character_without_a_glyph_is_named_beside_its_chapter(client, office, report):
    client.force_login(office)
    answer = post(client, report, public="Lesen 漢")
    assert answer.status_code == 422
    assert "漢" in answer.context["form"].errors["public"][0]
    assert not Passage.objects.exists()


def test_the_form_on_the_page_really_posts(office, report):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)
    page = client.get(report.get_absolute_url())
    token = page.context["csrf_token"]
    assert post(client, report, outlook="Mehr.", csrfmiddlewaretoken=str(token)).status_code == 302


def test_the_list_offers_the_years_that_can_be_begun(client, office):
    client.force_login(office)
    page = client.get(reverse("reports:activity_reports"))
    for year in page.context["new"]:
        assert client.post(reverse("reports:activity_report_begin", args=[year])).status_code == 302
    assert not client.get(reverse("reports:activity_reports")).context["new"]
    assert ActivityReport.objects.count() == 2


def test_the_numbers_need_few_queries_however_much_is_recorded(
    client, office, report, approved, django_assert_max_num_queries
):
    client.force_login(office)
    with django_assert_max_num_queries(60):
        client.get(report.get_absolute_url())
