# SPDX-License-Identifier: EUPL-1.2
"""Official files read with the counts that a naive reader of the same file finds."""

import csv
import gzip
import io
import zipfile
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from indicators.readers import read
from indicators.readers.remarks import empty_regions, remarks
from indicators.readers.values import period_of, value_of
from tests.files import HEAD, flat_file

SIGNS = {"-", ".", "...", "/", "x"}


def _bytes(path):
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def flat_names():
    from tests.conftest import SHARED

    return sorted(path.name for path in (SHARED / "data/genesis/ffcsv_new_long").glob("*")) or ["(missing)"]


@pytest.mark.parametrize("name", flat_names())
def test_a_flat_file_is_read_with_every_cell_and_every_sign(shared_data, name):
    path = shared_data / "genesis/ffcsv_new_long" / name
    rows = list(csv.DictReader(io.StringIO(_bytes(path).decode("utf-8-sig")), delimiter=";"))
    signs = Counter(row["value"] for row in rows if row["value"] in SIGNS)
    delivery = read(path.read_bytes(), name)
    assert delivery.layout == "genesis-flat-long"
    assert (len(delivery.cells), delivery.rejected) == (len(rows), [])
    assert delivery.signs == dict(sorted(signs.items()))
    assert delivery.numeric == len(rows) - sum(signs.values())
    assert len(delivery.periods) == len({row["time"] for row in rows})
    assert len(delivery.measures) == len({row["value_variable_code"] for row in rows})


@pytest.mark.parametrize(
    ("name", "columns", "heads"),
    [("21111-01-03-4.csv", 6, 4), ("21111-02-06-4.csv", 14, 3), ("82411-01-03-4.csv", 2, 3)],
)
def test_a_table_csv_is_read_with_every_cell_and_every_sign(shared_data, name, columns, heads):
    data = (shared_data / "genesis/classic_table_csv" / name).read_bytes()
    rows = [line.split(";") for line in data.decode("cp1252").splitlines() if line[:4].isdigit() and ";" in line]
    values = [value for row in rows for value in row[heads:]]
    delivery = read(data, name)
    assert delivery.layout == "genesis-table-csv"
    assert len(delivery.cells) == len(rows) * columns == len(values)
    assert delivery.signs == dict(sorted(Counter(value for value in values if value in SIGNS).items()))
    assert len(delivery.regions) == len({row[1] for row in rows})
    assert delivery.as_of.count(".") == 2
    assert "Datenlizenz Deutschland" in delivery.licence
    assert not any("Stand" in key.region for key in delivery.cells)


def cells_of(delivery, region, **parts):
    return [
        cell
        for key, cell in delivery.cells.items()
        if key.region == region and all(value in getattr(key, part) for part, value in parts.items())
    ]


def test_facts_of_the_school_tables_come_out(shared_data):
    folder = shared_data / "genesis/classic_table_csv"
    leavers = read((folder / "21111-02-06-4.csv").read_bytes(), "")
    values = {cell.key.dimensions: cell.value for cell in cells_of(leavers, "08212")}
    assert values["Spalte 1=Insgesamt;Spalte 2=Insgesamt"] == 2278
    assert values["Spalte 1=ohne Hauptschulabschluss;Spalte 2=Insgesamt"] == 147
    assert leavers.period_kind == "school_year_end"
    schools = read((folder / "21111-01-03-4.csv").read_bytes(), "")
    grammar = cells_of(schools, "08212", dimensions="Zeile=Gymnasien", measure="Schülerinnen")
    assert [cell.value for cell in grammar if "Geschlecht=Insgesamt" in cell.key.dimensions] == [10093]
    total = cells_of(schools, "08212", dimensions="Zeile=Insgesamt", measure="Allgemeinbildende Schulen")
    assert [(cell.value, cell.sign) for cell in total] == [(None, "x")]
    assert schools.period_kind == "school_year_start"


def test_population_of_hamburg_and_berlin_and_no_germany_row_is_no_error(shared_data):
    data = (shared_data / "genesis/ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv").read_bytes()
    delivery = read(data, "12411-01-01-4_de_stichtag2024.csv")
    (berlin,) = cells_of(delivery, "11000", dimensions="GES=INSGESAMT")
    assert berlin.value == 3_685_265
    assert "02000" in delivery.regions
    assert "DG" not in delivery.regions


def test_parts_of_a_district_are_marked_and_dissolved_regions_are_no_zero(shared_data):
    data = (shared_data / "genesis/ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv").read_bytes()
    delivery = read(data, "12411-01-01-4_de_stichtag2024.csv")
    levels = {cell.key.region: cell.level for cell in delivery.cells.values()}
    assert levels["03241001"] == "part"
    total = [
        cell for cell in delivery.cells.values() if cell.key.dimensions == "GES=INSGESAMT" and cell.value is not None
    ]
    districts = sum(cell.value for cell in total if cell.level == "district")
    assert districts < sum(cell.value for cell in total)
    assert len(empty_regions(delivery)) == 74
    assert all(cell.value is None for cell in cells_of(delivery, "15355"))


def test_a_level_that_is_all_dashes_is_a_warning_not_zeros(shared_data):
    name = "13111-01-03-4_de_2025-06-30_kreise_all_dash.csv"
    delivery = read((shared_data / "genesis/ffcsv_new_long" / name).read_bytes(), name)
    assert any("district" in text for text in remarks(delivery))
    assert not [cell for cell in delivery.cells.values() if cell.level == "district" and cell.value is not None]


def test_the_region_is_found_by_its_variable_not_by_its_place(shared_data):
    name = "23311-0010_de_quarters_region_in_dim2_dim3.csv"
    delivery = read((shared_data / "genesis/ffcsv_new_long" / name).read_bytes(), name)
    assert len(delivery.regions) == 16
    assert all("HERKLD=" in key.dimensions and "QUARTG=" in key.dimensions for key in delivery.cells)


def test_one_measure_in_two_units_stays_two_values(shared_data):
    name = "3000G-1008_de_same_code_two_units.csv"
    delivery = read((shared_data / "genesis/ffcsv_new_long" / name).read_bytes(), name)
    assert {key.unit for key in delivery.cells} == {"Anzahl", "%"}


def test_sums_that_do_not_add_up_are_said_and_kept(shared_data):
    delivery = read((shared_data / "genesis/classic_table_csv/21111-02-06-4.csv").read_bytes(), "")
    assert [cell.value for cell in cells_of(delivery, "DG", dimensions="Spalte 1=Insgesamt;Spalte 2=Insgesamt")] == [
        782423
    ]
    assert len(remarks(delivery)) >= 2


def test_time_in_the_header_is_a_period(shared_data):
    path = next((shared_data / "genesis/excerpts_transcribed").glob("21311-01-01-4-B_classic*"))
    assert read(path.read_bytes(), path.name).periods == ["2023-10P6M"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", (0, "", "")),
        ("-", (None, "-", "")),
        (".", (None, ".", "")),
        ("...", (None, "...", "")),
        ("/", (None, "/", "")),
        ("x", (None, "x", "")),
        ("(5)", (5, "", "()")),
        ("-0,5", (-0.5, "", "")),
        ("6.5", (6.5, "", "")),
        ("1 011", None),
        ("viele", None),
        ("", None),
    ],
)
def test_a_sign_is_never_a_number(text, expected):
    found = value_of(text)
    assert found == expected if expected is None else (found[0] == expected[0] and found[1:] == expected[1:])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023", "2023"),
        ("31.12.2023", "2023-12-31"),
        ("2024-12-31", "2024-12-31"),
        ("2023-10P6M", "2023-10P6M"),
        ("WS 2023/24", "2023-10P6M"),
        ("2022/23", "2022/23"),
        ("Schuljahr 2022/23", "2022/23"),
        ("gestern", None),
    ],
)
def test_a_period_has_one_form(text, period):
    assert period_of(text) == period


def _zip(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


WRONG = {
    "pdf": b"%PDF-1.7 ...",
    "login page": b"<!DOCTYPE html><html><body>Login</body></html>",
    "empty": b"",
    "blank": b"  \n ",
    "header only": (HEAD + "\n").encode(),
    "commas": HEAD.replace(";", ",").encode(),
    "xml": b"<?xml version='1.0'?><genml:GENESIS/>",
    "json envelope": b'{"Status": {"Code": 104}}',
    "three lines": b"a;b\n1;2\n3;4\n",
    "old layout": b"Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;X__Y__Z\n1;2;3;4;5;6\n",
    "excel": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "damaged zip": b"PK\x03\x04abc",
    "damaged gzip": b"\x1f\x8babc",
    "mojibake": ("\ufeff" + HEAD + "\n").encode() + flat_file(name="KÃ¶ln MÃ¼ller").split(b"\r\n", 1)[1],
    "table without data": b"Tabelle: 1-2\nTitel;;\n;;;Insgesamt\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_a_sentence_that_says_what_to_do(name):
    with pytest.raises(ValidationError) as refusal:
        read(WRONG[name], "datei.csv")
    assert len(refusal.value.messages[0]) > 25


def test_a_file_over_the_limit_is_refused_before_it_is_unpacked(settings):
    settings.IMPORT_MAX_BYTES = 2000
    with pytest.raises(ValidationError):
        read(gzip.compress(b"statistics_code;" + b"0" * 5000), "bombe.csv.gz")


def test_a_shifted_row_is_named_with_its_line_and_the_others_are_read():
    data = flat_file((("2023", "94", "1027"), ("2024", "91", "1038"))) + b"KREISE;kaputt\r\n"
    delivery = read(data, "x.csv")
    assert len(delivery.cells) == 4
    assert [row.line for row in delivery.rejected] == [6]


def test_umlauts_of_a_latin_1_download_are_right():
    data = flat_file(name="Köln, kreisfreie Stadt").decode("utf-8-sig").encode("latin-1")
    delivery = read(data, "x.csv")
    assert delivery.regions["99001"].region_name == "Köln, kreisfreie Stadt"
