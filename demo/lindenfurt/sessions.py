# SPDX-License-Identifier: EUPL-1.2
"""What the committees of Lindenfurt have behind them: a term, meetings with attendance, minutes, open questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from committees import flows as committees
from committees.account import account_of
from committees.models import (
    AttendanceStatus,
    Committee,
    Consultation,
    LegislativeTerm,
    Meeting,
    Membership,
)
from committees.voting import voters_of
from core import clock

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import AgendaItem, Minutes
    from demo.lindenfurt.town import _Town

# Bodies that are elected for a term, with their voting seats by statute.
ELECTED = {"RAT": 44, "ASB": None, "JHA": None, "ASI": None, "HFA": None}

# Where it is written that the office may bring topics in itself.
MANDATES = {
    "LKB": (-700, "Geschäftsordnung des Lenkungskreises, § 4"),
    "BBR": (-640, "Beschluss des Stadtrats zur Einrichtung des Bildungsbeirats"),
    "BKO": (-640, "Kooperationsvereinbarung mit dem Land, Ziffer 3"),
    "AG1": (-610, "Auftrag des Lenkungskreises Bildung"),
    "AG2": (-610, "Auftrag des Lenkungskreises Bildung"),
    "AG3": (-610, "Auftrag des Lenkungskreises Bildung"),
}

USUAL = [
    ("1", "Eröffnung und Feststellung der Beschlussfähigkeit", True),
    ("2", "Niederschrift der letzten Sitzung", True),
    ("3", "Offene Fragen aus der letzten Sitzung", True),
    ("4", "Jugendhilfeplanung: Stand der Kita-Plätze", True),
    ("5", "Anfragen und Mitteilungen", True),
    ("6", "Mitteilungen", False),
]


def seats(town: _Town) -> None:
    """Terms, seats, successions and mandates, before the first meeting."""
    start = town.day(-380)
    term = LegislativeTerm.objects.create(
        name=f"Wahlperiode {start.year}–{start.year + 5}", start_on=start, end_on=start.replace(year=start.year + 5)
    )
    for code, number in ELECTED.items():
        committee = Committee.objects.get(code=code)
        committee.memberships.filter(start_on=start).update(term=term, end_on=term.end_on)
        if number:
            Committee.objects.filter(pk=committee.pk).update(seats=number)
    for code, (since, source) in MANDATES.items():
        Committee.objects.filter(code=code).update(may_propose_since=town.day(since), may_propose_source=source)
    jha = Committee.objects.get(code="JHA").memberships
    jha.filter(person__family_name="Rühl").update(succeeds=jha.get(person__family_name="Ehlers"))
    left = jha.get(person__family_name="Brandt")
    Membership.objects.create(
        committee=left.committee,
        person=Membership.objects.get(person__family_name="Seidel").person,
        role="advisory",
        voting_right=False,
        on_behalf_of=Membership.objects.get(person__family_name="Seidel").on_behalf_of,
        term=term,
        start_on=start,
        end_on=town.day(-15),
    )
    Membership.objects.filter(person__family_name="Wegener", committee__code="BBR").update(end_on=town.day(60))


def add(town: _Town) -> None:
    """Two meetings of the Jugendhilfeausschuss: the older one with approved minutes, the last with submitted ones."""
    now = timezone.now()
    recent = Meeting.objects.filter(committee__code="JHA", start__lt=now).get()
    with clock.story(now - timedelta(days=120), now - timedelta(days=110)):
        older = _older(town, recent)
        _prepare(town, recent)
    minutes = _held(town, older, absent=None)
    with clock.story(older.start + timedelta(days=4), older.start + timedelta(days=6)):
        committees.submit_minutes(minutes, by=town.user("uwe.pohlmann"))
    latest = _held(town, recent, absent="Brandt")
    with clock.story(recent.start + timedelta(days=3), recent.start + timedelta(days=4)):
        committees.approve_minutes(
            minutes,
            by=town.user("uwe.pohlmann"),
            item=recent.agenda_items.get(number="2"),
            objections="Frau Rühl bittet, zu Punkt 4 die Zahl der Plätze zu nennen. Die Niederschrift wird ergänzt.",
        )
    with clock.story(recent.start + timedelta(days=5), now - timedelta(hours=3)):
        committees.submit_minutes(latest, by=town.user("uwe.pohlmann"))
        _bias(town)


def complete_agenda(town: _Town, meeting: Meeting) -> None:
    """The usual items around the papers of the next meeting, before the committee is invited to it."""
    by = town.user("uwe.pohlmann")
    questions = committees.add_agenda_item(meeting, by=by, number="3", title="Offene Fragen aus der letzten Sitzung")
    committees.move_agenda_item(questions, by=by, to=3)
    committees.add_agenda_item(meeting, by=by, number="5", title="Anfragen und Mitteilungen")
    committees.add_agenda_item(
        meeting,
        by=by,
        number="6",
        title="Mitteilungen",
        is_public=False,
        non_public_reason="berechtigte Interessen Einzelner",
    )


def _older(town: _Town, recent: Meeting) -> Meeting:
    day = town.day(-95)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    start = timezone.make_aware(datetime.combine(day, time(17)))
    meeting = Meeting.objects.create(committee=recent.committee, start=start, location=recent.location, number=12)
    secretary = town.user("uwe.pohlmann")
    for number, title, public in USUAL:
        reason = "" if public else "berechtigte Interessen Einzelner"
        committees.add_agenda_item(
            meeting, by=secretary, number=number, title=title, is_public=public, non_public_reason=reason
        )
    committees.save_template(meeting, by=secretary, name="Übliche Tagesordnung")
    return meeting


def _prepare(town: _Town, meeting: Meeting) -> None:
    """The usual items that the meeting does not have yet."""
    Meeting.objects.filter(pk=meeting.pk).update(number=13)
    following = Meeting.objects.filter(committee=meeting.committee, start__gt=timezone.now()).order_by("start").first()
    Meeting.objects.filter(pk=following.pk).update(number=14)
    for number, title, public in USUAL[2:]:
        committees.add_agenda_item(
            meeting,
            by=town.user("uwe.pohlmann"),
            number=number,
            title=title,
            is_public=public,
            non_public_reason="" if public else "berechtigte Interessen Einzelner",
        )


def _held(town: _Town, meeting: Meeting, *, absent: str | None) -> Minutes:
    """Invite, hold, note who was there and what was asked, and write the minutes."""
    secretary = town.user("uwe.pohlmann")
    sent = meeting.start - timedelta(days=11)
    with clock.story(sent, sent + timedelta(days=1)):
        committees.invite(meeting, by=secretary)
    with clock.story(meeting.start + timedelta(days=1), meeting.start + timedelta(days=3)):
        return _record(town, committees.hold(meeting, by=secretary), secretary, absent)


def _record(town: _Town, meeting: Meeting, secretary: User, absent: str | None) -> Minutes:
    """Who was there, what was resolved and asked, and the draft of the minutes."""
    on = timezone.localdate(meeting.start)
    members = list(meeting.committee.memberships.current(on=on).select_related("person"))
    committees.record_attendance(
        meeting,
        [
            committees.Presence(
                membership,
                AttendanceStatus.EXCUSED if membership.person.family_name == absent else AttendanceStatus.PRESENT,
            )
            for membership in members
        ],
        by=secretary,
        chair=next(membership for membership in members if membership.person.family_name == "Rühl"),
        minute_taker=secretary.name,
        guests=["Tarek Haddad, Leitung FB 51"],
        end=meeting.start + timedelta(hours=2, minutes=10),
    )
    if absent:
        _resolve(town, meeting.agenda_items.get(number="4"))
        _questions(town, meeting, {membership.person.family_name: membership for membership in members})
    minutes = committees.begin_minutes(meeting, by=secretary)
    texts = {
        item.pk: TEXTS.get(item.title) or ("" if account_of(item) else "Kein Bedarf.")
        for item in meeting.agenda_items.all()
    }
    minutes.refresh_from_db()
    return committees.write_minutes(minutes, by=secretary, general=minutes.general, general_closed="", texts=texts)


TEXTS = {
    "Eröffnung und Feststellung der Beschlussfähigkeit": "Der Vorsitz eröffnet die Sitzung und stellt fest, dass der "
    "Ausschuss ordnungsgemäß geladen und beschlussfähig ist.",
    "Niederschrift der letzten Sitzung": "Die Niederschrift wird genehmigt.",
    "Jugendhilfeplanung: Stand der Kita-Plätze": "FB 51 berichtet über die Belegung der Kitas in den Bezirken.",
}


def _resolve(town: _Town, item: AgendaItem) -> None:
    """Under a report the committee asks the administration for something: resolved without a paper."""
    committees.record_item_result(
        item,
        by=town.user("uwe.pohlmann"),
        result="unchanged",
        votes_yes=voters_of(item).limit,
        votes_no=0,
        votes_abstain=0,
        note="Der Ausschuss bittet die Verwaltung, ihm vor jeder Sitzung die Zahl der freien Kita-Plätze je Bezirk "
        "mitzuteilen.",
    )


def _questions(town: _Town, meeting: Meeting, members: Mapping[str, Membership]) -> None:
    secretary = town.user("uwe.pohlmann")
    planning = meeting.agenda_items.get(number="4")
    committees.raise_question(
        planning,
        by=secretary,
        asked_by=members["Aksoy"],
        text="Wie viele Kinder stehen im Bezirk Nordhang auf der Warteliste, und wie lange warten sie?",
        owner=town.user("tarek.haddad"),
    )
    answered = committees.raise_question(
        meeting.agenda_items.get(number="5"),
        by=secretary,
        asked_by=members["Rühl"],
        text="Wann erscheint der nächste Bildungsbericht?",
        owner=town.user("mareike.thoelke"),
    )
    committees.answer_question(
        answered, by=town.user("mareike.thoelke"), text="Der Bericht wird im Frühjahr im Bildungsbeirat vorgestellt."
    )
    committees.give_assignment(
        planning,
        by=secretary,
        text="Dem Ausschuss eine Übersicht der Kita-Plätze nach Bezirken vorlegen.",
        owner=town.user("tarek.haddad"),
        due_on=town.day(18),
    )


def _bias(town: _Town) -> None:
    """The provider that would receive money from R1 takes no part in it."""
    stop = Consultation.objects.get(
        committee__code="JHA", paper__recommendation__title__startswith="Sprachbildung in Kitas"
    )
    committees.declare_conflict(
        stop.agenda_item,
        by=town.user("uwe.pohlmann"),
        membership=stop.committee.memberships.get(person__family_name="Aksoy"),
        reason="Der Kita-Verbund Linde gGmbH würde Mittel aus diesem Beschluss erhalten.",
    )
