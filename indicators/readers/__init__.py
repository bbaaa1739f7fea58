# SPDX-License-Identifier: EUPL-1.2
"""Readers turn a delivered file into cells. They know layouts, not the database.

``read(data, file_name)`` recognises the layout by content and gives a ``Delivery``; whatever cannot be read raises
``ValidationError`` with a sentence that says what to do.
"""

from indicators.readers.delivery import Cell, Delivery, Rejection
from indicators.readers.recognition import read

__all__ = ["Cell", "Delivery", "Rejection", "read"]
