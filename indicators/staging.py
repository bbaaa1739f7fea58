# SPDX-License-Identifier: EUPL-1.2
"""A delivery in temporary tables, so that the database itself compares and stores it in a few statements.

Used inside a transaction. Nothing of it outlives the ``with`` block but what ``store`` wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from indicators.models import Import, Item, Observation, Region, Revision, Table, TableRegion

if TYPE_CHECKING:
    from types import TracebackType

    from indicators.readers.delivery import Delivery, RegionLabel

BATCH = 5000
LONGEST = {"dimensions": 500, "measure": 200, "unit": 60}  # as the fields of Item have it
NAMES = {
    "observation": Observation._meta.db_table,
    "revision": Revision._meta.db_table,
    "covered": TableRegion._meta.db_table,
}
TEMPORARY = {
    "staged": "line integer, item integer, region text, period text, value decimal(30, 10), sign text, quality text",
    "staged_item": "no integer primary key, item_id bigint",
    "staged_region": "region text primary key, level text",
}
LONGEST_KEY = 14
MATCHED = """
    from staged s join staged_item i on i.no = s.item
    left join {observation} o on o.item_id = i.item_id and o.region_key = s.region and o.period = s.period
"""
UNKNOWN = f"{MATCHED} where o.item_id is null"
# The left join is finished before values are compared: planned as one, a join over values alone may be chosen.
CHANGED = (
    "create temporary table staged_change as with matched as materialized (select s.line, s.item, i.item_id, s.region, "
    "s.period, s.value, s.sign, s.quality, o.value as old_value, o.sign as old_sign, o.quality as old_quality, "
    f"o.source_id as old_source {MATCHED}) select * from matched where old_source is not null "
    "and (old_value <> value or old_sign <> sign or old_quality <> quality)"
)


@dataclass(frozen=True)
class Change:
    """A stored value and what the delivery has in its place."""

    item: str
    region_key: str
    period: str
    before: tuple
    after: tuple


class Staging:
    """``with Staging(delivery) as staged``: reads the delivery to its end; duplicates are rejected in it."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self._counted: tuple[int, int, int] | None = None
        self._signs: dict[str, int] | None = None
        self._is_new = False

    def __enter__(self) -> Self:
        self._drop()
        if connection.vendor == "postgresql":
            self._run("set local work_mem = '64MB'")  # sorts and groups of one delivery stay in memory
        for name, columns in TEMPORARY.items():
            self._run(f"create temporary table {name} ({columns})")
        try:
            self._load()
        except BaseException:
            if not connection.needs_rollback:
                self._drop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._drop()

    def _drop(self) -> None:
        for name in (*TEMPORARY, "staged_change"):
            self._run(f"drop table if exists {'temp' if connection.vendor == 'sqlite' else 'pg_temp'}.{name}")

    def _run(self, sql: str, *parameters: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**NAMES), parameters)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    def _load(self) -> None:
        self.items = {}
        self._insert("staged", 7, self._rows())
        self.periods = [period for (period,) in self._run("select distinct period from staged order by 1")]
        if not self.periods:
            raise ValidationError(
                _("The file has no values that can be read. Please download the table again, with the years you need.")
            )
        for item in self.items:
            for name, longest in LONGEST.items():
                if len(getattr(item, name)) > longest:
                    raise ValidationError(
                        _("A heading of the table is too long: “%(text)s”") % {"text": getattr(item, name)[:80]}
                    )
        for key in self.delivery.regions:
            if len(key) > LONGEST_KEY:
                raise ValidationError(_("The region key “%(key)s” is not known.") % {"key": key[:30]})
        self._reject_duplicates()
        self.table = Table.objects.filter(code=self.delivery.table_code).first()
        known = {}
        if self.table:
            known = {tuple(key): pk for pk, *key in self.table.items.values_list("pk", "dimensions", "measure", "unit")}
        self._insert("staged_item", 2, ((no, known.get(tuple(item))) for item, no in self.items.items()))
        self._insert("staged_region", 2, ((key, label.level) for key, label in self.delivery.regions.items()))

    def _rows(self) -> Iterator[tuple[int | str | None, ...]]:
        items = self.items
        for line, region, period, item, number, sign, quality in self.delivery.cells:
            at = items.get(item)
            if at is None:
                at = items[item] = len(items)
            yield line, at, region, period, number, sign, quality

    def _insert(self, table: str, width: int, rows: Iterable[Sequence[Any]]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"copy {table} from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            sql = f"insert into {table} values ({', '.join(['%s'] * width)})"
            rows = iter(rows)
            while batch := list(islice(rows, BATCH)):
                cursor.executemany(sql, batch)

    def _reject_duplicates(self) -> None:
        """The same value twice is one value; two different ones for one cell are an error of the file."""
        twice = self._run(
            "select item, region, period from staged group by item, region, period having count(*) > 1 limit 20001"
        )
        for item, region, period in twice:
            cell = "item = %s and region = %s and period = %s"
            first, *others = self._run(
                f"select line, value, sign, quality from staged where {cell} order by line", item, region, period
            )
            for line, *value in others:
                self._run(f"delete from staged where line = %s and {cell}", line, item, region, period)
                if value != list(first[1:]):
                    self.delivery.reject(line, _("This value stands in the file twice, with different numbers."))

    def count(self) -> tuple[int, int, int]:
        """``(created, changed, unchanged)`` as storing it now would make them."""
        if self._counted:
            return self._counted
        if self.table is None or self._is_new:
            return sum(self.signs().values()), 0, 0
        if connection.vendor == "postgresql":
            self._run("analyze staged")
            self._run("analyze staged_item")
        self._run("drop table if exists staged_change")
        self._run(CHANGED)
        total, known = self._run(f"select count(*), count(o.item_id) {MATCHED}")[0]
        changed = self._run("select count(*) from staged_change")[0][0]
        self._counted = total - known, changed, known - changed
        return self._counted

    def missing(self) -> int:
        """How many stored values of the delivered periods the delivery no longer has."""
        if self.table is None:
            return 0
        marks = ", ".join(["%s"] * len(self.periods))
        stored = self._run(
            f"select count(*) from {{observation}} where period in ({marks}) and item_id in "
            f"(select id from {Item._meta.db_table} where table_id = %s)",
            *self.periods,
            self.table.pk,
        )[0][0]
        _created, changed, unchanged = self.count()
        return stored - changed - unchanged

    def changes(self, limit: int) -> list[Change]:
        """The first values that would change, in the order of the file."""
        names = {no: self.delivery.labels.get(item, item.measure) for item, no in self.items.items()}
        if not self.count()[1]:
            return []
        rows = self._run(
            "select item, region, period, old_value, old_sign, old_quality, value, sign, quality "
            f"from staged_change order by line limit {int(limit)}"
        )
        return [Change(names[no], region, period, tuple(v[:3]), tuple(v[3:])) for no, region, period, *v in rows]

    def signs(self) -> dict[str, int]:
        """How often each sign stands; ``""`` counts the numbers."""
        if self._signs is None:
            self._signs = dict(self._run("select sign, count(*) from staged group by sign order by sign"))
        return self._signs

    def measures(self) -> list[str]:
        return sorted({item.measure for item in self.items})

    def empty_regions(self) -> list[tuple[str, str]]:
        """Regions and periods in which every value is “-”: there are no data, not zeros."""
        if "-" not in self.signs():
            return []
        return self._run(
            "select region, period from staged group by region, period "
            "having sum(case when sign = '-' then 0 else 1 end) = 0"
        )

    def places(self) -> int:
        """How many pairs of region and period there are."""
        return self._run("select count(*) from (select distinct region, period from staged) as places")[0][0]

    def unpublished_levels(self) -> list[tuple[str, int]]:
        """Levels with more than twenty values, all of them “-” once the secret ones are left out."""
        if "-" not in self.signs():
            return []
        return self._run(
            "select r.level, count(*) from staged s join staged_region r on r.region = s.region where s.sign <> '.' "
            "group by r.level having count(*) > 20 and sum(case when s.sign = '-' then 0 else 1 end) = 0"
        )

    def sums_off(self) -> int:
        """Counts in which the states, all of them known, do not add up to the country."""
        counts = [no for item, no in self.items.items() if item.unit == "Anzahl"]
        if "DG" not in self.delivery.regions or not counts:
            return 0
        return self._run(
            "select count(*) from (select s.item, s.period, sum(s.value) as total, "
            "sum(case when s.value is null then 1 else 0 end) as gaps "
            "from staged s join staged_region r on r.region = s.region where r.level = 'state' "
            "group by s.item, s.period) as t join staged g "
            "on g.item = t.item and g.period = t.period and g.region = 'DG' "
            f"where t.gaps = 0 and g.value <> t.total and t.item in ({', '.join(map(str, counts))})"
        )[0][0]

    def settle(self, table: Table) -> None:
        """Compare with this table, which the caller has locked; its items and regions exist from here on."""
        self.table, self._counted, self._is_new = table, None, not table.items.exists()
        self._create_items(table)
        create_regions(self.delivery.regions)

    def store(self, delivered: Import) -> tuple[int, int, int]:
        """Write the delivery: new values, changed ones with their revision. Gives ``(created, changed, unchanged)``."""
        counted = created, changed, _unchanged = self.count()
        if changed:
            self._run(
                "insert into {revision} (item_id, region_key, period, value, sign, quality, source_id, replaced_by_id) "
                "select item_id, region, period, old_value, old_sign, old_quality, old_source, %s from staged_change",
                delivered.pk,
            )
            if connection.vendor == "postgresql":
                self._run("analyze staged_change")
            self._run(
                "update {observation} as o set value = s.value, sign = s.sign, quality = s.quality, source_id = %s "
                "from staged_change s where o.item_id = s.item_id and o.region_key = s.region and o.period = s.period",
                delivered.pk,
            )
        if created:
            source = "from staged s join staged_item i on i.no = s.item" if self._is_new else UNKNOWN
            self._run(
                "insert into {observation} (item_id, region_key, period, value, sign, quality, source_id) "
                f"select i.item_id, s.region, s.period, s.value, s.sign, s.quality, %s {source} "
                "order by i.item_id, s.region, s.period",  # the order of the index it goes into
                delivered.pk,
            )
        self._run(
            "insert into {covered} (table_id, region_key) select distinct %s, region from staged where true "
            "on conflict do nothing"
            if connection.vendor == "sqlite"
            else "insert into {covered} (table_id, region_key) select distinct %s::bigint, region from staged "
            "on conflict do nothing",
            self.table.pk,  # type: ignore[union-attr]
        )
        return counted

    def _create_items(self, table: Table) -> None:
        known = {tuple(key): pk for pk, *key in table.items.values_list("pk", "dimensions", "measure", "unit")}
        labels = self.delivery.labels
        new = [
            Item(table=table, **item._asdict(), label=labels.get(item, item.measure)[:700])
            for item in self.items
            if tuple(item) not in known
        ]
        for one in Item.objects.bulk_create(new, batch_size=BATCH):
            known[one.dimensions, one.measure, one.unit] = one.pk
        self._run("delete from staged_item")
        self._insert("staged_item", 2, ((no, known[tuple(item)]) for item, no in self.items.items()))
        if connection.vendor == "postgresql":
            self._run("analyze staged_item")


def create_regions(labels: Mapping[str, RegionLabel]) -> None:
    """Regions that are named for the first time, each below the nearest one known. Known names stay as they are."""
    known = set(Region.objects.filter(key__in=labels).values_list("key", flat=True)) if len(labels) < 900 else set()
    known = known or set(Region.objects.values_list("key", flat=True))
    new = sorted((key for key in labels if key not in known), key=lambda key: (key != "DG", len(key), key))
    if not new:
        return
    prefixes = {key[:length] for key in new for length in (2, 3, 5)}
    known |= set(Region.objects.filter(key__in={*prefixes, "DG"}).values_list("key", flat=True))
    made = []
    for key in new:
        parent = next((key[:length] for length in (5, 3, 2) if length < len(key) and key[:length] in known), None)
        if parent is None and key != "DG" and "DG" in known:
            parent = "DG"
        made.append(Region(key=key, name=labels[key].name[:200], level=labels[key].level, parent_id=parent))
        known.add(key)
    Region.objects.bulk_create(made, batch_size=BATCH)
    if Region.objects.filter(parent=None).exclude(key="DG").exists():
        for key in sorted((one for one in new if one.isdigit()), key=len, reverse=True):
            Region.objects.filter(parent=None, key__startswith=key).exclude(key=key).update(parent=key)
