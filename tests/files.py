# SPDX-License-Identifier: EUPL-1.2
"""Small statistics files, as offices get them."""

from collections import Counter
from decimal import Decimal

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


class Gathered:
    """A delivery read to its end, with the numbers a test asks about."""

    def __init__(self, data, name="", **options):
        from indicators.readers import open_source, read

        self.delivery = read(open_source(data, name), **options)
        self.cells = list(self.delivery.cells)
        signs = Counter(cell.sign for cell in self.cells if cell.sign)
        self.signs = dict(sorted(signs.items()))
        self.numeric = sum(cell.number is not None for cell in self.cells)
        self.periods = sorted({cell.period for cell in self.cells})
        self.measures = sorted({cell.item.measure for cell in self.cells})
        self.regions = self.delivery.regions
        self.rejected = self.delivery.rejected
        self.layout = self.delivery.layout

    def of(self, region, *, dimensions=None, measure=""):
        """The cells of a region, with these categories where they are given and a measure that starts so."""
        return [
            cell
            for cell in self.cells
            if cell.region == region
            and cell.item.measure.startswith(measure)
            and dimensions in (None, cell.item.dimensions)
        ]

    def facts(self):
        """Every value by what it is about, decimals as numbers."""
        return {
            (cell.region, cell.period, cell.item): (None if cell.number is None else Decimal(cell.number), cell.sign)
            for cell in self.cells
        }
