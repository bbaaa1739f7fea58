# SPDX-License-Identifier: EUPL-1.2
import csv
import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from indicators import flows
from indicators.models import Import, ImportState, Observation
from indicators.series import series_of
from indicators.staging import Staging
from tests.files import flat_file

pytestmark = pytest.mark.django_db
KEYS = ["layout", "table_code", "title", "periods", "regions", "measures", "cells", "numeric", "signs", "rejected"]
KEYS += ["created", "changed", "unchanged", "warnings"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "21111-99-06-4_00.csv"
    path.write_bytes(flat_file((("2023", "94", "1027"), ("2024", ".", "1038"))))
    return path


def command(*arguments):
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_prints_what_it_found_as_json(file):
    summary = json.loads(command("import_statistics", file, "--json"))
    assert list(summary) == KEYS
    assert (summary["table_code"], summary["cells"], summary["numeric"], summary["signs"]) == (
        "21111-99-06-4",
        4,
        3,
        {".": 1},
    )
    assert (summary["created"], summary["changed"], summary["unchanged"]) == (4, 0, 0)


def test_a_second_import_of_the_same_file_changes_nothing(file):
    command("import_statistics", file)
    summary = json.loads(command("import_statistics", file, "--json"))
    assert (summary["created"], summary["changed"], summary["unchanged"]) == (0, 0, 4)
    assert Observation.objects.count() == 4


def test_a_dry_run_stores_nothing(file):
    assert json.loads(command("import_statistics", file, "--json", "--dry-run"))["created"] == 4
    assert not Observation.objects.exists()
    assert not Import.objects.exists()


def test_a_file_that_cannot_be_read_stores_nothing_and_says_what_is_wrong(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"%PDF-1.4")
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_statistics", str(path), "--json", stdout=out)
    assert json.loads(out.getvalue())["error"] == str(error.value)
    assert not Import.objects.exists()


def test_an_import_that_breaks_off_leaves_nothing(file, monkeypatch):
    def fail(*arguments, **keywords):
        raise RuntimeError("power cut")

    monkeypatch.setattr(Staging, "store", fail)
    with pytest.raises(RuntimeError):
        flows.import_file(file.read_bytes(), file.name)
    assert not Observation.objects.exists()
    assert not Import.objects.exists()


def test_the_export_is_stable_and_keeps_signs(file):
    command("import_statistics", file)
    rows = list(
        csv.reader(io.StringIO(command("export_observations", "--table", "21111-99-06-4", "--region", "99001")))
    )
    assert rows[0] == ["table", "period", "region", "dimensions", "measure", "unit", "value", "sign", "quality"]
    assert ["21111-99-06-4", "2024", "99001", "", "ABG001", "Anzahl", "", ".", ""] in rows
    assert ["21111-99-06-4", "2023", "99001", "", "ABG001", "Anzahl", "94", "", ""] in rows
    one = command("export_observations", "--table", "21111-99-06-4", "--period", "2023")
    assert one.count("\n") == 3


def test_official_facts_are_what_the_export_prints(shared_data):
    folder = shared_data / "genesis"
    command("import_statistics", folder / "classic_table_csv/21111-02-06-4.csv")
    leavers = command("export_observations", "--table", "21111-02-06-4", "--region", "08212")
    assert ",2278,," in leavers
    assert ",147,," in leavers
    command("import_statistics", folder / "ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv")
    assert ",3685265,," in command("export_observations", "--table", "12411-01-01-4", "--region", "11000")
    command("import_statistics", folder / "ffcsv_new_long/52411-02-01-4_de_2024_ragged_dims.csv")
    assert (
        json.loads(
            command("import_statistics", folder / "ffcsv_new_long/52411-02-01-4_de_2024_ragged_dims.csv", "--json")
        )["unchanged"]
        == 2445
    )


def test_the_largest_delivery_is_stored_whole(shared_data):
    path = shared_data / "genesis/ffcsv_new_long/12531-0043_de_job_116738rows.csv.gz"
    assert json.loads(command("import_statistics", path, "--json"))["created"] == 116_738
    assert Observation.objects.count() == 116_738


def test_a_key_figure_keeps_signs_and_quality(make_key_figure):
    key_figure = make_key_figure((("2022", "/", "/"), ("2023", "94", "1027"), ("2024", "0", "221")))
    points = series_of(key_figure, "99001").points
    assert [(point.period, point.sign) for point in points] == [("2022", "/"), ("2023", ""), ("2024", "")]
    assert points[0].value is None
    assert round(points[1].value, 1) == Decimal("9.2")
    assert points[2].value == 0


def upload(client, data, name="21111-99-06-4.csv"):
    return client.post(reverse("indicators:import_create"), {"file": SimpleUploadedFile(name, data)})


def test_upload_preview_and_confirm(client, make_user):
    client.force_login(make_user("Jonas Arndt", office=["monitoring"]))
    answer = upload(client, flat_file())
    kept = Import.objects.get()
    assert answer.url == reverse("indicators:import_preview", args=[kept.pk])
    assert not Observation.objects.exists()
    assert client.get(answer.url).status_code == 200
    client.post(reverse("indicators:import_confirm", args=[kept.pk]))
    assert Observation.objects.count() == 2
    client.post(reverse("indicators:import_confirm", args=[kept.pk]))
    assert Observation.objects.count() == 2


def test_a_discarded_delivery_stores_nothing(client, make_user):
    client.force_login(make_user("Jonas Arndt", office=["monitoring"]))
    upload(client, flat_file())
    kept = Import.objects.get()
    client.post(reverse("indicators:import_discard", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.state == ImportState.DISCARDED
    client.post(reverse("indicators:import_confirm", args=[kept.pk]))
    assert not Observation.objects.exists()


def test_a_wrong_upload_is_explained_on_the_form(client, make_user):
    client.force_login(make_user("Jonas Arndt", office=["monitoring"]))
    answer = upload(client, b"%PDF-1.4", "bericht.pdf")
    assert answer.status_code == 422
    assert b"data-errors" in answer.content
    assert not Import.objects.exists()


def test_only_education_monitoring_imports(client, make_user, office, head):
    for user in (office, head, make_user("Root", is_superuser=True)):
        client.force_login(user)
        assert upload(client, flat_file()).status_code == 403


def test_the_page_compares_with_one_other_region(client, office, make_key_figure):
    key_figure = make_key_figure()
    flows.import_file(flat_file((("2024", "74", "1000"),), region="99", name="Land"), "21111-99-06-4_land.csv")
    client.force_login(office)
    page = client.get(key_figure.get_absolute_url(), {"comparison": "99"}).content.decode()
    assert page.count("<title>") == 2
    assert "7,4" in page
    assert "8,8" in page


def test_the_csv_of_a_key_figure_holds_no_formula(client, office, make_key_figure):
    key_figure = make_key_figure((("2024", "-", "221"),))
    type(key_figure).objects.update(name="=HYPERLINK(1)")
    client.force_login(office)
    body = client.get(key_figure.get_absolute_url(), {"format": "csv"}).content.decode()
    assert ";=" not in body
    assert "\n=" not in body
    assert ";-;" not in body
