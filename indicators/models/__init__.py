# SPDX-License-Identifier: EUPL-1.2
from indicators.models.deliveries import (
    Import,
    ImportState,
    Mapping,
    Observation,
    Retrieval,
    RetrievalState,
    Revision,
    Sign,
)
from indicators.models.figures import Finding, Indicator, KeyFigure
from indicators.models.regions import ComparisonGroup, Region, RegionLevel
from indicators.models.releases import Hiding, Release, ReleasedValue, ReleaseState
from indicators.models.tables import Item, PeriodKind, Protection, Table, TableRegion
