# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from activity.models import Event
from core.errors import NotAllowed
from demo import lindenfurt
from indicators.models import KeyFigure
from indicators.series import series_of
from recommendations import flows, permissions
from recommendations.goals import Progress
from recommendations.models import Recommendation
from reports.kinds import registry
from reports.models import Document

RATES = {
    "I1": ["31.2", "32.2", "33.5", "35.3", "37.0"],
    "I2": ["24.5", "/", "27.4", "29.3", "30.9"],
    "I3": ["45.6", "48.0", "50.8", "53.7", "56.8"],
    "I4": ["39.5", "40.0", "40.3", "40.9", "40.8"],
    "I5": ["6.8", "7.6", "8.4", "9.2", "8.8"],
    "I6": ["6.9", "5.8", "5.6", "6.1", "6.6"],
    "I7": ["17.0", "16.5", "17.6", "18.0", "17.7"],
    "I8": ["84", "89", "107", "117", "120"],
}
STATE = {"I1": "38.4", "I2": "27.2", "I3": "58.1", "I4": "41.5", "I5": "7.4", "I6": "5.9", "I7": "14.2", "I8": "131"}


@pytest.fixture
def town(whole_town):
    """Lindenfurt."""


def counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_building_the_town_twice_changes_nothing(town):
    before = counts()
    call_command("seed_demo")
    assert counts() == before


def test_every_key_figure_shows_the_numbers_of_the_story(town):
    for code, expected in RATES.items():
        key_figure = KeyFigure.objects.get(code=code)
        points = series_of(key_figure, "99001").points
        assert [point.sign or f"{point.value:.{key_figure.decimals}f}" for point in points] == expected, code
        assert f"{series_of(key_figure, '99').latest.value:.{key_figure.decimals}f}" == STATE[code]


def test_the_last_value_of_i5_is_provisional_and_school_years_are_named(town):
    latest = series_of(KeyFigure.objects.get(code="I5"), "99001").latest
    assert (latest.period, latest.quality) == ("2023/24", "p")


def test_small_counts_of_districts_are_hidden_with_the_one_that_would_give_them_away(town):
    key_figure = KeyFigure.objects.get(code="I5")
    shown = {key: series_of(key_figure, f"99001-{key}").latest for key in range(1, 6)}
    assert [shown[key].sign for key in range(1, 6)] == ["", "", "", ".", "."]
    assert [shown[key].numerator for key in (4, 5)] == [None, None]
    assert [round(shown[key].value, 1) for key in (1, 2, 3)] == [Decimal("7.1"), Decimal("16.4"), Decimal("16.8")]


def test_the_recommendations_stand_where_the_story_has_them(town):
    states = list(Recommendation.objects.order_by("pk").values_list("status", flat=True))
    assert states == ["in_committee", "consultation", "implementing", "submitted", "evaluation", "rejected", "draft"]
    lights = sorted(
        Recommendation.objects.get(pk__gt=0, status="implementing").measures.values_list("light", flat=True)
    )
    assert lights == ["green", "red", "yellow", "yellow"]


def test_a_corrected_delivery_asks_the_department_that_approved_r3(town):
    doubted = Recommendation.objects.with_evidence_to_check().get()
    wellmann = User.objects.get(email__startswith="petra")
    assert doubted.status == "implementing"
    assert list(Recommendation.objects.evidence_to_be_checked_by(wellmann)) == [doubted]
    assert permissions.can_check_evidence(wellmann, doubted)


def test_the_goals_add_up_to_the_six_recommendations_and_the_draft(town):
    coordinator = User.objects.get(email__startswith="mareike")
    nodes = Progress(coordinator).of_goals(coordinator)
    assert [node.total for node in nodes if node.depth == 0] == [2, 3, 2, 1]
    assert sum(node.improved for node in nodes if node.depth == 0) == 1


def test_nothing_is_resolved_before_it_was_approved(town):
    for one in Recommendation.objects.exclude(approval=None):
        for measure in one.measures.exclude(started_on=None):
            assert timezone.localdate(one.approval.at) <= measure.started_on
        for paper in one.papers.all():
            for stop in paper.paper.consultations.exclude(result=""):
                assert one.approval.at < stop.agenda_item.meeting.start


def test_the_deputy_decides_r4_and_the_coordinators_attempt_is_refused_and_logged(town):
    waiting = Recommendation.objects.get(status="submitted")
    coordinator, deputy = (User.objects.get(email__startswith=name) for name in ("mareike", "henning"))
    with pytest.raises(NotAllowed):
        flows.decide(waiting, by=coordinator, kind="approve")
    assert Event.objects.about(waiting).first().definition.refused
    assert permissions.can_decide(deputy, waiting)


def test_every_login_works_and_every_address_is_an_example(town, client):
    for _role, _name, email, password in lindenfurt.logins():
        assert client.login(email=email, password=password), email
    assert not User.objects.exclude(email__endswith="@lindenfurt.example").exists()


def test_one_document_of_every_kind_is_ordered_and_left_to_the_worker(town):
    assert set(Document.objects.values_list("state", flat=True)) == {"queued"}
    ordered = set(Document.objects.values_list("kind", flat=True))
    # what is stored about a person is handed out on request only
    assert ordered == {kind.code for kind in registry.KINDS} - {"personal_data"}


def test_a_real_installation_is_never_filled_with_the_town(db, settings, make_user):
    with pytest.raises(CommandError):
        call_command("seed_demo")
    settings.DEMO = True
    User.objects.create_user("echt@stadt.example", "Echt", "x" * 20)
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert User.objects.count() == 1
