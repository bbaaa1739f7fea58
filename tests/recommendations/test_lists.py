# SPDX-License-Identifier: EUPL-1.2
"""List and board: what waits for whom, filters and saved filters, one step for several, and the budget of queries."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from recommendations import flows
from recommendations.board import COLUMNS, FINISHED, fill
from recommendations.forms import RecommendationFilter
from recommendations.models import Decision, Measure, Recommendation, SavedFilter, Statement, Status
from recommendations.waiting import attach
from tests.infrastructure.test_tree import APPS

LIST, BOARD, SEVERAL = (reverse(f"recommendations:{name}") for name in ("list", "board", "bulk"))


@pytest.fixture
def town(whole_matrix):
    return whole_matrix


def in_state(matrix, status):
    return Recommendation.objects.get(lead_department=matrix.a, status=status)


def waiting(one):
    return attach([Recommendation.objects.for_display().get(pk=one.pk)])[0].waiting


def test_every_state_stands_in_exactly_one_column():
    placed = [state for column in (*COLUMNS, FINISHED) for state in column.states]
    assert sorted(placed) == sorted(Status)


def test_whoever_must_act_is_named_with_the_day_since(town):
    lead = town.a.code
    assert waiting(in_state(town, Status.SUBMITTED)).who.startswith(lead)
    assert waiting(in_state(town, Status.IMPLEMENTING)).who.startswith(lead)
    for status in FINISHED.states:
        assert not waiting(in_state(town, status)).who
    submitted = in_state(town, Status.SUBMITTED)
    assert timezone.localdate(waiting(submitted).since) == timezone.localdate(submitted.submitted_at)


def test_an_edit_does_not_make_the_waiting_begin_anew(make_recommendation, office):
    one = make_recommendation()
    began = waiting(one).since
    flows.edit(one, by=office, summary="neu")
    assert waiting(one).since == began


def test_late_in_the_list_is_what_the_filter_finds_late(town):
    yesterday = timezone.localdate() - timedelta(days=1)
    Statement.objects.filter(position="").update(due_on=yesterday)
    Measure.objects.update(due_on=yesterday)
    Recommendation.objects.filter(status=Status.IMPLEMENTED).update(effect=F("effect"))
    everything = Recommendation.objects.all()
    marked = {one.pk for one in attach(everything.for_display()) if one.waiting.overdue}
    assert marked == set(everything.overdue().values_list("pk", flat=True))
    assert marked


def test_each_filter_finds_what_it_says_and_nothing_else(town):
    everything = Recommendation.objects.visible_to(town.office)

    def found(user=town.office, **address):
        return set(RecommendationFilter(address, reader=user).apply(everything, user))

    assert {one.status for one in found(status="deciding")} == {Status.SUBMITTED, Status.DEFERRED}
    assert {one.status for one in found(status="draft")} == {Status.DRAFT}
    assert {one.lead_department for one in found(department=town.b.pk)} == {town.b}
    assert {one.lead_department for one in found(town.users["head_a"], mine="1")} == {town.a}
    assert not found(level="state")
    assert not found(stale="1")
    one = in_state(town, Status.SUBMITTED)
    assert one in found(q=one.label)


def test_a_list_goes_out_exactly_as_filtered_and_with_what_one_may_see(client, town):
    client.force_login(town.users["head_b"])
    content = client.get(LIST, {"status": "draft", "format": "csv"}).content.decode()
    labels = {line.split(";")[0] for line in content.splitlines()}
    seen = Recommendation.objects.visible_to(town.users["head_b"]).filter(status="draft")
    assert {one.label for one in seen} == {label for label in labels if label[:1] == "R" and label[1:].isdigit()}
    assert in_state(town, Status.DRAFT).label not in labels


def test_a_title_does_not_become_a_formula(client, make_recommendation, office):
    make_recommendation(title="=1+1")
    client.force_login(office)
    assert ";'=1+1;" in client.get(LIST, {"format": "csv"}).content.decode()
    assert client.get(LIST, {"format": "xlsx"}).status_code == 200


def test_a_filter_is_saved_in_the_form_that_the_filter_understands(client, town):
    client.force_login(town.office)
    save = reverse("recommendations:filter_save")
    asked = {"name": "Liegt lange", "page": "board", "query": f"department={town.a.pk}&unknown=x&overdue=on"}
    answer = client.post(save, asked)
    kept = SavedFilter.objects.get(name="Liegt lange")
    assert (kept.owner, kept.query) == (town.office, f"department={town.a.pk}&overdue=1")
    assert answer.url == kept.get_absolute_url() == f"{BOARD}?department={town.a.pk}&overdue=1"
    assert "Liegt lange" in client.get(LIST).content.decode()
    client.post(save, asked)
    assert SavedFilter.objects.filter(name="Liegt lange").count() == 1


def test_a_saved_filter_is_renamed_and_deleted_by_its_owner_only(client, town):
    kept = SavedFilter.objects.create(owner=town.office, name="Meine", query="overdue=1")
    address = reverse("recommendations:filter_edit", args=[kept.pk])
    client.force_login(town.users["head_a"])
    assert client.get(address).status_code == client.post(address, {"delete": "1"}).status_code == 404
    assert "Meine" not in client.get(LIST).content.decode()
    client.force_login(town.office)
    assert client.post(address, {"name": ""}).status_code == 422
    client.post(address, {"name": "Späte"})
    assert SavedFilter.objects.get(pk=kept.pk).name == "Späte"
    client.post(address, {"delete": "1"})
    assert not SavedFilter.objects.filter(pk=kept.pk).exists()


def marks(*recommendations):
    return [flows.mark_of(one) for one in recommendations]


def test_a_step_for_several_asks_each_single_one_and_names_the_reason(client, town):
    draft, decided = in_state(town, Status.DRAFT), in_state(town, Status.APPROVED)
    client.force_login(town.office)
    page = client.post(SEVERAL, {"step": "submit", "chosen": marks(draft, decided)})
    assert page.context["may"] == [draft]
    assert [one for one, reason in page.context["may_not"] if reason] == [decided]
    assert in_state(town, Status.DRAFT) == draft  # nothing has happened yet
    data = {"step": "submit", "chosen": marks(draft, decided), "confirm": "1"}
    done = client.post(SEVERAL, data)
    assert [outcome.recommendation for outcome in done.context["done"]] == [draft]
    assert [outcome.recommendation for outcome in done.context["left"]] == [decided]
    assert Recommendation.objects.get(pk=draft.pk).status == Status.SUBMITTED
    assert Event.objects.about(draft).filter(kind="recommendation.submitted").count() == 1
    assert Event.objects.about(decided).filter(kind="recommendation.step_refused").exists()
    again = client.post(SEVERAL, data)  # a page loaded anew
    assert not again.context["done"]


def test_what_moved_after_the_list_was_opened_is_left_alone(client, town):
    draft = in_state(town, Status.DRAFT)
    seen = marks(draft)
    flows.edit(draft, by=town.office, summary="inzwischen")
    client.force_login(town.office)
    done = client.post(SEVERAL, {"step": "submit", "chosen": seen, "confirm": "1"})
    assert not done.context["done"]
    assert Recommendation.objects.get(pk=draft.pk).status == Status.DRAFT


def test_withdrawing_several_asks_for_the_reason(client, town):
    draft = in_state(town, Status.DRAFT)
    client.force_login(town.office)
    data = {"step": "withdraw", "chosen": marks(draft), "confirm": "1"}
    assert client.post(SEVERAL, data).status_code == 422
    client.post(SEVERAL, {**data, "reason": "Doppelt"})
    assert Recommendation.objects.get(pk=draft.pk).status == Status.WITHDRAWN


def test_several_are_reminded_and_brought_on_by_those_who_may(client, town):
    asked = in_state(town, Status.CONSULTATION)
    day = timezone.localdate() + timedelta(days=5)
    department = asked.statements.exclude(department=None).get().department
    flows.take_back(asked, by=town.office)
    flows.start_consultation(asked, by=town.office, due_on=day, departments=[department])
    asked.refresh_from_db()
    client.force_login(town.office)
    client.post(SEVERAL, {"step": "remind", "chosen": marks(asked), "confirm": "1"})
    assert Event.objects.about(asked).filter(kind="recommendation.reminded").count() == 1
    client.force_login(town.users["clerk_a"])
    client.post(SEVERAL, {"step": "submit", "chosen": marks(in_state(town, Status.DRAFT)), "confirm": "1"})
    assert in_state(town, Status.DRAFT)


def test_several_at_once_are_never_decided_by_anybody(client, town):
    everything = list(Recommendation.objects.all())
    before = Decision.objects.count()
    kinds = ["decide", "approve", "changed", "return", "defer", "reject", *flows.STEPS]
    assert not {"decide", "approve", "changed", "return", "defer", "reject"} & set(flows.STEPS)
    for user in town.users.values():
        client.force_login(user)
        for kind in kinds:
            data = {"step": kind, "kind": kind, "action": kind, "reason": "Grund", "confirm": "1"}
            answer = client.post(SEVERAL, {**data, "chosen": marks(*everything)})
            assert answer.status_code in (200, 302)
    assert Decision.objects.count() == before


def test_no_command_of_ours_decides(submitted, settings, tmp_path):
    settings.DEMO = False
    before = Decision.objects.count()
    tools = {"draw_lives", "makemessages"}  # of developers: they write into the sources
    ours = sorted(name for name, app in get_commands().items() if app in {*APPS, "demo"} and name not in tools)
    assert {"seed_matrix", "seed_demo", "verify_log", "sync_roles", "start"} <= set(ours)
    arguments = {
        "export_observations": [str(tmp_path)],
        "import_statistics": [str(tmp_path / "nothing.csv")],
        "start": ["--bind", "0.0.0.0:1"],
    }
    for name in ours:
        try:
            call_command(name, *arguments.get(name, []), verbosity=0)
        except (CommandError, OSError):
            continue  # refused, as building a town is in production
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED
    assert Decision.objects.filter(recommendation=submitted).count() == 0
    if not Recommendation.objects.exclude(pk=submitted.pk).exists():
        assert Decision.objects.count() == before


@pytest.mark.parametrize("role", ["coordination", "head_a", "clerk_b", "plain"])
def test_the_board_shows_what_one_may_see_and_counts_it(client, town, role):
    user = town.users[role]
    seen = Recommendation.objects.visible_to(user)
    client.force_login(user)
    content = client.get(BOARD).content.decode()
    shown = {one.pk for one in Recommendation.objects.all() if f'data-recommendation="{one.pk}"' in content}
    assert shown <= set(seen.values_list("pk", flat=True))
    columns, finished = fill(seen)
    assert sum(filled.count for filled in columns) + finished == seen.count()
    assert client.get(LIST).context["page_obj"].paginator.count == seen.count()


def test_list_and_board_need_the_same_few_queries_however_much_there_is(client, town, django_assert_max_num_queries):
    SavedFilter.objects.create(owner=town.office, name="Meine", query="overdue=1")
    for role in ("coordination", "head_a"):
        client.force_login(town.users[role])
        for page in (LIST, BOARD):
            client.get(page)
            with django_assert_max_num_queries(27):
                client.get(page)


def test_a_filter_that_is_too_long_to_be_kept_is_refused(client, office):
    client.force_login(office)
    for query, kept in (("q=" + "😀" * 100, 0), ("q=Sprache", 1)):
        client.post(reverse("recommendations:filter_save"), {"name": "Filter", "query": query})
        assert SavedFilter.objects.of(office).count() == kept


def test_a_recommendation_that_is_named_twice_is_reminded_of_once(client, office, head, make_recommendation, lead):
    one = make_recommendation()
    day = timezone.localdate() + timedelta(days=5)
    flows.start_consultation(one, by=office, due_on=day, departments=[lead], actors=[])
    one.refresh_from_db()
    client.force_login(office)
    chosen = {"step": "remind", "chosen": [flows.mark_of(one)] * 3, "confirm": "1"}
    before = Event.objects.about(one).count()
    assert client.post(reverse("recommendations:bulk"), chosen).status_code == 200
    assert Event.objects.about(one).count() == before + 1


def test_a_control_character_in_a_title_does_not_break_the_workbook(client, office, make_recommendation):
    make_recommendation(title="Sprache\x0bund Kita")
    client.force_login(office)
    for kind in ("csv", "xlsx"):
        assert client.get(reverse("recommendations:list"), {"format": kind}).status_code == 200


def test_forged_numbers_in_forms_name_nothing(client, office, head, approved, lead):
    measure = flows.plan_measure(
        approved, by=head, title="Maßnahme", department=lead, due_on=timezone.localdate(), steps=["Schritt"]
    )
    client.force_login(head)
    for number in ("²", "9" * 30, "9" * 5000):
        page = client.post(reverse("recommendations:measure_list"), {f"m{number}-seen_version": "1"})
        assert page.status_code in (302, 400)
        forged = {"done": [number], "seen_version": number}
        assert client.post(reverse("recommendations:measure_steps", args=[measure.pk]), forged).status_code == 302
    client.force_login(office)
    for number in ("²", "9" * 30, "9" * 5000):
        for name in ("finding", "key_figure"):
            assert client.get(reverse("recommendations:create"), {name: number}).status_code in (200, 404)
        for address in (reverse("reports:preview_order"), reverse("reports:order")):
            data = {"kind": "briefing", "subject": number}
            answer = client.get(address, data) if "preview" in address else client.post(address, data)
            assert answer.status_code == 404
        asked = {"committee": number, "month": f"2026-{number}"}
        assert client.get(reverse("committees:calendar"), asked).status_code == 200


def test_those_of_a_department_are_those_it_leads(whole_house):
    led = {name for name, user in whole_house.people.items() if Recommendation.objects.of_department(user).exists()}
    assert led == {"head", "staff", "deputy"}


def test_a_late_statement_makes_overdue_what_is_in_co_signing_only(whole_house):
    whole_house.statement(due_on=whole_house.day(-1))
    assert not Recommendation.objects.overdue().exists()
    Recommendation.objects.update(status=Status.CONSULTATION)
    assert Recommendation.objects.overdue().exists()


def test_the_office_checks_a_changed_figure_before_the_decision_and_the_head_after_it(whole_house):
    whole_house.doubt()

    def who():
        people = whole_house.people.items()
        return {name for name, user in people if Recommendation.objects.evidence_to_be_checked_by(user).exists()}

    assert who() == {"coordination"}
    whole_house.approve()
    assert who() == {"head", "deputy"}


def test_a_statement_is_given_once_it_has_a_position(whole_house):
    statement = whole_house.statement()
    assert not Statement.objects.given().exists()
    Statement.objects.update(position="agree", signed_at=whole_house.now)
    assert list(Statement.objects.given()) == [statement]
