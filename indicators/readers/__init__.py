# SPDX-License-Identifier: EUPL-1.2
"""Readers turn a delivered file into cells. They know layouts, not the database.

``open_source(file, name)`` unpacks and decodes; ``read(source)`` recognises the layout by content and gives a
``Delivery`` whose ``cells`` stream. Whatever cannot be read raises ``ValidationError`` with what to do.
"""

from indicators.readers.delivery import Cell, Delivery, Item, RegionLabel, Rejection, UnknownLayoutError
from indicators.readers.own import Mapping
from indicators.readers.recognition import open_source, read
