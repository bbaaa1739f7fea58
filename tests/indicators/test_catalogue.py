# SPDX-License-Identifier: EUPL-1.2
"""Key figures as data, regions as a register, groups, findings, the calendar, and every page and sheet of them."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from activity.models import Event, Notification
from core.series import Point, Series
from indicators import events, flows, jobs
from indicators.models import ComparisonGroup, Finding, Import, Indicator, KeyFigure, Region, Table
from indicators.series import equivalents, period_label, series_for, series_of, snapshot
from tests.files import flat_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def monitor(make_user):
    return make_user("Jonas Arndt", office=["monitoring"])


def bring_file(path):
    with path.open("rb") as file:
        return flows.import_file(file, path.name)


def test_the_catalogue_ships_every_key_figure_of_the_guide_and_loads_once():
    assert flows.load_catalogue() == 31
    codes = set(KeyFigure.objects.values_list("code", flat=True))
    assert {f"D7{variant}" for variant in "abc"} | {"A1", "C4", "E4", "G2", "X1"} <= codes
    KeyFigure.objects.filter(code="C4").update(name="Eigener Name")
    assert flows.load_catalogue() == 0
    assert KeyFigure.objects.get(code="C4").name == "Eigener Name"
    for key_figure in KeyFigure.objects.select_related("table"):
        assert key_figure.definition
        assert key_figure.caveats
        assert key_figure.reading_example
    assert not Table.objects.get(code="SEU").is_open
    assert Table.objects.get(code="21111-02-06-4").is_open


def test_official_figures_come_out_of_official_files(shared_data):
    flows.load_catalogue()
    folder = shared_data / "genesis"
    for name in ("21111-02-06-4", "21111-01-03-4", "82411-01-03-4"):
        bring_file(folder / f"classic_table_csv/{name}.csv")
    bring_file(folder / "ffcsv_old_wide/12411-01-01-4_de_stichtag2023.csv")
    bring_file(folder / "ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv")
    latest = {code: series_of(KeyFigure.objects.get(code=code), "08212").latest for code in ("D7a", "D8", "A4", "A1")}
    assert round(latest["D7a"].value, 2) == Decimal("6.45")
    assert (latest["D7a"].numerator, latest["D7a"].denominator, latest["D7a"].period) == (147, 2278, "2022/23")
    assert latest["A1"].value > 300_000
    assert latest["A4"].value > 20_000
    pupils = series_of(KeyFigure.objects.get(code="D1"), "08212").latest
    assert pupils.period == "2023/24"
    hamburg = series_of(KeyFigure.objects.get(code="A1"), "02").points
    assert [point.period for point in hamburg] == ["31.12.2023", "31.12.2024"]


@pytest.mark.parametrize(
    ("key", "others"),
    [("02", {"02000", "02000000"}), ("11000", {"11", "11000000"}), ("01001", {"01001000"}), ("01001000", {"01001"})],
)
def test_a_city_state_is_known_under_all_its_keys(key, others):
    assert others <= set(equivalents(key))


@pytest.mark.parametrize(
    ("period", "kind", "label"),
    [
        ("2023", "school_year_end", "2022/23"),
        ("2023", "school_year_start", "2023/24"),
        ("1999", "kindergarten_year", "1999/00"),
        ("2023-10P6M", "semester", "WS 2023/24"),
        ("2024", "year", "2024"),
    ],
)
def test_a_period_is_named_as_its_table_means_it(period, kind, label):
    assert period_label(period, kind) == label


def test_a_denominator_of_another_year_is_found_by_its_shift(make_key_figure):
    key_figure = make_key_figure((("2022", "86", "1000"), ("2023", "94", "1027")))
    key_figure.denominator = [{"times": "0.5", "shift": -1, "any": [{"measure": "ABG000", "unit": "Anzahl"}]}]
    points = {point.period: point for point in series_of(key_figure, "99001").points}
    assert points["2023"].denominator == 500
    assert points["2023"].value == Decimal("18.8")
    assert points["2022"].sign == "..."


def test_the_shipped_register_has_all_regions_each_below_the_next(db):
    created, changed = flows.load_regions()
    assert created > 11_400
    assert flows.load_regions() == (0, 0)
    assert Region.objects.get(key="08212").parent_id == "082"
    assert Region.objects.get(key="08212").territory_on == date(2024, 6, 30)
    assert not Region.objects.get(key="15355").is_current
    assert Region.objects.get(key="11001001").parent_id == "11000"
    assert Region.objects.filter(level="district", is_current=True).count() >= 400
    assert not Region.objects.filter(parent=None).exclude(key="DG").exists()
    newer = b"key;name;level;parent\n06415;Hanau;district;064\n08212;Karlsruhe, Stadt;district;082\n"
    created, changed = flows.load_regions(io.BytesIO(newer))
    assert (created, changed) == (1, 1)


def test_a_register_that_hangs_in_the_air_is_refused(db):
    with pytest.raises(ValidationError):
        flows.load_regions(io.BytesIO(b"key;name;level;parent\n99001;Lindenfurt;district;99\n"))
    assert not Region.objects.exists()


def test_a_group_adds_up_its_members_and_counts_nobody_twice(client, monitor, make_key_figure):
    key_figure = make_key_figure()
    for key, top, bottom in (("98001", "10", "100"), ("98002", "30", "300")):
        flows.import_file(flat_file((("2024", top, bottom),), region=key, name=key), "21111-99-06-4_x.csv")
    client.force_login(monitor)
    answer = client.post(reverse("indicators:group_create"), {"name": "Gleiche", "keys": "98001, 98002", "reason": ""})
    assert answer.status_code == 302
    group = ComparisonGroup.objects.get()
    point = series_of(key_figure, f"group:{group.pk}").latest
    assert (point.numerator, point.denominator, point.value) == (40, 400, 10)
    page = client.get(key_figure.get_absolute_url(), {"comparison": f"group:{group.pk}"})
    assert page.context["series"][1].name == "Gleiche"
    Region.objects.create(key="98001001", name="Teil", level="municipality", parent_id="98001")
    twice = client.post(reverse("indicators:group_create"), {"name": "Doppelt", "keys": "98001 98001001"})
    assert twice.status_code == 422


def test_a_finding_keeps_its_values_when_the_data_change(client, monitor, office, make_key_figure):
    key_figure = make_key_figure()
    client.force_login(office)
    address = reverse("indicators:finding_create", args=[key_figure.pk]) + "?region=99001"
    assert client.post(address, {"text": "Der Anteil sank."}).status_code == 302
    finding = Finding.objects.get()
    assert round(finding.value, 1) == Decimal("8.8")
    flows.import_file(flat_file((("2024", "50", "1038"),)), "21111-99-06-4_neu.csv")
    page = client.get(reverse("indicators:finding_detail", args=[finding.pk])).content.decode()
    assert "8,8" in page
    assert "4,8" not in page
    draft = client.get(reverse("recommendations:create"), {"finding": finding.pk})
    assert draft.context["pin"].finding == finding


def test_only_monitoring_and_coordination_note_findings(client, head, make_key_figure):
    key_figure = make_key_figure()
    client.force_login(head)
    assert client.get(reverse("indicators:finding_create", args=[key_figure.pk]) + "?region=99001").status_code == 403


def test_a_due_delivery_is_told_once(monitor):
    table = Table.objects.create(code="T", title="T", holder="FB 53", next_delivery_on=timezone.localdate())
    jobs.remind_deliveries()
    jobs.remind_deliveries()
    assert Event.objects.filter(kind=events.DELIVERY_DUE.code).count() == 1
    from activity import flows as activity

    activity.deliver(Event.objects.get(kind=events.DELIVERY_DUE.code).pk)
    assert Notification.objects.filter(user=monitor).count() == 1
    Table.objects.filter(pk=table.pk).update(next_delivery_on=timezone.localdate() - timedelta(days=1))
    assert len(flows.remind_deliveries(timezone.localdate())) == 1


def test_a_delivery_moves_the_calendar_on(make_key_figure):
    key_figure = make_key_figure()
    table = key_figure.table
    table.next_delivery_on, table.delivery_every = timezone.localdate() - timedelta(days=3), 12
    table.save()
    flows.import_file(flat_file((("2025", "90", "1000"),)), "21111-99-06-4_neu.csv")
    table.refresh_from_db()
    assert table.next_delivery_on > timezone.localdate() + timedelta(days=300)


PAGES = ["list", "overview", "region_list", "finding_list"]
MONITORING = ["source_list", "disclosure", "group_list", "import_list", "create", "register_load", "group_create"]


def test_every_page_opens_with_a_fixed_number_of_queries(
    client, monitor, make_key_figure, django_assert_max_num_queries
):
    for _again in range(4):
        make_key_figure()
    client.force_login(monitor)
    for name in PAGES + MONITORING:
        with django_assert_max_num_queries(45):
            assert client.get(reverse(f"indicators:{name}")).status_code == 200, name
    assert client.get(reverse("indicators:region_detail", args=["99001"])).status_code == 200


def test_pages_of_monitoring_are_closed_to_others(client, office, make_key_figure):
    make_key_figure()
    client.force_login(office)
    for name in ("disclosure", "import_list", "create", "register_load", "group_create"):
        assert client.get(reverse(f"indicators:{name}")).status_code == 403, name
    assert client.post(reverse("indicators:catalogue_load")).status_code == 403
    table = Table.objects.get()
    assert client.post(table.get_absolute_url(), {"title": "x"}).status_code == 403


def test_all_series_come_with_a_handful_of_queries(make_key_figure, django_assert_max_num_queries):
    figures = [make_key_figure() for _again in range(6)]
    figures = list(KeyFigure.objects.select_related("table"))
    with django_assert_max_num_queries(6):
        assert len(series_for(figures, ["99001", "99"])) == 12


@pytest.mark.parametrize("name", ["list", "overview", "region"])
def test_lists_profiles_and_overviews_are_sheets_too(client, monitor, make_key_figure, name):
    key_figure = make_key_figure()
    client.force_login(monitor)
    address = reverse("indicators:region_detail", args=["99001"]) if name == "region" else reverse(f"indicators:{name}")
    rows = list(
        csv.reader(io.StringIO(client.get(address, {"format": "csv"}).content.decode("utf-8-sig")), delimiter=";")
    )
    assert key_figure.name in rows[1]
    assert "8,8" in rows[1]
    workbook = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content))
    assert 8.8 in next(workbook.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert client.get(address, {"format": "json"}).json()["rows"]


def test_a_workbook_holds_no_formula(client, monitor, make_key_figure):
    key_figure = make_key_figure()
    KeyFigure.objects.update(name="=HYPERLINK(1)")
    client.force_login(monitor)
    content = client.get(key_figure.get_absolute_url(), {"format": "xlsx"}).content
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_key_figure_is_defined_from_delivered_items(client, monitor, make_key_figure):
    table = make_key_figure().table
    indicator = Indicator.objects.get()
    client.force_login(monitor)
    items = {item.measure: item.pk for item in table.items.all()}
    form = {
        **{"code": "N1", "name": "Neue", "indicator": indicator.pk, "definition": "x", "table": table.pk},
        **{
            "numerator_items": [items["ABG001"]],
            "denominator_items": [items["ABG000"]],
            "factor": 1000,
            "unit": "je 1.000",
        },
        **{"decimals": 0, "period_label": "Jahr", "source_label": "x", "is_share": "on"},
    }
    address = reverse("indicators:create") + f"?table={table.pk}"
    assert client.post(address, {**form, "numerator_items": []}).status_code == 422
    assert client.post(address, form).status_code == 302
    made = KeyFigure.objects.get(code="N1")
    assert round(series_of(made, "99001").latest.value) == 88
    edit = client.post(reverse("indicators:edit", args=[made.pk]), {**form, "numerator_items": [], "name": "Anders"})
    assert edit.status_code == 302
    made.refresh_from_db()
    assert (made.name, bool(made.numerator)) == ("Anders", True)


def test_search_finds_by_topic_source_and_table(make_key_figure):
    key_figure = make_key_figure()
    for text in ("Schulen", "schulstatistik", "21111", key_figure.code):
        assert key_figure in KeyFigure.objects.matching(text), text
    assert not KeyFigure.objects.matching("Mond")


def test_change_is_between_shown_values_only():
    hidden = Series("x", (Point("2022", None, "."), Point("2023", Decimal(5))))
    assert hidden.change is None
    assert Series("x", (Point("2022", Decimal(4)), Point("2023", Decimal(5)))).change == 1


def test_the_protection_of_a_table_is_changed_on_record(client, monitor, make_key_figure):
    table = make_key_figure().table
    client.force_login(monitor)
    form = {"title": table.title, "period_kind": table.period_kind, "protection": "round_5"}
    assert client.post(table.get_absolute_url(), form).status_code == 302
    table.refresh_from_db()
    assert not table.is_open
    assert Event.objects.filter(kind=events.PROTECTION_CHANGED.code).count() == 1
    assert series_of(KeyFigure.objects.get(), "99001").points == ()


def test_release_by_the_pages(client, monitor, make_key_figure):
    table = make_key_figure().table
    Table.objects.update(protection="round_5")
    client.force_login(monitor)
    preview = client.get(reverse("indicators:release_preview"), {"table": table.pk})
    proposal = preview.context["proposal"]
    stale = client.post(reverse("indicators:release_create"), {"table": table.pk, "seen": "old"})
    assert stale.url == reverse("indicators:disclosure")
    assert not series_of(KeyFigure.objects.get(), "99001").points
    done = client.post(reverse("indicators:release_create"), {"table": table.pk, "seen": proposal.token})
    assert client.get(done.url).status_code == 200
    assert series_of(KeyFigure.objects.get(), "99001").latest.numerator == 90


def test_the_snapshot_of_a_figure_says_it_in_a_sentence(make_key_figure):
    pinned = snapshot(make_key_figure(), region_key="99001")
    assert "8,8" in pinned.sentence


def test_the_commands_load_catalogue_and_register():
    out = io.StringIO()
    call_command("load_catalogue", stdout=out)
    call_command("load_regions", stdout=out)
    assert "31" in out.getvalue()


def test_a_protection_that_stays_as_it_is_is_no_change(monitor):
    table = Table.objects.create(code="1", title="Tabelle")
    flows.change_protection(table, by=monitor, protection=table.protection)
    assert not Event.objects.filter(kind=events.PROTECTION_CHANGED.code).exists()


@pytest.mark.parametrize(("code", "named"), [("21111-01", "21111-01"), ("", "datei.csv")])
def test_what_is_given_up_is_named_by_its_table_or_else_by_its_file(monitor, code, named):
    flows.discard(Import.objects.create(file_name="datei.csv", layout="flat", table_code=code), by=monitor)
    assert Event.objects.get(kind=events.IMPORT_DISCARDED.code).data["table"] == named
