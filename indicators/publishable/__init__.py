# SPDX-License-Identifier: EUPL-1.2
"""Statistical confidentiality: the only door through which a value leaves for a page, a file or a PDF.

``published(…)`` gives values as everybody may see them. A table of its producer's own publication passes through; a
protected table shows only what a release made visible, one and the same value in every channel.
``propose(tables)`` works out a release: which counts are hidden or rounded, and what an attacker could still find out
from it together with everything released before.
"""

from indicators.publishable.door import Value, published, published_rows
from indicators.publishable.proposal import Proposal, propose, waiting_in
