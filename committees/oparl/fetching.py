# SPDX-License-Identifier: EUPL-1.2
"""Reads a source page by page into its rows of foreign objects. What is still to be asked stands in the run, so that
another worker can go on where one was lost; the objects of a page and the progress are stored together."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.models import ForeignObject
from committees.oparl import reading
from committees.oparl.client import ServerError
from core import foreign
from core.sentences import kept, read_sentence
from core.sentences import sentence as _
from core.work import keep

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files import File

    from committees.models import ImportRun
    from committees.oparl.client import Answer, Client
    from committees.oparl.reading import Found, Page
    from core.sentences import Sentence

MOST_PAGES = 20_000
MOST_LINKED = 500
MOST_PROBLEMS = 200
SHORT = 64 * 1024  # an answer up to this length holds no more than we can bear; longer ones go into the enclosure
INSIDE = "committees.oparl.inside:"
READING = foreign.Limits(memory=768 << 20, answer=64 << 20)
PARENTS = ("body", "meeting", "paper", "person", "organization")
# single objects that other objects point to; asked for where no list had them
LINKS = {
    "Organization": {"membership": "Membership"},
    "Membership": {"person": "Person", "organization": "Organization"},
    "Meeting": {"organization": "Organization"},
}


def begin(run: ImportRun) -> None:
    """What is to be read first: the members of the file, or the address of the system."""
    if run.file:
        run.todo = [{"members": names} for names in members(run.file)]
    else:
        run.todo = [{"url": run.source.address, "kind": "System", "page": 1}]
    run.seen, run.problems, run.pages, run.complete, run.summary = [], [], 0, True, {}


def members(file: File) -> list[str]:
    """The JSON files of an archive in portions, or the file itself; what unpacks to more than we read is refused."""
    return list(foreign.parts(f"{INSIDE}members", file))


def step(run: ImportRun, client: Client | None, *, until: float) -> bool | None:
    """Read pages until the time is over; True when nothing is left to read."""
    while True:
        while run.todo:
            if time.monotonic() > until:
                return False
            entry = run.todo[0]
            pages = [_answer(run, client, entry)] if "url" in entry else _file(run, entry)
            with transaction.atomic():
                for page in filter(None, pages):
                    store(run, page.found)
                run.todo = run.todo[1:]
                run.pages += len(pages)
                keep(run, *run.PROGRESS)
        if run.file or run.summary.get("linked"):
            return True
        run.summary["linked"] = True
        run.todo = _linked(run)
        keep(run, *run.PROGRESS)


def _trouble(run: ImportRun, where: str, problem: str | Sentence, *, incomplete: bool = True) -> None:
    run.complete = run.complete and not incomplete
    if len(run.problems) < MOST_PROBLEMS:
        run.problems = [*run.problems, {"where": where, "problem": kept(problem)}]


def _file(run: ImportRun, entry: Mapping[str, str]) -> list[Page]:
    """The pages of a portion of members."""
    names = entry.get("members") or [entry["member"]]  # one by one in orders of an earlier release
    pages = list(_put_together(foreign.parts(f"{INSIDE}pages", run.file, names=names)))
    for name, page in zip(names, pages, strict=True):
        _tell(run, name or run.file_name, page)
    return pages


def _tell(run: ImportRun, where: str, page: Page) -> None:
    if page.unread:
        _trouble(run, where, page.unread)
    for text in page.problems:
        _trouble(run, where, text, incomplete=False)


def _page(content: bytes, expected: str) -> Page:
    """An answer, read here where it is short, else in the enclosure; one that is too much for it stays unread."""
    if len(content) <= SHORT:
        return reading.page(content, expected=expected)
    try:
        (page,) = _put_together(foreign.parts(f"{INSIDE}page", content, limits=READING, expected=expected))
    except ValidationError as error:
        return reading.Page(unread=error.message)
    return page


def _put_together(parts: Iterable[dict[str, Any]]) -> Iterator[Page]:
    """Pages of what the enclosure gives: objects one by one, and after them what is said of their page."""
    page = reading.Page()
    for part in parts:
        if "found" not in part:
            page.problems = [read_sentence(one) for one in part["problems"]]
            page.unread = read_sentence(part["unread"])
            page.following, page.total_pages = part["following"], part["total_pages"]
            yield page
            page = reading.Page()
            continue
        one = reading.Found(*part["found"])
        page.found.append(one)
        if part["own"]:
            page.own.append(one)


def _answer(run: ImportRun, client: Any, entry: Mapping[str, Any]) -> Page | None:
    address = entry["url"]
    if (key := reading.key_of(address)) in run.seen:
        _trouble(run, address, _("The list leads back to a page that was read before; it ends here."))
        return None
    if run.pages >= MOST_PAGES:
        _trouble(run, address, _("More pages than we read; the rest was left out."))
        run.todo = run.todo[:1]
        return None
    run.seen = [*run.seen, key]
    try:
        answer = _ask(client, entry, run.since)
    except ServerError as error:
        _trouble(run, address, error.args[0])
        _go_on(run, entry)
        return None
    if answer.status == 404:
        if entry["kind"] in ("System", "Body") or entry.get("linked"):
            _trouble(run, address, _("There is nothing at this address."), incomplete=not entry.get("linked"))
        return None  # some servers answer an empty list with 404
    page = _page(answer.content, entry["kind"])
    _tell(run, address, page)
    if page.unread:
        _go_on(run, entry, following=page.following)
        return None
    _enqueue(run, entry, page)
    return page


def _ask(client: Client, entry: Mapping[str, Any], since: datetime | None) -> Answer:
    """With ``modified_since`` where a list can be filtered; some servers want it without escapes."""
    address, filtered = entry["url"], entry.get("filtered")
    if not (filtered and since):
        return client.get(address)
    text, sign = since.isoformat(timespec="seconds"), "&" if "?" in address else "?"
    try:
        return client.get(f"{address}{sign}{urlencode({'modified_since': text})}")
    except ServerError as error:
        if error.status is None:
            raise
        return client.get(f"{address}{sign}modified_since={text}")


def _enqueue(run: ImportRun, entry: Mapping[str, Any], page: Page) -> None:
    """What follows from a page: its next one, the bodies of a system, the lists of a body."""
    following = []
    mark = hashlib.sha256(json.dumps([one.key for one in page.own]).encode()).hexdigest()
    if page.following:
        target = _joined(entry["url"], page.following)
        if reading.key_of(target) in run.seen:
            _trouble(run, entry["url"], _("The list leads back to a page that was read before; it ends here."))
        elif mark == entry.get("mark"):
            _trouble(run, entry["url"], _("The list repeats the same page without end; it ends here."))
        else:
            at = {"url": target, "kind": entry["kind"], "page": entry["page"] + 1}
            following.append({**at, "mark": mark, "pages": page.total_pages})
    for one in page.found:
        if one.kind == "System":
            following += [{"url": url, "kind": "Body", "page": 1} for url in reading.addresses(one.data.get("body"))]
        elif one.kind == "Body" and not one.data.get("deleted"):
            for name, kind in reading.LISTS.items():
                urls = reading.addresses(one.data.get(name))
                following += [{"url": url, "kind": kind, "page": 1, "filtered": len(urls) == 1} for url in urls]
    known = {reading.key_of(other["url"]) for other in run.todo}
    if entry["kind"] in ("System", "Body"):  # a body stands in the system's list and under its own address
        known |= set(run.seen)
    run.todo = [*run.todo, *(one for one in following if reading.key_of(one["url"]) not in known)]


def _joined(address: str, following: str) -> str:
    """The address of the next page; one that cannot be read stays as it is, and the client refuses it."""
    try:
        return urljoin(address, following)
    except ValueError:
        return following


def _go_on(run: ImportRun, entry: Mapping[str, Any], *, following: str = "") -> None:
    """A page that cannot be read is reported; the rest of its list is read where its address can be told."""
    if not following and entry.get("pages", 0) > entry["page"]:
        current = f"page={entry['page']}"
        if re.search(rf"[?&]{current}(?:&|$)", entry["url"]):
            following = re.sub(rf"([?&])page={entry['page']}(?=&|$)", rf"\g<1>page={entry['page'] + 1}", entry["url"])
    if following:
        target = _joined(entry["url"], following)
        run.todo = [*run.todo, {**entry, "url": target, "page": entry["page"] + 1, "filtered": False}]


def _linked(run: ImportRun) -> list[dict[str, Any]]:
    """Single objects that others point to and that no list had."""
    rows = ForeignObject.objects.filter(source=run.source)
    known = set(rows.values_list("kind", "external_id"))
    wanted = {}
    for kind, names in LINKS.items():
        for data in rows.filter(kind=kind, seen_in=run, is_deleted=False).values_list("data", flat=True).iterator():
            for name, target in names.items():
                for url in reading.addresses(data.get(name)):
                    if (target, reading.key_of(url)) not in known and len(wanted) < MOST_LINKED:
                        wanted[target, reading.key_of(url)] = url
    return [{"url": url, "kind": kind, "page": 1, "linked": True} for (kind, _key), url in wanted.items()]


def digest(data: Mapping[str, Any]) -> str:
    """What an object says, without when it last said it."""
    kept = {key: value for key, value in data.items() if key != "modified"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def store(run: ImportRun, found: Sequence[Found]) -> None:
    """Write down what was found; what says the same as before is not touched."""
    keys = {one.key for one in found}
    rows = ForeignObject.objects.filter(source=run.source, external_id__in=keys)
    known = {(row.kind, row.external_id): row for row in rows}
    new, changed = {}, {}
    for one in found:
        row = known.get((one.kind, one.key))
        data, deleted = _merged(row, one)
        if row is None:
            row = known[one.kind, one.key] = ForeignObject(source=run.source, kind=one.kind, external_id=one.key)
            new[one.kind, one.key] = row
        elif row.hash != digest(data) or row.is_deleted != deleted:
            if row.pk:
                changed[row.pk] = row
        else:
            row.seen_in = run
            continue
        row.data, row.hash, row.is_deleted, row.seen_in = data, digest(data), deleted, run
    ForeignObject.objects.bulk_create(new.values(), batch_size=500)
    ForeignObject.objects.bulk_update(changed.values(), ["data", "hash", "is_deleted"], batch_size=500)
    ForeignObject.objects.filter(source=run.source, external_id__in=keys).exclude(seen_in=run).update(seen_in=run)


def _merged(row: ForeignObject | None, one: Found) -> tuple[dict[str, Any], bool]:
    """An object inside another is often shorter than from its own list: it adds and does not take away."""
    before = row.data if row else {}
    deleted = one.data.get("deleted") is True
    if deleted:
        return {**before, "id": one.data["id"], "deleted": True}, True
    if not one.embedded:
        return {**{name: before[name] for name in PARENTS if name in before}, **one.data}, False
    kept = {name: value for name, value in before.items() if name != "deleted"}
    older = str(one.data.get("modified", "")) < str(kept.get("modified", ""))
    return ({**one.data, **kept} if older else {**kept, **one.data}), False
