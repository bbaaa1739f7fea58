# SPDX-License-Identifier: EUPL-1.2
"""The agenda of a meeting: items, their order, urgent ones, templates. Non-public items stand in a block at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q

from activity.flows import logs_refusals, record, without
from committees import events, numbering, permissions
from committees.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Paper

ASIDE = 10_000  # positions are unique: while items change places they stand here
_NUMBERS_STAY = _("The committee is invited. The numbers of the agenda stay as they went out.")
COPIED = ("number", "title", "is_public", "non_public_reason", "is_heading")


def _locked(meeting_id: int) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)


@logs_refusals(events.REFUSED)
@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    by: User,
    title: str,
    number: str = "",
    is_public: bool = True,
    non_public_reason: str = "",
    is_heading: bool = False,
) -> AgendaItem:
    """Put a new item at the end of its part of the agenda; until the invitation its number is a suggestion."""
    meeting = _locked(meeting.pk)
    permissions.can_add_item(by, meeting).enforce()
    return _append_item(
        meeting,
        by,
        number=number,
        title=title,
        is_public=is_public,
        non_public_reason=non_public_reason,
        is_heading=is_heading,
    )


@logs_refusals(events.REFUSED)
@transaction.atomic
def add_urgent_item(
    meeting: Meeting,
    *,
    by: User,
    title: str,
    urgent_reason: str,
    urgent_requested_by: str,
    number: str = "",
    is_public: bool = True,
    non_public_reason: str = "",
) -> AgendaItem:
    """Put an item on the agenda although the committee was invited already; the committee votes on taking it on."""
    meeting = _locked(meeting.pk)
    permissions.can_add_urgent(by, meeting).enforce()
    if not urgent_reason.strip() or not urgent_requested_by.strip():
        raise WrongState(_("Please write down why the item cannot wait and who asked for it."))
    return _append_item(
        meeting,
        by,
        number=number,
        title=title,
        is_public=is_public,
        non_public_reason=non_public_reason,
        is_urgent=True,
        urgent_reason=urgent_reason.strip(),
        urgent_requested_by=urgent_requested_by.strip(),
    )


@logs_refusals(events.REFUSED)
@transaction.atomic
def put_on_agenda(
    meeting: Meeting,
    paper: Paper,
    *,
    by: User,
    number: str = "",
    is_public: bool = True,
    non_public_reason: str = "",
    urgent_reason: str = "",
    urgent_requested_by: str = "",
) -> AgendaItem:
    """Put a new item for a paper on the agenda, by whoever may bring this paper before the committee.

    After the invitation it is an urgent item, as it is without a paper: with the reason and with who asked for it.
    """
    meeting = _locked(meeting.pk)
    permissions.can_schedule(by, paper, meeting.committee).enforce()
    if not meeting.life.agenda_is_open:
        raise WrongState(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    if is_public and not paper.is_public:
        raise WrongState(_("A non-public paper is dealt with under a non-public item; a public one tells its title."))
    fields = {"number": number, "title": paper.title, "is_public": is_public, "non_public_reason": non_public_reason}
    if meeting.life.is_invited:
        if not urgent_reason.strip() or not urgent_requested_by.strip():
            raise WrongState(
                _(
                    "The committee is invited. A paper comes on this agenda only as an urgent one: please write down "
                    "why it cannot wait and who asked for it."
                )
            )
        fields |= {
            "is_urgent": True,
            "urgent_reason": urgent_reason.strip(),
            "urgent_requested_by": urgent_requested_by.strip(),
        }
    return _append_item(meeting, by, **fields)


def _append_item(meeting: Meeting, by: User, **fields: Any) -> AgendaItem:
    items = list(meeting.agenda_items.order_by("position"))
    fields["number"] = fields["number"] or _next_number(meeting, items, fields.get("is_public", True))
    item = AgendaItem.objects.create(meeting=meeting, position=ASIDE + len(items), **fields)
    place = len(items) if not item.is_public else len([one for one in items if one.is_public])
    _arrange([*items[:place], item, *items[place:]])
    record(events.AGENDA_CHANGED, meeting, by=by, number=item.number)
    item.refresh_from_db()
    return item


def _next_number(meeting: Meeting, items: list[AgendaItem], is_public: bool) -> str:
    part, taken = [one for one in items if one.is_public == is_public], {one.number for one in items}
    if meeting.life.was_announced:
        return numbering.added(part or items, taken)
    number = numbering.following(part)
    while number in taken:  # until they are counted through
        number = numbering.suggested([0] * (int(number.split(".")[0]) + 1))[-1]
    return number


def _arrange(items: Iterable[AgendaItem]) -> None:
    """Give the items of a meeting their places in this order."""
    if all(item.position == place for place, item in enumerate(items, start=1)):
        return
    AgendaItem.objects.filter(pk__in=[item.pk for item in items], position__lt=ASIDE).update(
        position=F("position") + ASIDE * 2
    )
    for place, item in enumerate(items, start=1):
        item.position = place
        item.save(update_fields=["position"])


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: User, up: bool | None = None, to: int | None = None) -> AgendaItem:
    """Move an item one place up or down, or to a place within its part of the agenda (counted from 1)."""
    meeting = _locked(item.meeting_id)
    permissions.can_change_agenda(by, meeting).enforce()
    items = list(meeting.agenda_items.order_by("position"))
    moved = next(one for one in items if one.pk == item.pk)
    public = [one for one in items if one.is_public]
    part = public if moved.is_public else [one for one in items if not one.is_public]
    index = part.index(moved)
    if to is None:
        to = index if up else index + 2
    to = min(max(1, to), len(part))
    if to - 1 == index:
        return moved
    part.remove(moved)
    part.insert(to - 1, moved)
    _arrange(part + [one for one in items if not one.is_public] if moved.is_public else public + part)
    record(events.AGENDA_CHANGED, meeting, by=by, number=moved.number)
    return moved


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def edit_agenda_item(item: AgendaItem, *, by: User, **fields: Any) -> AgendaItem:
    """Change title or openness of an item, and its number until the invitation; non-public it goes to the end."""
    meeting = _locked(item.meeting_id)
    permissions.can_change_agenda(by, meeting).enforce()
    item = AgendaItem.objects.get(pk=item.pk)
    if meeting.life.was_announced and fields.get("number", item.number) != item.number:
        raise WrongState(_NUMBERS_STAY)
    if fields.get("is_heading") and item.consultations.exists():
        raise WrongState(_("There is a paper on this item; it cannot become a heading."))
    if fields.get("is_public") and item.consultations.filter(paper__is_public=False).exists():
        raise WrongState(_("There is a non-public paper on this item; it stays non-public."))
    was_public = item.is_public
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    if item.is_public != was_public:
        items = [one for one in meeting.agenda_items.order_by("position") if one.pk != item.pk]
        public = [one for one in items if one.is_public]
        closed = [one for one in items if not one.is_public]
        _arrange([*public, item, *closed])
    record(events.AGENDA_CHANGED, meeting, by=by, number=item.number)
    return item


@logs_refusals(events.REFUSED)
@transaction.atomic
def renumber(meeting: Meeting, *, by: User) -> int:
    """Give all items the suggested numbers, in their order; how deep an item stands is kept."""
    meeting = _locked(meeting.pk)
    permissions.can_number(by, meeting).enforce()
    changed = count_through(meeting)
    if changed:
        record(events.AGENDA_RENUMBERED, meeting, by=by)
    return changed


@without(
    lock="the flow that numbers or invites has it",
    verdict="the flow that numbers or invites has asked",
    record="the entry on that step tells of it",
    refusals="nothing is asked",
)
def count_through(meeting: Meeting) -> int:
    """Draw the numbers of all items in their order; how deep an item stands is kept. How many changed."""
    items = list(meeting.agenda_items.order_by("position"))
    numbers = numbering.suggested([numbering.depth_of(item.number) for item in items])
    changed = [(item, number) for item, number in zip(items, numbers, strict=True) if item.number != number]
    for item, number in changed:
        item.number = number
        item.save(update_fields=["number"])
    return len(changed)


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take an item without papers off the agenda."""
    meeting = _locked(item.meeting_id)
    permissions.can_change_agenda(by, meeting).enforce()
    if item.consultations.exists():
        raise WrongState(_("There is a paper on this item. Take the paper off first."))
    if item.conflicts.exists():
        raise WrongState(_("A conflict of interest was declared on this item; it stays on the agenda."))
    if meeting.attendances.filter(Q(from_item=item) | Q(until_item=item)).exists():
        raise WrongState(_("The attendance says that somebody came or left with this item; it stays on the agenda."))
    record(events.AGENDA_CHANGED, meeting, by=by, number=item.number)
    item.delete()


@without(
    lock="the flow that takes the paper off has it",
    verdict="the flow that takes the paper off has asked",
    record="the entry on the paper tells of it",
    refusals="nothing is asked",
)
def drop_empty(item: AgendaItem, paper: Paper) -> None:
    """An item that was made for a paper goes with it, as long as nobody is invited and nothing else hangs on it."""
    planned = item.meeting.life.agenda_is_open and not item.meeting.life.is_invited
    if planned and item.title == paper.title and not item.consultations.exists() and not item.conflicts.exists():
        item.delete()


@logs_refusals(events.REFUSED, about=lambda item: item.meeting)
@transaction.atomic
def record_urgency(item: AgendaItem, *, by: User, accepted: bool, vote: str = "") -> AgendaItem:
    """Write down whether the committee took an urgent item on, and by which vote."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    permissions.can_keep_record(by, item.meeting).enforce()
    if not item.is_urgent:
        raise WrongState(_("Only an urgent item needs a vote on its urgency."))
    item.urgent_accepted, item.urgent_vote = accepted, vote.strip()
    item.save(update_fields=["urgent_accepted", "urgent_vote"])
    record(events.URGENCY_DECIDED, item.meeting, by=by, number=item.number)
    return item


@logs_refusals(events.REFUSED)
@transaction.atomic
def save_template(meeting: Meeting, *, by: User, name: str) -> AgendaTemplate:
    """Keep the items without papers as a template of the committee."""
    meeting = _locked(meeting.pk)
    permissions.can_prepare(by, meeting.committee).enforce()
    items = meeting.agenda_items.without_paper().filter(is_urgent=False).order_by("position")
    if not items:
        raise WrongState(_("There is no item without a paper that a template could keep."))
    template, created = AgendaTemplate.objects.get_or_create(committee=meeting.committee, name=name.strip())
    if not created:
        template.items.all().delete()
    depths = [numbering.depth_of(item.number) for item in items]
    for place, (item, number) in enumerate(zip(items, numbering.suggested(depths), strict=True), start=1):
        copied = {name: getattr(item, name) for name in COPIED if name != "number"}
        AgendaTemplateItem.objects.create(template=template, position=place, number=number, **copied)
    record(events.TEMPLATE_SAVED, meeting.committee, by=by, template=template.name)
    return template


@logs_refusals(events.REFUSED, about=lambda template: template.committee)
@transaction.atomic
def delete_template(template: AgendaTemplate, *, by: User) -> None:
    """Drop a template; meetings made from it keep their items."""
    template = AgendaTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    permissions.can_prepare(by, template.committee).enforce()
    record(events.TEMPLATE_DELETED, template.committee, by=by, template=template.name)
    template.delete()


@logs_refusals(events.REFUSED)
@transaction.atomic
def fill_agenda(meeting: Meeting, items: Sequence[Any], *, by: User) -> Meeting:
    """Give an empty agenda the usual items of a template, or those of an earlier meeting that carried no paper."""
    meeting = _locked(meeting.pk)
    permissions.can_change_agenda(by, meeting).enforce()
    if meeting.agenda_items.exists():
        raise WrongState(_("There are items on this agenda already."))
    items = sorted(items, key=lambda item: (not item.is_public, item.position))
    numbers = numbering.suggested([numbering.depth_of(item.number) for item in items])
    for place, (item, number) in enumerate(zip(items, numbers, strict=True), start=1):
        copied = {name: getattr(item, name) for name in COPIED if name != "number"}
        AgendaItem.objects.create(meeting=meeting, position=place, number=number, **copied)
    record(events.AGENDA_FILLED, meeting, by=by, count=len(items))
    return meeting
