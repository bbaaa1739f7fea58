# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.urls import reverse

from core.models import Feedback, Heartbeat

pytestmark = pytest.mark.django_db
OPEN = [
    "core:healthz",
    "core:help",
    "core:accessibility",
    "core:privacy",
    "core:imprint",
    "core:feedback",
    "account_login",
]


@pytest.mark.parametrize("name", OPEN)
def test_these_pages_need_no_login(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_everything_else_asks_for_a_login(client):
    for name in ("core:home", "recommendations:list", "committees:meeting_list", "indicators:list", "activity:log"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_ready_means_that_every_part_works(client):
    answer = client.get(reverse("core:readyz"))
    assert (answer.status_code, answer.json()["worker"]) == (503, "failed")
    Heartbeat.objects.beat("worker")
    answer = client.get(reverse("core:readyz"))
    said = answer.json()
    assert said.pop("sandbox") in ("ok", "missing")  # a note on the host, never a reason not to be ready
    assert (answer.status_code, said) == (
        200,
        {"status": "ok", "database": "ok", "rules": "ok", "broker": "ok", "worker": "ok", "disk": "ok"},
    )


def test_a_broker_that_is_down_is_not_ready(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1}
    assert client.get(reverse("core:readyz")).json()["broker"] == "failed"


def test_headers_close_what_is_not_needed(client, office):
    client.force_login(office)
    answer = client.get(reverse("recommendations:list"))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")
    assert "camera=()" in answer["Permissions-Policy"]


def test_german_comes_first_whatever_the_browser_prefers(client):
    answer = client.get(reverse("account_login"), headers={"Accept-Language": "en"})
    assert '<html lang="de"' in answer.content.decode()


def test_the_language_is_switched_and_kept_with_the_account(client, office):
    client.post(reverse("core:language"), {"language": "en", "next": reverse("core:help")})
    assert '<html lang="en"' in client.get(reverse("core:help")).content.decode()
    client.force_login(office)
    answer = client.post(reverse("core:language"), {"language": "en", "next": "https://evil.example/"})
    assert answer.url == reverse("core:home")
    office.refresh_from_db()
    assert office.language == "en"


def test_a_barrier_is_reported_from_every_page_without_login(client):
    answer = client.post(reverse("core:feedback"), {"message": "Der Kontrast ist zu gering.", "page": "/x"})
    assert answer.status_code == 302
    assert Feedback.objects.get().page == "/x"
    assert client.post(reverse("core:feedback"), {"message": ""}).status_code == 422


def test_an_unknown_page_says_so_and_shows_a_way_out(client, office):
    client.force_login(office)
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert reverse("core:home") in answer.content.decode()


def test_a_refusal_shows_its_reason(client, head):
    client.force_login(head)
    answer = client.get(reverse("recommendations:create"))
    assert answer.status_code == 403
    assert "data-reason" in answer.content.decode()


@pytest.mark.parametrize(
    ("roles", "start"),
    [
        ({"office": ["coordination"]}, "tasks:week"),
        ({"office": ["monitoring"]}, "tasks:week"),
        ({"office": ["data-protection"]}, "activity:log"),
        ({"office": ["administration"]}, "accounts:user_list"),
        ({}, "indicators:list"),
    ],
)
def test_everybody_starts_where_their_work_waits(client, make_user, roles, start):
    client.force_login(make_user(**roles))
    assert client.get(reverse("core:home")).url == reverse(start)


def test_a_head_starts_with_what_is_to_decide(client, head, submitted):
    client.force_login(head)
    answer = client.get(reverse("core:home"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("recommendations:decide_list")
    assert submitted.title in answer.content.decode()


def test_the_navigation_offers_only_pages_that_open(client, make_user, lead, make_committee, make_member):
    from django.utils import timezone

    from bildungsbuero.shell import navigation

    committee = make_committee()
    users = [make_user(office=[role]) for role in ("coordination", "monitoring", "data-protection", "administration")]
    users += [make_user(heads=[lead]), make_user(staffs=[lead]), make_user(keeps=[committee])]
    users += [make_member(committee, start_on=timezone.localdate()), make_user()]
    for user in users:
        client.force_login(user)
        for _heading, entries in navigation(user, "/"):
            for label, address, _count, _current in entries:
                assert client.get(address).status_code == 200, (user.office_roles, str(label))


def test_an_empty_choice_is_said_in_words(client, head, approved):
    client.force_login(head)
    page = client.get(reverse("recommendations:measure_plan", args=[approved.pk])).content.decode()
    assert "bitte wählen" in page
    assert "-----" not in page
