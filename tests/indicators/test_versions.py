# SPDX-License-Identifier: EUPL-1.2
"""Deliveries are versions: what changed is kept, what was taken over can be taken back."""

import io
import subprocess
import sys
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from core.errors import WrongState
from core.sentences import words
from indicators import flows
from indicators.history import history_of
from indicators.models import (
    Import,
    ImportState,
    Item,
    Mapping,
    Observation,
    Region,
    Revision,
    Table,
    TableRegion,
)
from indicators.series import series_of, snapshot
from tests.files import flat_file
from tests.indicators.test_import import upload

pytestmark = pytest.mark.django_db

FIRST = (("2022", "86", "1019"), ("2023", "94", "1027"))
SECOND = (("2023", "96", "1027"), ("2024", "91", "1038"))


def bring(values, name="21111-99-06-4.csv"):
    flows.import_file(flat_file(values), name)
    return Import.objects.order_by("pk").last()


def values():
    return {(one.item.measure, one.period): int(one.value) for one in Observation.objects.select_related("item")}


@pytest.fixture
def monitor(make_user):
    return make_user("Jonas Arndt", office=["monitoring"])


def test_a_changed_value_keeps_what_it_was_and_who_changed_it():
    first, second = bring(FIRST), bring(SECOND)
    revision = Revision.objects.get()
    assert (revision.value, revision.source, revision.replaced_by) == (94, first, second)
    versions = history_of(Item.objects.get(measure="ABG001"), "99001")
    assert [(one.period, int(one.value), one.until) for one in versions] == [
        ("2024", 91, None),
        ("2023", 96, None),
        ("2023", 94, second),
        ("2022", 86, None),
    ]


def test_undoing_a_delivery_brings_every_value_back(monitor):
    bring(FIRST)
    before = values()
    second = bring(SECOND)
    assert values() != before
    flows.undo(second, by=monitor)
    second.refresh_from_db()
    assert second.state == ImportState.UNDONE
    assert values() == before
    assert not Revision.objects.exists()


def test_a_delivery_that_a_later_one_changed_cannot_be_undone(monitor):
    first = bring(FIRST)
    bring(SECOND)
    with pytest.raises(WrongState):
        flows.undo(first, by=monitor)
    assert first.observations.exists()


def test_a_delivery_that_findings_stand_on_cannot_be_undone(monitor, make_key_figure):
    key_figure = make_key_figure()
    kept = Import.objects.get()
    finding = flows.note_finding(snapshot(key_figure, region_key="99001"), by=monitor, text="Der Anteil sinkt.")
    assert list(finding.imports.all()) == [kept]
    with pytest.raises(WrongState):
        flows.undo(kept, by=monitor)


def test_a_recommendation_stands_on_a_finding_and_so_on_its_delivery(make_recommendation):
    recommendation = make_recommendation()
    evidence = recommendation.evidence.get()
    assert list(evidence.finding.imports.all()) == list(Import.objects.all())
    assert flows.what_stands_on(Import.objects.get()) == "findings"


def test_the_preview_shows_what_would_change_and_what_is_missing(client, monitor):
    bring(FIRST)
    client.force_login(monitor)
    page = client.get(upload(client, flat_file((("2023", "96", "1027"),))).url)
    summary = page.context["summary"]
    assert (summary["created"], summary["changed"], summary["unchanged"], summary["missing"]) == (0, 1, 1, 0)
    (change,) = summary["changes"]
    assert (Decimal(change["before"][0]), Decimal(change["after"][0]), change["period"]) == (94, 96, "2023")
    assert values()["ABG001", "2023"] == 94


def test_what_a_delivery_changed_is_a_page(client, monitor):
    bring(FIRST)
    second = bring(SECOND)
    client.force_login(monitor)
    page = client.get(reverse("indicators:import_changes", args=[second.pk]))
    ((before, _region, after),) = page.context["page_obj"].object_list
    assert (before.value, after.value) == (94, 96)
    item = Item.objects.get(measure="ABG001")
    assert client.get(reverse("indicators:value_history", args=[item.pk]), {"region": "99001"}).status_code == 200


def test_undo_on_the_page_says_why_not(client, monitor):
    first = bring(FIRST)
    bring(SECOND)
    client.force_login(monitor)
    page = client.get(first.get_absolute_url())
    assert not page.context["may_undo"]
    assert str(page.context["may_undo"].reason) in page.content.decode()
    client.post(reverse("indicators:import_undo", args=[first.pk]))
    first.refresh_from_db()
    assert first.state == ImportState.STORED


def test_only_education_monitoring_sees_exact_values(client, office, head):
    kept = bring(FIRST)
    item = Item.objects.first()
    for user in (office, head):
        client.force_login(user)
        for address in (
            kept.get_absolute_url(),
            reverse("indicators:import_changes", args=[kept.pk]),
            reverse("indicators:value_history", args=[item.pk]),
            reverse("indicators:disclosure"),
            reverse("indicators:release_preview") + f"?table={item.table_id}",
        ):
            assert client.get(address).status_code in (403, 404), address


def test_the_same_value_twice_is_one_and_two_values_for_one_cell_are_an_error():
    data = flat_file((("2023", "94", "1027"),))
    row = data.split(b"\r\n")[1]
    summary = flows.import_file(data + row + b"\r\n" + row.replace(b";94;", b";95;") + b"\r\n", "x.csv")
    assert (summary["cells"], [one["line"] for one in summary["rejected"]]) == (2, [5])
    assert values()["ABG001", "2023"] == 94


def test_lost_zeros_are_mended_only_after_asking(client, monitor):
    client.force_login(monitor)
    data = flat_file(region="8212", name="Karlsruhe") + flat_file().split(b"\r\n", 1)[1]
    page = client.get(upload(client, data).url)
    kept = Import.objects.get()
    assert (page.context["summary"]["cells"], len(page.context["summary"]["rejected"])) == (2, 2)
    client.post(reverse("indicators:import_repair", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.summary["cells"] == 4
    client.post(reverse("indicators:import_confirm", args=[kept.pk]))
    assert set(Observation.objects.values_list("region_key", flat=True)) == {"99001", "08212"}


OWN = "Stadtbezirk;Schuljahr;Kinder;Bemerkung\nNordhang;2023/24;97;\nSonnberg;2023/24;52;\n"


def test_an_own_table_is_explained_once_and_known_from_then_on(client, monitor):
    for key, name in (("99001-2", "Nordhang"), ("99001-4", "Sonnberg")):
        Region.objects.create(key=key, name=name, level="city_district")
    client.force_login(monitor)
    answer = upload(client, OWN.encode(), "sprache.csv")
    kept = Import.objects.get()
    assert kept.state == ImportState.MAPPING
    explain = client.get(answer.url)
    assert explain.url == reverse("indicators:import_explain", args=[kept.pk])
    form = {
        **{"name": "Gesundheitsamt", "table_code": "SEU", "title": "Sprachstand", "period_kind": "school_year"},
        **{"unit": "Anzahl", "decimal": ",", "column_0": "region_name", "column_1": "period"},
        **{"column_2": "value", "column_3": "ignore"},
    }
    wrong = client.post(explain.url, {**form, "column_2": "ignore"})
    assert wrong.status_code == 422
    assert client.post(explain.url, form).url == kept.get_absolute_url()
    client.post(reverse("indicators:import_confirm", args=[kept.pk]))
    assert sorted(int(one.value) for one in Observation.objects.all()) == [52, 97]
    assert Mapping.objects.get().name == "Gesundheitsamt"
    assert not Table.objects.get(code="SEU").is_open
    upload(client, OWN.replace("97", "99").encode(), "sprache-neu.csv")
    again = Import.objects.order_by("pk").last()
    assert (again.state, again.summary["changed"]) == (ImportState.PREVIEW, 1)


def test_old_and_new_delivery_of_73111_are_one_table_of_the_same_values(shared_data):
    folder = shared_data / "genesis"
    for name, created, unchanged in (
        ("ffcsv_old_wide/73111-01-01-4_de_2020.csv", 1614, 0),
        ("ffcsv_new_long/73111-01-01-4_de_2020_with_aggregates.csv", 36, 1614),
        ("ffcsv_old_wide/73111-01-01-4_de_2020.csv", 0, 1614),
    ):
        with (folder / name).open("rb") as file:
            summary = flows.import_file(file, name)
        assert (summary["created"], summary["changed"], summary["unchanged"]) == (created, 0, unchanged)


def test_a_level_of_dashes_and_dissolved_regions_are_said_and_are_no_zeros(shared_data):
    folder = shared_data / "genesis/ffcsv_new_long"
    for name, part in (
        ("13111-01-03-4_de_2025-06-30_kreise_all_dash.csv", "„-“"),
        ("12411-01-01-4_de_stichtag2024.csv", "74"),
    ):
        with (folder / name).open("rb") as file:
            summary = flows.import_file(file, name)
        assert any(part in words(remark) for remark in summary["warnings"])
    assert not Observation.objects.filter(region_key="15355", value__isnull=False).exists()
    assert Observation.objects.filter(region_key="15355", sign="-").exists()


def test_sums_that_do_not_add_up_are_said_and_kept(shared_data):
    with (shared_data / "genesis/classic_table_csv/21111-02-06-4.csv").open("rb") as file:
        summary = flows.import_file(file, "")
    assert len(summary["warnings"]) >= 2
    total = Item.objects.get(dimensions="Spalte 1=Insgesamt;Spalte 2=Insgesamt")
    assert Observation.objects.get(item=total, region_key="DG").value == 782423


@pytest.mark.postgres  # a minute of reading: once is enough
def test_every_official_file_goes_into_the_database_twice_without_a_change(shared_data):
    for path in sorted((shared_data / "genesis").glob("*/*")):
        if path.suffix in (".json", ".xml") or "cubefile" in path.name or "116738" in path.name:
            continue
        for expected in (None, 0):
            with path.open("rb") as file:
                summary = flows.import_file(file, path.name)
            assert expected is None or (summary["created"], summary["changed"]) == (0, 0), path.name


def test_a_table_knows_its_regions_without_looking_through_all_values():
    bring(FIRST)
    assert set(TableRegion.objects.values_list("region_key", flat=True)) == {"99001"}


KILLED = """
import os, sys, django
django.setup()
from indicators import flows
from indicators.staging import Staging
store = Staging.store
def kill(self, *arguments):
    store(self, *arguments)
    os.kill(os.getpid(), 9)
Staging.store = kill
flows.import_file(sys.stdin.buffer.read(), "21111-99-06-4.csv")
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_import_killed_in_the_middle_leaves_nothing():
    import os

    database = connection.settings_dict
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bildungsbuero.settings"}
    done = subprocess.run(
        [sys.executable, "-c", KILLED], input=flat_file(FIRST), env=environment, cwd=settings.BASE_DIR
    )
    assert done.returncode == -9
    assert not Observation.objects.exists()
    assert not Import.objects.exists()
    assert not Item.objects.exists()
    bring(FIRST)
    assert Observation.objects.count() == 4


def test_a_figure_joins_the_renamed_categories_of_two_years(shared_data):
    flows.load_catalogue()
    folder = shared_data / "genesis"
    for path in (
        folder / "classic_table_csv/21111-02-06-4.csv",
        folder / "excerpts_transcribed/21111-02-06-4-B_classic_2024_latin1.csv",
    ):
        with path.open("rb") as file:
            flows.import_file(file, path.name)
    from indicators.models import KeyFigure

    points = series_of(KeyFigure.objects.get(code="D7a"), "01001").points
    assert [point.period for point in points] == ["2022/23", "2023/24"]
    assert [round(point.value, 2) for point in points] == [
        round(Decimal(90) / 1059 * 100, 2),
        round(Decimal(108) / 1107 * 100, 2),
    ]


def test_a_hostile_file_name_and_a_register_of_rubbish_do_no_harm(client, monitor):
    client.force_login(monitor)
    upload(client, flat_file(), "../../etc/passwd")
    assert "/" not in Import.objects.get().file_name
    answer = client.post(
        reverse("indicators:register_load"), {"file": SimpleUploadedFile("r.csv", b"key;name;level\nx;y;moon\n")}
    )
    assert answer.status_code == 422
    assert not Region.objects.filter(key="x").exists()
    with pytest.raises(Exception, match="2"):
        flows.load_regions(io.BytesIO(b"key;name;level\nx;y;moon\n"))


def test_own_values_never_go_into_an_official_table(monitor):
    bring(FIRST)
    definition = {"table_code": "21111-99-06-4", "title": "x", "roles": {"Gebiet": "region_key", "Zahl": "value"}}
    mapping = Mapping.objects.create(
        name="x", columns=["Gebiet", "Zahl"], definition={**definition, "period": "2024", "region": ""}
    )
    with pytest.raises(ValidationError):
        flows.import_file(b"Gebiet;Zahl\n99001;2\n", "x.csv", mapping=mapping)
    assert len(values()) == 4


def test_a_workbook_longer_than_it_says_is_refused():
    import struct
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 5_000_000)
    data = bytearray(buffer.getvalue())
    for at in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<I", 100)
    with pytest.raises(ValidationError):
        flows.import_file(bytes(data), "bombe.xlsx")
