# SPDX-License-Identifier: EUPL-1.2
"""From what servers really send to plain objects, one by one. Knows no database and no network.

Real servers leave types out, write single objects where lists belong and lists where objects belong, put control
characters into JSON, “N/A” into dates and objects into objects. Whatever cannot be read is said, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from core.sentences import Sentence
from core.sentences import sentence as _

if TYPE_CHECKING:
    from core.sentences import Sentence

BERLIN = ZoneInfo("Europe/Berlin")
KINDS = (
    *("System", "Body", "LegislativeTerm", "Organization", "Person", "Membership", "Meeting"),
    *("AgendaItem", "Paper", "Consultation", "File", "Location"),
)
BY_NAME = {kind.lower(): kind for kind in KINDS} | {"organisation": "Organization", "agendaitems": "AgendaItem"}
FILES = (
    *("invitation", "resultsProtocol", "verbatimProtocol", "auxiliaryFile"),
    *("mainFile", "resolutionFile", "derivativeFile", "masterFile"),
)
# where objects stand inside others: attribute -> kind, and what the inner one calls the outer one
EMBEDDED = {
    "body": {"Body": ""},
    "legislativeTerm": {"LegislativeTerm": "body"},
    "location": {"Location": ""},
    "locationObject": {"Location": ""},
    "membership": {"Membership": ""},
    "agendaItem": {"AgendaItem": "meeting"},
    "consultation": {"Consultation": "paper"},
    **{name: {"File": ""} for name in FILES},
    "organization": {"Organization": ""},
    "person": {"Person": ""},
    "meeting": {"Meeting": ""},
    "paper": {"Paper": ""},
}
# lists that a body points to: attribute -> kind
LISTS = {
    "organization": "Organization",
    "person": "Person",
    "membership": "Membership",
    "meeting": "Meeting",
    "agendaItem": "AgendaItem",
    "paper": "Paper",
    "consultation": "Consultation",
    "file": "File",
    "locationList": "Location",
    "legislativeTermList": "LegislativeTerm",
}
NOTHING = {"", "n/a", "null", "none", "-"}
UNWANTED = {"phone", "email", "gender", "life", "lifeSource", "locationObject"}  # of persons: not needed, so not kept
DEEPEST = 6


@dataclass
class Found:
    """One object: its kind, its id in one spelling, what it says, and whether it stood inside another."""

    kind: str
    key: str
    data: dict
    embedded: bool = False


@dataclass
class Page:
    """What one answer or file held; ``own`` are the objects of the list itself, ``unread`` says why it is no JSON."""

    found: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    following: str = ""
    total_pages: int = 0
    own: list[Found] = field(default_factory=list)
    is_list: bool = False
    unread: str | Sentence = ""


def key_of(address: str) -> str:
    """An id in one spelling: servers write the same one with http and https, with and without a slash at the end."""
    text = str(address).strip()
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an open bracket where a host should be
        return text[:500]
    if not parts.scheme or not parts.netloc:
        return text[:500]
    port = "" if parts.netloc.endswith((":80", ":443")) else parts.netloc.rpartition("@")[2].lower().partition(":")[2]
    host = (parts.hostname or "").lower() + (f":{port}" if port else "")
    return (f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else ""))[:500]


def parse(content: bytes) -> tuple[Any, str | Sentence]:
    """``(value, problem)``: JSON with a byte order mark, control characters or another encoding is read, too."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = content.decode("utf-8", "replace")
    try:
        return json.loads(text, strict=False, parse_constant=lambda _name: None), ""
    except (ValueError, RecursionError) as error:
        return None, _("This is not JSON: %(error)s") % {"error": str(error)[:120]}


def next_of_broken(content: bytes) -> str:
    """The address of the next page in an answer that is no JSON, so that the rest of the list is not lost."""
    text = content.decode("utf-8", "replace")
    if match := re.search(r'"next"\s*:\s*"((?:[^"\\]|\\.){8,2000})"', text):
        return match.group(1).replace("\\/", "/")
    return ""


def page(content: bytes, *, expected: str = "") -> Page:
    """An answer or a file, read whole; in one that is no JSON only the address of the page after it is looked for."""
    value, problem = parse(content)
    return Page(unread=problem, following=next_of_broken(content)) if problem else read(value, expected=expected)


def read(value: Any, *, expected: str = "") -> Page:
    """Read a system, an object, a page of a list or a bare list. ``expected``: the kind a list should hold."""
    page = Page()
    entries = value
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        entries, page.is_list = value["data"], True
        links = value.get("links") if isinstance(value.get("links"), dict) else {}
        following = links.get("next")
        page.following = following if isinstance(following, str) else ""
        pagination = value.get("pagination") if isinstance(value.get("pagination"), dict) else {}
        total = pagination.get("totalPages")
        page.total_pages = total if isinstance(total, int) else 0
    elif isinstance(value, list):
        page.is_list = True
    elif isinstance(value, dict):
        entries = [value]
    else:
        page.problems.append(_("There is neither an object nor a list."))
        return page
    for entry in entries:
        if isinstance(entry, dict):
            try:
                found = _object(entry, page, expected=expected)
            except RecursionError:
                page.problems.append(_("An object is nested too deeply and was left out."))
                continue
            if found:
                page.own.append(found)
        elif not isinstance(entry, str):
            page.problems.append(_("An entry of the list is not an object."))
    return page


def kind_of(data: Mapping[str, Any], expected: str = "") -> str:
    """The kind of an object: what its type says, in any version and spelling, else what the list should hold."""
    said = str(data.get("type") or "").rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
    if said in BY_NAME:
        return BY_NAME[said]
    return expected if not said or "oparl" in str(data.get("type")).lower() else ""


def _object(
    raw: Mapping[str, Any],
    page: Page,
    *,
    expected: str = "",
    parent: str | None = None,
    outer: str = "",
    depth: int = 0,
) -> Found | None:
    kind = kind_of(raw, expected)
    if not kind:
        page.problems.append(
            _("An object of unknown type was left out: %(type)s") % {"type": str(raw.get("type", "?"))[:80]}
        )
        return None
    if not isinstance(raw.get("id"), str) or not raw["id"].strip():
        page.problems.append(_("An object without an id was left out (%(kind)s).") % {"kind": kind})
        return None
    data, inner = {}, []
    for name, content in raw.items():
        name = _clean(name)
        if kind == "Person" and name in UNWANTED:
            continue
        if name in EMBEDDED and depth < DEEPEST:
            content, found = _embedded(kind, name, content)
            inner += found
        content = _plain(content)
        if content not in (None, "", [], {}):
            data[name] = content
    data["id"] = _clean(raw["id"])
    if parent and outer:
        data.setdefault(outer, parent)
    one = Found(kind, key_of(data["id"]), data, embedded=depth > 0)
    page.found.append(one)
    for child_kind, child, back in inner:
        back = _back_reference(kind, child_kind, back)
        _object(child, page, expected=child_kind, parent=data["id"], outer=back, depth=depth + 1)
    return one


def _back_reference(kind: str, child_kind: str, back: str) -> str:
    if child_kind == "Membership":
        return {"Person": "person", "Organization": "organization"}.get(kind, "")
    return back if back.lower() == kind.lower() else ""


def _embedded(kind: str, name: str, content: Any) -> tuple[Any, list[tuple[str, dict[str, Any], str]]]:
    """Objects in place of addresses: the addresses stay, the objects are read on their own."""
    (child_kind, back), *_rest = EMBEDDED[name].items()
    if isinstance(content, dict) and isinstance(content.get("id"), str):
        return content["id"], [(child_kind, content, back)]
    if isinstance(content, list):
        objects = [entry for entry in content if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
        addresses = [entry["id"] if entry in objects else entry for entry in content if not isinstance(entry, dict)] + [
            entry["id"] for entry in objects
        ]
        return addresses, [(child_kind, entry, back) for entry in objects]
    return content, []


def _clean(text: str) -> str:
    """Without control characters and halves of characters, which no database stores."""
    text = "".join(char if char >= " " or char == "\n" else " " for char in text)
    return text.encode("utf-8", "replace").decode().strip()


def _plain(content: Any) -> Any:
    """Without blanks, “N/A” and whatever cannot be stored."""
    if isinstance(content, str):
        text = _clean(content)
        return None if text.lower() in NOTHING else text
    if isinstance(content, list):
        return [kept for entry in content if (kept := _plain(entry)) not in (None, "", [], {})]
    if isinstance(content, dict):
        return {
            _clean(key): kept for key, entry in content.items() if (kept := _plain(entry)) not in (None, "", [], {})
        }
    return content


def addresses(content: Any) -> list[str]:
    """One address or many, as a list: servers write both where the standard knows one of them."""
    if isinstance(content, str):
        return [content]
    return [entry for entry in content if isinstance(entry, str)] if isinstance(content, list) else []


def moment(text: Any) -> datetime | None:
    """A moment; without a zone it is Berlin's. None where there is none to be read."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError:
        day_only = day(text)
        at = datetime.combine(day_only, time()) if day_only else None  # type: ignore[assignment]
    if at is None or not 1900 <= at.year <= 2200:
        return None
    return at if at.tzinfo else at.replace(tzinfo=BERLIN)


def day(text: Any) -> date | None:
    """A day, also out of a moment or in the German spelling."""
    if not isinstance(text, str):
        return None
    if match := re.match(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        numbers = [int(number) for number in match.groups()][::-1]
    elif match := re.match(r"\s*(\d{4})-(\d{2})-(\d{2})", text):
        numbers = [int(number) for number in match.groups()]
    else:
        return None
    try:
        found = date(*numbers)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None
