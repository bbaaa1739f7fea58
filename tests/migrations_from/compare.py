# SPDX-License-Identifier: EUPL-1.2
"""What a kept database held and the present one does not hold as it was (in ``manage.py shell``)."""

from collections import Counter

from django.apps import apps

from tests.migrations_from.load import lines

HEIRS = {"reports.Briefing": None, "reports.Download": None}  # model of before: the present one; None: told elsewhere
REWRITTEN = {  # "model.column": why a migration puts something else there
    "committees.Membership.end_on": "of memberships that overlapped the earlier ends sooner; its former span is kept",
    "committees.Membership.role": "where two had the chair from the same day, one is a member; what stood is kept",
    "committees.Minutes.general": "minutes that are not approved tell the record by themselves",
    "committees.MinutesEntry.text": "minutes that are not approved tell the record by themselves",
    "recommendations.Statement.signature": "that an answer was recorded by somebody is said when it is read",
}
MOVED = {"-heads": "who headed a department through a group holds a confirmed grant"}  # how a group's name ends: why
FOREIGN = {"auth.Permission", "contenttypes.ContentType", "auth.Group"}  # kept up by Django from our models and roles


def losses(path):
    """Tables that are gone, rows that are gone, and columns whose values are others, with how many."""
    _head, *tables = lines(path)
    found, moved = Counter(), groups_that_moved(tables)
    for table in tables:
        label = HEIRS.get(table["model"], table["model"])
        if label is None or table["model"] in FOREIGN:
            continue
        try:
            model = apps.get_model(label)
        except LookupError:
            found[f"{label} is gone"] = len(table["rows"])
            continue
        found += losses_in(model, table, moved)
    return dict(found)


def groups_that_moved(tables):
    """The keys of groups whose members and rights are something else now."""
    groups = [row for table in tables if table["model"] == "auth.Group" for row in table["rows"]]
    return {key for key, name in groups if name.endswith(tuple(MOVED))}


def losses_in(model, table, moved):
    """The same for one table; a column that the present state does not have any more is none of this."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    kept = [name for name in table["columns"] if name in fields and f"{model._meta.label}.{name}" not in REWRITTEN]
    keys = [field.attname for field in model._meta.pk_fields]
    if not set(keys) <= set(kept):  # found by another key since then: as many rows, told apart by other columns
        missing = len(table["rows"]) - model._base_manager.count()
        return Counter({f"{model._meta.label}: rows": missing} if missing > 0 else {})
    present = {tuple(row[name] for name in keys): row for row in model._base_manager.values(*{*keys, *kept})}
    found = Counter()
    for values in table["rows"]:
        before = dict(zip(table["columns"], values, strict=True))
        before = {name: fields[name].to_python(before[name]) for name in kept}
        now = present.get(tuple(before[name] for name in keys))
        if now is None and before.get("group_id") in moved:
            continue
        if now is None:
            found[f"{model._meta.label}: rows"] += 1
            continue
        found.update(f"{model._meta.label}.{name}" for name in kept if before[name] != now[name])
    return found
