# SPDX-License-Identifier: EUPL-1.2
"""Official files read with the counts that a naive reader of the same file finds."""

import csv
import gzip
import io
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from indicators.readers import Mapping, UnknownLayoutError, open_source
from indicators.readers.values import full_key, period_of, value_of
from tests.conftest import SHARED
from tests.files import HEAD, Gathered, flat_file

SIGNS = {"-", ".", "...", "/", "x"}


def _bytes(path):
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def names_in(folder):
    return sorted(path.name for path in (SHARED / "data/genesis" / folder).glob("*")) or ["(missing)"]


def gathered(path, **options):
    with path.open("rb") as file:
        return Gathered(file, path.name, **options)


@pytest.mark.parametrize("name", names_in("ffcsv_new_long"))
def test_a_flat_file_is_read_with_every_cell_and_every_sign(shared_data, name):
    path = shared_data / "genesis/ffcsv_new_long" / name
    rows = list(csv.DictReader(io.StringIO(_bytes(path).decode("utf-8-sig")), delimiter=";"))
    signs = Counter(row["value"] for row in rows if row["value"] in SIGNS)
    delivery = gathered(path)
    assert delivery.layout == "genesis-flat-long"
    assert (len(delivery.cells), delivery.rejected) == (len(rows), [])
    assert delivery.signs == dict(sorted(signs.items()))
    assert delivery.numeric == len(rows) - sum(signs.values())
    assert len(delivery.periods) == len({row["time"] for row in rows})
    assert len(delivery.measures) == len({row["value_variable_code"] for row in rows})


@pytest.mark.parametrize("name", names_in("ffcsv_old_wide"))
def test_an_old_flat_file_is_read_with_every_cell_and_every_sign(shared_data, name):
    path = shared_data / "genesis/ffcsv_old_wide" / name
    header, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
    columns = [at for at, column in enumerate(header) if "__" in column and not column.endswith("__q")]
    whole = [row for row in rows if row[0] == rows[-1][0] and len(row) == len(header)]
    values = [row[at].strip() for row in whole for at in columns if row[at].strip()]
    delivery = gathered(path)
    assert delivery.layout == "genesis-flat-wide"
    assert len(delivery.cells) == len(values)
    assert len(delivery.rejected) == len(rows) - len(whole)
    assert delivery.signs == dict(sorted(Counter(value for value in values if value in SIGNS).items()))
    assert len(delivery.facts()) == len(values)


@pytest.mark.parametrize(
    ("name", "columns", "heads"),
    [("21111-01-03-4.csv", 6, 4), ("21111-02-06-4.csv", 14, 3), ("82411-01-03-4.csv", 2, 3)],
)
def test_a_table_csv_is_read_with_every_cell_and_every_sign(shared_data, name, columns, heads):
    path = shared_data / "genesis/classic_table_csv" / name
    rows = [
        line.split(";") for line in path.read_text(encoding="cp1252").splitlines() if line[:4].isdigit() and ";" in line
    ]
    values = [value for row in rows for value in row[heads:]]
    delivery = gathered(path)
    assert delivery.layout == "genesis-table-csv"
    assert len(delivery.cells) == len(rows) * columns == len(values)
    assert delivery.signs == dict(sorted(Counter(value for value in values if value in SIGNS).items()))
    assert len(delivery.regions) == len({row[1] for row in rows})
    assert delivery.delivery.as_of.count(".") == 2
    assert "Datenlizenz Deutschland" in delivery.delivery.licence
    assert "Datenlizenz" in delivery.delivery.footnotes
    assert not any("Stand" in cell.region for cell in delivery.cells)


@pytest.mark.parametrize(
    ("name", "cells", "numbers", "regions"),
    [
        ("xlsx_table/31211-01-01-4.xlsx", 5380, 4585, 538),
        ("xlsx_table/31211-03-01-4.xlsx", 5918, 5049, 538),
        ("xlsx_table/82411-01-03-4_handedited.xlsx", 19368, 16056, 538),
        ("xlsx_table/31121-04-01-4-B_handedited.xlsx", 73350, 43852, 489),
        ("statistischer_bericht_xlsx/21711_ausgaben_je_schueler_2024.xlsx", 765, 688, 17),
        ("statistischer_bericht_xlsx/csv-21711-b01_extracted_by_repo_author.csv", 255, 255, 17),
    ],
)
def test_workbooks_are_read_whole(shared_data, name, cells, numbers, regions):
    delivery = gathered(shared_data / "genesis" / name)
    assert (len(delivery.cells), delivery.numeric, len(delivery.regions)) == (cells, numbers, regions)
    assert len(delivery.facts()) == cells
    assert delivery.rejected == []


def test_headings_that_span_columns_name_every_column_below(shared_data):
    delivery = gathered(shared_data / "genesis/xlsx_table/31211-01-01-4.xlsx")
    flensburg = {(cell.item.measure, cell.item.dimensions): cell.number for cell in delivery.of("01001")}
    assert flensburg["Gebäude mit Wohnraum", ""] == "16787"
    assert flensburg["Gebäude mit Wohnraum", "Spalte 1=Art des Gebäudes;Spalte 2=Wohnheime"] == "39"
    assert delivery.periods == ["2011-05-09"]


def test_an_edited_workbook_keeps_its_years_and_blank_keys(shared_data):
    delivery = gathered(shared_data / "genesis/xlsx_table/82411-01-03-4_handedited.xlsx")
    assert (delivery.periods[0], delivery.periods[-1], len(delivery.periods)) == ("2000", "2017", 18)
    income = [cell for cell in delivery.of("01001", measure="verfüg. Einkommen") if cell.period == "2017"]
    assert [(cell.number, cell.item.unit) for cell in income] == [("19296", "EUR")]
    packed = gathered(shared_data / "genesis/xlsx_table/31121-04-01-4-B_handedited.xlsx")
    offices = packed.of("01001", dimensions="Gebäudearten=Büro- und Verwaltungsgebäude", measure="Neue")
    assert [cell.number for cell in offices if cell.period == "2015"] == ["5"]


def test_old_and_new_delivery_of_a_year_have_the_same_values(shared_data):
    folder = shared_data / "genesis"
    old = gathered(folder / "ffcsv_old_wide/73111-01-01-4_de_2020.csv").facts()
    new = gathered(folder / "ffcsv_new_long/73111-01-01-4_de_2020_with_aggregates.csv").facts()
    assert len(old) == 1614
    assert {key: new.get(key) for key in old} == old
    assert len(new) - len(old) == 36


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("ffcsv_old_wide/23111-0001_de_8values_timeseries.csv", "ffcsv_old_wide/23111-0001_en_wide_decimal_point.csv"),
        ("ffcsv_new_long/23111-0001_de_8values_timeseries.csv", "ffcsv_new_long/23111-0001_en_decimal_point.csv"),
        (
            "ffcsv_old_wide/12411-01-01-4_de_stichtag2022.csv",
            "ffcsv_old_wide/12411-01-01-4_en_dupheader_stichtag2022.csv",
        ),
    ],
)
def test_a_table_says_the_same_in_german_and_in_english(shared_data, german, english):
    folder = shared_data / "genesis"
    assert gathered(folder / german).facts() == gathered(folder / english).facts()


def test_facts_of_the_school_tables_come_out(shared_data):
    folder = shared_data / "genesis/classic_table_csv"
    leavers = gathered(folder / "21111-02-06-4.csv")
    values = {cell.item.dimensions: cell.number for cell in leavers.of("08212")}
    assert values["Spalte 1=Insgesamt;Spalte 2=Insgesamt"] == "2278"
    assert values["Spalte 1=ohne Hauptschulabschluss;Spalte 2=Insgesamt"] == "147"
    assert leavers.delivery.period_kind == "school_year_end"
    schools = gathered(folder / "21111-01-03-4.csv")
    (grammar,) = schools.of("08212", dimensions="Geschlecht=Insgesamt;Zeile=Gymnasien", measure="Schülerinnen")
    assert grammar.number == "10093"
    (total,) = schools.of("08212", dimensions="Zeile=Insgesamt", measure="Allgemeinbildende Schulen")
    assert (total.number, total.sign) == (None, "x")
    assert schools.delivery.period_kind == "school_year_start"


def test_germany_in_the_old_layout_has_its_population(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_old_wide/12411-01-01-4_de_stichtag2023.csv")
    (germany,) = delivery.of("DG", dimensions="GES=INSGESAMT")
    assert (germany.number, germany.period, len(delivery.cells)) == ("84669326", "2023-12-31", 1614)


def test_shifted_rows_are_named_and_the_others_are_read(shared_data):
    name = "52411-02-01-4_de_2023_BROKEN_shifted_rows.csv"
    delivery = gathered(shared_data / "genesis/ffcsv_old_wide" / name)
    assert (len(delivery.rejected), delivery.rejected[0].line, len(delivery.regions)) == (538, 2, 538)
    assert delivery.delivery.unknown_units


def test_blank_cells_are_no_values_and_repeated_keys_are_put_together(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_old_wide/63121-0001_de_blank_cells_dupkeys.csv")
    assert len(delivery.cells) == len(delivery.facts()) == 540 - 330


def test_column_names_with_underscores_dots_and_brackets_are_split_at_the_ends(shared_data):
    folder = shared_data / "genesis/ffcsv_old_wide"
    taxes = gathered(folder / "81000-0001_de_jewME.csv")
    assert {item.measure for item in taxes.delivery.labels} >= {"STR020", "BIP005"}
    assert {cell.item.unit for cell in taxes.cells} == {"jew. ME", "Prozent"}
    index = gathered(folder / "86000U-Z-01_de_timeseries.csv")
    assert "2010=100" in {cell.item.unit for cell in index.cells}
    beds = gathered(folder / "23111-0001_de_8values_timeseries.csv")
    assert any(label.startswith("Betten je 100.000 Einwohner") for label in beds.delivery.labels.values())


def test_quality_of_both_layouts_is_kept(shared_data):
    folder = shared_data / "genesis"
    assert {cell.quality for cell in gathered(folder / "ffcsv_old_wide/52111-0001_de_quality_on.csv").cells} == {"e"}
    census = gathered(folder / "ffcsv_new_long/1000A-2022_de_quality_on.csv")
    assert {cell.quality for cell in census.cells} == {"", "e"}


def test_keys_of_twelve_digits_stay_as_they_are(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_new_long/1000A-0000_de_zensus_ARS12.csv")
    assert {len(key) for key in delivery.regions} >= {12}


def test_population_of_hamburg_and_berlin_and_no_germany_row_is_no_error(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv")
    (berlin,) = delivery.of("11000", dimensions="GES=INSGESAMT")
    assert berlin.number == "3685265"
    assert "02000" in delivery.regions
    assert "DG" not in delivery.regions


def test_parts_of_a_district_are_marked_so_that_sums_leave_them_out(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_new_long/12411-01-01-4_de_stichtag2024.csv")
    assert delivery.regions["03241001"].level == "part"
    total = [cell for cell in delivery.cells if cell.item.dimensions == "GES=INSGESAMT" and cell.number]
    everybody = sum(int(cell.number) for cell in total)
    districts = sum(int(cell.number) for cell in total if delivery.regions[cell.region].level == "district")
    assert round(everybody / 1e6, 1) == 88.2
    assert round(districts / 1e6, 1) == 83.6
    assert all(cell.number is None for cell in delivery.of("15355"))


def test_the_region_is_found_by_its_variable_not_by_its_place(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_new_long/23311-0010_de_quarters_region_in_dim2_dim3.csv")
    assert len(delivery.regions) == 16
    assert all("HERKLD=" in cell.item.dimensions and "QUARTG=" in cell.item.dimensions for cell in delivery.cells)


def test_one_measure_in_two_units_stays_two_values(shared_data):
    delivery = gathered(shared_data / "genesis/ffcsv_new_long/3000G-1008_de_same_code_two_units.csv")
    assert {cell.item.unit for cell in delivery.cells} == {"Anzahl", "%"}


def test_time_in_the_header_is_a_period(shared_data):
    path = next((shared_data / "genesis/excerpts_transcribed").glob("21311-01-01-4-B_classic*"))
    assert gathered(path).periods == ["2023-10P6M"]


def test_the_zip_of_the_web_service_is_read(shared_data):
    delivery = gathered(shared_data / "genesis/api_json/12411-01-01-4_tablefile_response.zip")
    assert (delivery.layout, len(delivery.cells)) == ("genesis-flat-long", 1467)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("error_104_no_object_63121-0001.json", "104"),
        ("error_minus1_no_cube_61111-0021.json", "-1"),
        ("job_1_data_tablefile_code98.json", "98"),
        ("job_2_data_tablefile_code99.json", "99"),
        ("job_4_catalogue_results_code0.json", "0"),
    ],
)
def test_an_answer_of_the_web_service_says_what_its_code_means(shared_data, name, code):
    with pytest.raises(ValidationError) as refusal:
        gathered(shared_data / "genesis/api_json" / name)
    assert f"{code}:" in refusal.value.messages[0]


def test_every_official_file_is_read_or_refused_with_a_sentence(shared_data):
    refused = {}
    for path in sorted((shared_data / "genesis").glob("*/*")):
        try:
            assert gathered(path).cells
        except ValidationError as error:
            refused[path.name] = error.messages[0]
    assert {name.rsplit(".", 1)[-1] for name in refused} == {"json", "xml", "csv"}
    assert [name for name in refused if name.endswith("csv")] == ["cubefile_47414BJ002_excerpt.csv"]
    assert all(len(text) > 30 for text in refused.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", ("0", "", "")),
        ("-", (None, "-", "")),
        (".", (None, ".", "")),
        ("...", (None, "...", "")),
        ("/", (None, "/", "")),
        ("x", (None, "x", "")),
        ("(5)", ("5", "", "()")),
        ("-0,5", ("-0.5", "", "")),
        ("6.5", ("6.5", "", "")),
        ("[g]", (None, ".", "")),
        ("k", ("0", "", "")),
        ("5555555555", None),
        ("1 011", None),
        ("viele", None),
        ("", None),
    ],
)
def test_a_sign_is_never_a_number(text, expected):
    assert value_of(text) == expected


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
    "json envelope": b'{"Status": {"Code": 104, "Content": "x"}}',
    "other json": b'{"a": 1}',
    "three lines": b"a;b\n1;2\n3;4\n",
    "old layout, header only": b"Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;X__Y__Z\n",
    "two files in a zip": _zip("a.csv", "b.csv"),
    "damaged excel": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "damaged zip": b"PK\x03\x04abc",
    "damaged gzip": b"\x1f\x8babc",
    "mojibake": ("\ufeff" + HEAD + "\n").encode() + flat_file(name="KÃ¶ln MÃ¼ller").split(b"\r\n", 1)[1],
    "table without data": b"Tabelle: 1-2\nTitel;;\n;;;Insgesamt\n",
    "cube": b"* Der Benutzer X hat diesen Export angestossen.\nK;DQ\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_a_sentence_that_says_what_to_do(name):
    with pytest.raises(ValidationError) as refusal:
        Gathered(WRONG[name], "datei.csv")
    assert len(refusal.value.messages[0]) > 25


def test_a_file_over_the_limit_is_refused_before_it_is_unpacked(settings):
    settings.IMPORT_MAX_BYTES = 2000
    with pytest.raises(ValidationError):
        Gathered(gzip.compress(b"statistics_code;" + b"0" * 5000), "bombe.csv.gz")


def test_a_workbook_that_would_unpack_to_a_hundred_times_its_size_is_refused(settings):
    settings.IMPORT_MAX_BYTES = 200_000
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    with pytest.raises(ValidationError) as refusal:
        open_source(buffer.getvalue(), "bombe.xlsx")
    assert "MB" in refusal.value.messages[0]


def test_a_file_of_rubbish_rows_ends_early():
    rubbish = flat_file() + b"kaputt;kaputt\r\n" * 30_000
    with pytest.raises(ValidationError):
        Gathered(rubbish, "x.csv")


def test_a_shifted_row_is_named_with_its_line_and_the_others_are_read():
    data = flat_file((("2023", "94", "1027"), ("2024", "91", "1038"))) + b"KREISE;kaputt\r\n"
    delivery = Gathered(data, "x.csv")
    assert len(delivery.cells) == 4
    assert [row.line for row in delivery.rejected] == [6]


def test_umlauts_of_a_latin_1_download_are_right():
    data = flat_file(name="Köln, kreisfreie Stadt").decode("utf-8-sig").encode("latin-1")
    assert Gathered(data, "x.csv").regions["99001"].name == "Köln, kreisfreie Stadt"


@pytest.mark.parametrize(
    ("key", "mended"),
    [("8212", "08212"), ("1001", "01001"), ("8", "08"), ("8212000", "08212000"), ("08212", ""), ("DG", "")],
)
def test_a_lost_leading_zero_is_put_back_only_when_asked(key, mended):
    assert full_key(key, False) == (key, mended)
    assert full_key(key, True) == (mended or key, "")


def test_rows_whose_key_lost_its_zero_wait_for_an_answer():
    data = flat_file(region="8212", name="Karlsruhe")
    left_out = Gathered(data, "x.csv")
    assert (left_out.cells, left_out.delivery.lost_zeros, len(left_out.rejected)) == ([], {"8212": "08212"}, 2)
    assert {cell.region for cell in Gathered(data, "x.csv", repair=True).cells} == {"08212"}


OWN = """Stadtbezirk;Schuljahr;Schulart;Kinder;Bemerkung
Nordhang;2023/24;Grundschule;1 011;
Sonnberg;2023/24;Grundschule;2.034,5;neu
Sonnberg;2023/24;Grundschule;6;Außenstelle
Auental;2023/24;Grundschule;.;
Mond;2023/24;Grundschule;7;
Nordhang;gestern;Grundschule;7;
Nordhang;2023/24;Hauptschule;viele;
"""
ROLES = {
    "Stadtbezirk": "region_name",
    "Schuljahr": "period",
    "Schulart": "category",
    "Kinder": "value",
    "Bemerkung": "ignore",
}
KEYS = {"Nordhang": "99001-2", "Sonnberg": "99001-4", "Auental": "99001-5"}


def own(**changes):
    return Mapping(**{"table_code": "EIGEN", "title": "Eigene", "roles": ROLES, "region_keys": KEYS, **changes})


def test_an_own_table_is_unknown_until_its_columns_are_explained():
    with pytest.raises(UnknownLayoutError) as refusal:
        Gathered(OWN.encode(), "eigene.csv")
    assert refusal.value.columns == list(ROLES)
    assert refusal.value.samples[0][3] == "1 011"


def test_an_own_table_is_read_by_its_mapping():
    delivery = Gathered(OWN.encode("cp1252"), "eigene.csv", mapping=own())
    values = [(cell.region, cell.number, cell.sign) for cell in delivery.cells]
    assert values[:2] == [("99001-2", "1011", ""), ("99001-4", "2034.5", "")]
    assert ("99001-5", None, ".") in values
    assert [row.line for row in delivery.rejected] == [6, 7, 8]
    assert delivery.cells[0].item.dimensions == "Schulart=Grundschule"


def test_repeated_rows_are_added_up_where_the_mapping_says_so():
    delivery = Gathered(OWN.encode(), "eigene.csv", mapping=own(add_repeats=True))
    (sonnberg,) = delivery.of("99001-4")
    assert Decimal(sonnberg.number) == Decimal("2040.5")


def test_an_own_workbook_is_read_by_the_same_mapping():
    workbook = Workbook()
    for line in OWN.splitlines()[:3]:
        workbook.active.append(line.split(";"))
    workbook.active.append(["Nordhang", "2022/23", "Grundschule", 12, None])
    buffer = io.BytesIO()
    workbook.save(buffer)
    delivery = Gathered(buffer.getvalue(), "eigene.xlsx", mapping=own())
    assert [cell.number for cell in delivery.cells] == ["1011", "2034.5", "12"]


def test_a_mapping_whose_columns_are_missing_says_which():
    with pytest.raises(ValidationError) as refusal:
        Gathered(b"a;b\n1;2\n", "x.csv", mapping=own())
    assert "Stadtbezirk" in refusal.value.messages[0]


def test_the_school_file_of_a_state_keeps_postcodes_and_thousands(shared_data):
    """Thousands set apart by a blank, schools split over rows, CR LF: the table that a state publishes."""
    text = "KKZ;PLZ;Schuljahr;Schueler\r\n08136;01234;2014/15;1 011\r\n08136;01234;2014/15;9\r\n"
    roles = {"KKZ": "region_key", "PLZ": "category", "Schuljahr": "period", "Schueler": "value"}
    mapping = Mapping(table_code="BW", title="Schulen", roles=roles, add_repeats=True)
    (cell,) = Gathered(text.encode(), "schulen.csv", mapping=mapping).cells
    assert (cell.number, cell.item.dimensions) == ("1020", "PLZ=01234")
