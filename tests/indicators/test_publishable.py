# SPDX-License-Identifier: EUPL-1.2
"""Small counts stay hidden: from readers, from sums, from other tables, years and earlier releases."""

import contextlib
import csv
import io
import itertools
import json
import random
import re
import subprocess
from collections import defaultdict
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import WrongState
from core.sentences import words
from indicators import flows
from indicators.flows import releasing
from indicators.models import Indicator, KeyFigure, Observation, Protection, ReleasedValue, Table
from indicators.output import rounding_note
from indicators.publishable import propose, published
from indicators.publishable.attacker import Knowledge, exposures
from indicators.publishable.treatment import rounded
from indicators.series import series_of, snapshot
from recommendations import flows as recommendations
from reports import flows as reports
from reports import making
from tests.files import HEAD

pytestmark = pytest.mark.django_db

TOWN = "99001"
DISTRICTS = [f"99001-{number}" for number in range(1, 6)]


def rows_of(counts, *, period="2023", measure="ABG001", code="21111"):
    """Rows of a flat file: counts by region, or by region and category."""
    for key, count in counts.items():
        region, category = key if isinstance(key, tuple) else (key, "")
        variable = "STADTB" if "-" in region else "KREISE"
        block = f"GES;Geschlecht;{category};{category};" if category else ";;;;"
        yield (
            f"{code};Abgehende;JAHR;Jahr;{period};{variable};Gebiet;{region};{region};{block}"
            f"{count};Anzahl;{measure};{measure}"
        )


TWO_BLOCKS = HEAD.replace(
    ";value;",
    ";2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;value;",
)


def bring(*groups, table="T-1", protection="suppress_3", code="21111"):
    """Import rows as one delivery of a protected table."""
    lines = [TWO_BLOCKS, *itertools.chain(*groups)]
    flows.import_file("\r\n".join(lines).encode(), "x.csv", table_code=table)
    Table.objects.filter(code=table).update(protection=protection)
    return Table.objects.get(code=table)


def share(table, numerator="ABG001", denominator="ABG000"):
    indicator, _created = Indicator.objects.get_or_create(name="Abschlüsse", defaults={"topic": "Schulen"})
    return KeyFigure.objects.create(
        code="I5",
        name="Abgehende ohne Abschluss",
        indicator=indicator,
        definition="je 100 Abgehende",
        table=table,
        numerator=[{"any": [{"measure": numerator, "unit": "Anzahl"}]}],
        denominator=[{"any": [{"measure": denominator, "unit": "Anzahl"}]}],
        numerator_label="ohne Abschluss",
        denominator_label="alle",
        unit="%",
        period_label="Schuljahr",
        source_label="Schulstatistik",
    )


CASE = dict(zip(DISTRICTS, (14, 38, 31, 2, 9), strict=True)) | {TOWN: 94}
WHOLE = dict(zip(DISTRICTS, (196, 232, 184, 221, 194), strict=True)) | {TOWN: 1027}


@pytest.fixture
def case(db):
    """The demo's case: of five city districts one has 2, and the town's total is public."""
    table = bring(rows_of(CASE), rows_of(WHOLE, measure="ABG000"))
    return share(table)


def hidden(table):
    return {
        (value.region_key, value.item.measure): value.hidden
        for value in ReleasedValue.objects.filter(item__table=table, is_current=True).exclude(hidden="")
    }


def test_nothing_of_a_protected_table_is_seen_before_its_release(case):
    assert series_of(case, TOWN).points == ()
    flows.release([case.table], by=None)
    assert series_of(case, TOWN).latest.numerator == 94


def test_the_smallest_count_and_the_one_that_would_give_it_away_are_hidden(case):
    made = flows.release([case.table], by=None)
    assert made.state == "released"
    assert hidden(case.table) == {("99001-4", "ABG001"): "primary", ("99001-5", "ABG001"): "secondary"}
    for key in ("99001-4", "99001-5"):
        point = series_of(case, key).latest
        assert (point.value, point.sign, point.numerator) == (None, ".", None)
        assert point.denominator == WHOLE[key]
    assert round(series_of(case, "99001-2").latest.value, 1) == Decimal("16.4")


def canaries(text):
    """The hidden counts and rates of the case, wherever they stand as whole words."""
    plain = re.sub(r"<[^>]*>", " ", text)
    return [
        word
        for word in re.findall(r"\d+(?:,\d+)?", plain)
        if word in ("0,9", "4,6", "0,90", "4,64", "0,904977", "4,63")
    ]


def test_what_is_hidden_is_hidden_in_every_channel(case, client, make_user):
    flows.release([case.table], by=None)
    client.force_login(make_user())
    page = reverse("indicators:detail", args=[case.pk])
    for region in (TOWN, "99001-4", "99001-5"):
        for kind in ("", "csv", "json", "print"):
            answer = client.get(page, {"region": region, "format": kind})
            assert answer.status_code == 200
            assert not canaries(answer.content.decode("utf-8-sig"))
    table = list(
        csv.reader(io.StringIO(client.get(page, {"format": "csv"}).content.decode("utf-8-sig")), delimiter=";")
    )
    header = table[0]
    found = {row[1]: dict(zip(header, row, strict=True)) for row in table[1:] if len(row) == len(header)}
    names = header[4], header[5], header[8]
    assert [found["99001-4"][name] for name in names] == ["", "·", ""]
    assert [found["99001-2"][name] for name in names] == ["16,4", "", "38"]
    rows = {row[header[1]]: row for row in client.get(page, {"format": "json"}).json()["rows"]}
    assert [rows["99001-5"][name] for name in names] == [None, "·", None]
    workbook = load_workbook(io.BytesIO(client.get(page, {"format": "xlsx"}).content))
    cells = {row[1]: row for row in workbook.worksheets[0].iter_rows(values_only=True)}
    assert (cells["99001-4"][4], cells["99001-4"][5], cells["99001-4"][8]) == (None, "·", None)
    assert (cells["99001-2"][4], cells["99001-2"][8]) == (16.4, 38)


def test_chart_and_alternative_text_know_no_hidden_value(case, client, make_user):
    flows.release([case.table], by=None)
    client.force_login(make_user())
    page = client.get(reverse("indicators:detail", args=[case.pk]), {"region": "99001-4"}).content.decode()
    title = page.split("<title>")[2].split("</title>")[0]
    assert not canaries(title)
    assert "polyline" not in page


def test_the_command_exports_what_everybody_may_see(case):
    from tests.indicators.test_import import command

    flows.release([case.table], by=None)
    rows = list(csv.DictReader(io.StringIO(command("export_observations", "--table", "T-1", "--region", "99001-4"))))
    assert [(row["measure"], row["value"], row["sign"]) for row in rows] == [("ABG000", "221", ""), ("ABG001", "", ".")]


def test_evidence_and_its_briefing_hold_the_released_value_alone(case, office, lead):
    flows.release([case.table], by=None)
    pinned = snapshot(case, region_key="99001-4")
    made = recommendations.create(by=office, title="Sonnberg", pin=pinned, lead_department=lead)
    stored = json.dumps(list(made.evidence.values("value", "sign", "series", "comparison")), default=str)
    assert '"numerator": null' in stored
    assert '"2"' not in stored


def test_the_briefing_on_paper_holds_no_hidden_value(case, office, lead, head):
    flows.release([case.table], by=None)
    one = recommendations.create(
        by=office,
        pin=snapshot(case, region_key="99001-4"),
        title="Sonnberg",
        lead_department=lead,
        responsible_level="municipality",
        proposed_resolution="Prüfen.",
        rationale="Die Werte sind klein.",
    )
    recommendations.decide(recommendations.submit(one, by=office), by=head, kind="approve")
    made = reports.order_briefing(recommendations.make_paper(one, by=office, paper_type="decision"), by=office)
    making.make(made.pk)
    made.refresh_from_db()
    path = Path(project.PRIVATE_DIR) / made.file.name
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "geheim" in text
    assert "221" in text
    assert not canaries(text)
    assert not re.search(r"221\s+2\b", text)


def test_a_table_with_hidden_values_is_not_opened(case):
    flows.release([case.table], by=None)
    with pytest.raises(WrongState):
        flows.change_protection(case.table, by=None, protection="open")
    assert not canaries(str(series_of(case, "99001-4")))


def test_a_small_rest_of_a_share_is_protected_like_a_small_count():
    table = bring(rows_of({TOWN: 97}), rows_of({TOWN: 98}, measure="ABG000"))
    share(table)
    assert flows.release([table], by=None, flags_checked=True).state == "released"
    assert len(hidden(table)) == 1


def test_a_total_in_another_public_table_counts_as_known():
    bring(rows_of({TOWN: 94}), table="OPEN", protection="open")
    table = bring(rows_of({key: CASE[key] for key in DISTRICTS}))
    flows.release([table], by=None)
    assert set(hidden(table)) == {("99001-4", "ABG001"), ("99001-5", "ABG001")}


def test_categories_of_an_overlapping_table_give_nothing_away():
    first = bring(rows_of({TOWN: 40, (TOWN, "GESM"): 38, (TOWN, "GESW"): 2}), table="A")
    flows.release([first], by=None)
    second = bring(rows_of({TOWN: 40, (TOWN, "GESM"): 38, (TOWN, "GESW"): 2}), table="B")
    made = flows.release([second], by=None)
    assert made.state == "released"
    for table in (first, second):
        dots = ReleasedValue.objects.filter(item__table=table).exclude(hidden="")
        assert sorted(dots.values_list("item__dimensions", flat=True)) == ["GES=GESM", "GES=GESW"]


def shown_of(table):
    return {
        (value.item.dimensions, value.region_key): (value.value, value.sign)
        for value in ReleasedValue.objects.filter(item__table=table, is_current=True).select_related("item")
    }


def test_the_same_number_in_two_tables_is_released_in_the_same_way():
    tables = [bring(rows_of(CASE), table=code) for code in "AB"]
    flows.release(tables, by=None)
    assert shown_of(tables[0]) == shown_of(tables[1])
    assert [sign for _value, sign in shown_of(tables[0]).values()].count(".") == 2
    later = bring(rows_of(CASE), table="C", protection="round_5")
    flows.release([later], by=None)
    assert shown_of(later) == shown_of(tables[0])


def test_a_correction_of_one_or_two_is_not_visible_as_a_difference():
    table = bring(rows_of(CASE))
    flows.release([table], by=None)
    bring(rows_of({"99001-1": 15, TOWN: 95}))
    with pytest.raises(WrongState):
        flows.release([table], by=None)
    assert ReleasedValue.objects.get(item__table=table, region_key=TOWN, is_current=True).value == 94


def test_a_release_that_would_expose_somebody_is_refused_with_the_cells_named():
    bring(rows_of({key: CASE[key] for key in (*DISTRICTS[:3], "99001-5", TOWN)}), table="OPEN", protection="open")
    table = bring(rows_of({"99001-4": 2}))
    made = flows.release([table], by=None)
    assert made.state == "refused"
    assert made.report["exposed"][0]["low"] == made.report["exposed"][0]["high"] == 2
    assert "99001-4" in words(made.report["exposed"][0]["cell"])
    assert not ReleasedValue.objects.exists()


def test_what_was_looked_at_is_what_is_released(case):
    token = propose([case.table]).token
    bring(rows_of({"99001-4": 12, TOWN: 104}))
    with pytest.raises(WrongState):
        flows.release([case.table], by=None, seen=token)
    assert not ReleasedValue.objects.exists()


def test_a_share_of_none_needs_somebody_who_has_looked_at_it():
    table = bring(rows_of({TOWN: 0}), rows_of({TOWN: 60}, measure="ABG000"))
    share(table)
    with pytest.raises(WrongState):
        flows.release([table], by=None)
    assert flows.release([table], by=None, flags_checked=True).state == "released"


def test_a_rate_without_counts_is_never_released():
    table = bring(["21111;x;JAHR;Jahr;2023;KREISE;Gebiet;99001;99001;;;;;5,4;%;QUOTE;Quote"])
    flows.release([table], by=None)
    assert [value.hidden for value in ReleasedValue.objects.all()] == ["unfit"]


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (1, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1027, 1025)]
)
def test_rounding_to_five_is_this_table(value, expected):
    assert rounded(Decimal(value), 5) == expected


def test_totals_are_rounded_from_exact_values_and_the_note_says_so(client, make_user):
    table = bring(rows_of(dict.fromkeys(DISTRICTS, 11) | {TOWN: 55}), protection="round_5")
    figure = share(table, denominator="ABG001")
    flows.release([table], by=None, flags_checked=True)
    values = published(list(table.items.select_related("table")), [*DISTRICTS, TOWN])
    assert sorted(int(value.value) for value in values.values()) == [10, 10, 10, 10, 10, 55]
    client.force_login(make_user())
    for kind in ("", "csv"):
        page = client.get(reverse("indicators:detail", args=[figure.pk]), {"format": kind}).content.decode()
        assert rounding_note(table) in page


def test_a_rate_on_fewer_than_twenty_is_not_shown():
    table = bring(rows_of({TOWN: 10}), rows_of({TOWN: 15}, measure="ABG000"), protection="round_5")
    figure = share(table)
    flows.release([table], by=None)
    assert (series_of(figure, TOWN).latest.value, series_of(figure, TOWN).latest.sign) == (None, ".")


def attack_independently(tables):
    """The attacker once more, in another way: brute force over everything that fits what is shown.

    Only for the one measure without categories: districts that add up to the town, each period for itself.
    """
    found = []
    shown = defaultdict(dict)
    for value in ReleasedValue.objects.filter(item__table__in=tables, is_current=True):
        shown[value.period][value.region_key] = value
    for values in shown.values():
        if TOWN not in values or values[TOWN].value is None:
            continue
        total = int(values[TOWN].value)
        known = sum(int(one.value) for key, one in values.items() if key != TOWN and one.value is not None)
        unknown = [key for key, one in values.items() if key != TOWN and one.value is None]
        rest = total - known
        for key in unknown:
            exact = int(values[key].exact)
            possible = set(range(1, rest - len(unknown) + 2)) if len(unknown) > 1 else {rest}
            if 0 < exact < 3 and (len(possible) < 3 or possible <= {1, 2}):
                found.append((key, possible))
    return found


counts = st.lists(st.integers(0, 12), min_size=5, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    years=st.lists(counts, min_size=1, max_size=3),
    split=st.integers(0, 2**15),
    corrected=counts,
    protection=st.sampled_from(["suppress_3", "suppress_5", "round_5", "round_3"]),
    together=st.booleans(),
)
@pytest.mark.postgres  # what is solved is no question to a database: once is enough
def test_no_small_count_can_be_found_over_random_releases_years_and_overlapping_tables(
    years, split, corrected, protection, together
):
    with gone_afterwards():
        tables = deliver(years, split, protection)
        released = []
        for group in [tables] if together else [[table] for table in tables]:
            if flows.release(group, by=None, flags_checked=True).state == "released":
                released.extend(group)
        if protection == "suppress_3":
            assert not attack_independently([tables[0]] if tables[0] in released else [])
        assert not attack(released)
        correction = rows_of(dict(zip(DISTRICTS, corrected, strict=True)) | {TOWN: sum(corrected)}, period="2021")
        bring(correction, table="A", protection=protection)
        try:
            flows.release([tables[0]], by=None, flags_checked=True)
        except WrongState:
            return
        assert not attack(tables)


def test_without_secondary_suppression_the_same_attack_succeeds(monkeypatch):
    monkeypatch.setattr(releasing, "propose", partial(propose, secondary=False))
    monkeypatch.setattr("indicators.publishable.proposal.Proposal.is_safe", True)
    table = bring(rows_of(CASE))
    flows.release([table], by=None)
    assert attack_independently([table])
    assert attack([table])


def attack(tables):
    """The attacker of the application against what is in the database now, on the true sums of the towns."""
    knowledge, protected = Knowledge(), {}
    for value in ReleasedValue.objects.filter(item__table__in=tables).order_by("pk").select_related("item__table"):
        if value.exact is None:
            continue
        name = (value.item.dimensions, value.region_key, value.period, int(value.exact))
        half = value.base // 2
        low, high = (0 if value.base else 1), float("inf")
        if value.value is not None:
            low, high = max(0, int(value.value) - half), int(value.value) + half
        knowledge.narrow(name, low, high)
        threshold = Protection(value.item.table.protection).threshold
        if 0 < value.exact < threshold:
            protected[name] = threshold
    for release in {value.release_id for value in ReleasedValue.objects.filter(item__table__in=tables)}:
        state = {}
        for value in ReleasedValue.objects.filter(release__lte=release, item__table__in=tables).order_by("pk"):
            if value.exact is not None:
                state[value.item.dimensions, value.region_key, value.period] = int(value.exact)
        for (dimensions, region, period), exact in state.items():
            if region != TOWN:
                continue
            for parts in (
                [(dimensions, key, period) for key in DISTRICTS],
                [(category, TOWN, period) for category in ("GES=GESM", "GES=GESW")] if not dimensions else [],
            ):
                if parts and all(part in state for part in parts) and sum(state[part] for part in parts) == exact:
                    equation = {(dimensions, region, period, exact): -1}
                    for part in parts:
                        name = (*part, state[part])
                        equation[name] = equation.get(name, 0) + 1
                    knowledge.equations.append(equation)
    return exposures(knowledge, protected)


def deliver(years, split, protection):
    """Two overlapping tables: districts and town by year, and the same town by sex."""
    first = [
        rows_of(dict(zip(DISTRICTS, year, strict=True)) | {TOWN: sum(year)}, period=str(2021 + index))
        for index, year in enumerate(years)
    ]
    second, chance = [], random.Random(split)
    for index, year in enumerate(years):
        women = chance.randint(0, sum(year))
        second.append(
            rows_of(
                {TOWN: sum(year), (TOWN, "GESW"): women, (TOWN, "GESM"): sum(year) - women}, period=str(2021 + index)
            )
        )
    return bring(*first, table="A", protection=protection), bring(*second, table="B", protection=protection)


@contextlib.contextmanager
def gone_afterwards():
    """Examples of one test must not know each other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_only_the_door_and_education_monitoring_touch_exact_values():
    """Observations are named by the door, the import, the release and pages of education monitoring alone."""
    allowed = {
        *("deliveries.py", "staging.py", "history.py", "door.py", "proposal.py", "world.py", "importing.py"),
        "series.py",  # which deliveries a figure comes from, never their values
    }
    found = set()
    for path in Path(project.BASE_DIR).glob("*/**/*.py"):
        if {"migrations", ".venv", "tests", "benchmarks"} & set(path.parts):
            continue
        if re.search(r"\bObservation\b", path.read_text()) and path.name not in {*allowed, "__init__.py"}:
            found.add(str(path))
    assert not found
    assert Observation.objects.count() == 0
