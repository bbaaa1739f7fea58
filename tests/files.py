# SPDX-License-Identifier: EUPL-1.2
"""Small statistics files, as offices get them."""

HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
)


def flat_rows(values, region="99001", name="Lindenfurt"):
    row = "21111;Abgehende;JAHR;Jahr;{};KREISE;Kreise;{};{};{};Anzahl;{};{}"
    for period, numerator, denominator in values:
        yield row.format(period, region, name, numerator, "ABG001", "ohne Abschluss")
        yield row.format(period, region, name, denominator, "ABG000", "insgesamt")


def flat_file(values=(("2023", "94", "1027"),), **region):
    return ("\ufeff" + "\r\n".join([HEAD, *flat_rows(values, **region)]) + "\r\n").encode()
