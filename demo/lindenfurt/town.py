# SPDX-License-Identifier: EUPL-1.2
"""Builds Lindenfurt through the same flows that people use, each step by whoever does it in the story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.flows import sync_roles
from accounts.models import Department, User
from accounts.roles import appoint
from actors.models import Actor, FieldOfAction, Person, Position
from committees import flows as committees
from committees.models import Committee, ConsultationRole, Meeting, Membership, PaperType
from core import clock
from core.models import Feedback
from core.workdays import is_working_day
from demo.lindenfurt import (
    council,
    documents,
    figures,
    follow_up,
    goals,
    heads,
    papers,
    people,
    proposals,
    sessions,
    year,
)
from demo.lindenfurt.catalogue import CATALOGUE
from indicators import flows as indicators
from indicators.models import Indicator, KeyFigure, Region, Table
from indicators.series import snapshot
from recommendations import flows as recommendations
from recommendations.effect import baseline_of
from recommendations.models import (
    DecisionKind,
    Direction,
    Recommendation,
    Statement,
)
from recommendations.models import (
    Position as Answer,
)
from reports import flows as reports
from reports.models import Variant
from tasks import flows as tasks

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from committees.models import Consultation, Paper
    from demo.lindenfurt.catalogue import Definition
    from demo.lindenfurt.figures import Statistic
    from indicators.series import Snapshot


def build(*, today: date | None = None) -> bool:
    """Build the town, once: a second call finds it there and changes nothing. True where it was built now."""
    if User.objects.filter(email=people.USERS[0].email).exists():
        return False
    with transaction.atomic():
        _Town(today or timezone.localdate()).build()
    return True


def meeting_day(day: date) -> date:
    """This day, or the next on which a committee meets: a working day, and none between Christmas Eve and New Year."""
    while not is_working_day(day) or (day.month, day.day) >= (12, 24):
        day += timedelta(days=1)
    return day


class _Town:
    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def build(self) -> None:
        self.people()
        self.committees()
        sessions.seats(self)
        self.figures()
        self.meetings()
        for tell, first, last in (
            (self.language_support, -80, -2),
            (self.absence, -24, -1),
            (partial(follow_up.all_day, self), -130, -3),
            (self.contact_point, -34, -3),
            (partial(follow_up.basic_education, self), -420, -12),
            (self.breakfast, -55, -20),
            (self.child_care, -2, -1),
        ):
            self.tell(tell, first, last)
        follow_up.set_goals(self)
        self.tasks()
        papers.add(self)
        sessions.add(self)
        year.tell(self.user("mareike.thoelke"), self.today.year)
        documents.order(self.user("mareike.thoelke"))

    def user(self, key: str) -> User:
        return User.objects.get(email=f"{key}@lindenfurt.example")

    def people(self) -> None:
        for code, name, kind, parent in people.DEPARTMENTS:
            Department.objects.create(
                code=code, name=name, kind=kind, parent=self.department(parent) if parent else None
            )
        sync_roles()
        for account in people.USERS:
            user = User.objects.create_user(account.email, account.name, people.PASSWORD)
            if account.office:
                appoint(user, account.office)
            if account.staffs:
                appoint(user, "staff", self.department(account.staffs))
        heads.appoint_all(self)
        above = FieldOfAction.objects.create(name=goals.FIELD_ABOVE)
        for name in people.FIELDS:
            FieldOfAction.objects.create(name=name, parent=above if name in goals.FIELDS_BELOW else None)
        for name, short, actor_kind, parent, field in people.ACTORS:
            actor = Actor.objects.create(
                name=name, short_name=short, kind=actor_kind, parent=Actor.objects.get(name=parent) if parent else None
            )
            if field:
                actor.fields_of_action.add(FieldOfAction.objects.get(name=field))
        for given, family, actor, function, account, basis in people.PERSONS:  # type: ignore[assignment]
            person = Person.objects.create(
                given_name=given,
                family_name=family,
                email=""
                if account
                else f"{given}.{family}@lindenfurt.example".lower().replace("ö", "oe").replace("ü", "ue"),
                user=self.user(account) if account else None,
                legal_basis="consent" if basis != "task" else "task",
                consent_given_on=self.day(-400) if basis != "task" else None,
                consent_withdrawn_on=self.day(-60) if basis == "withdrawn" else None,
            )
            if actor:
                Position.objects.create(
                    person=person, actor=Actor.objects.get(name=actor), name=function, start_on=self.day(-500)
                )

    def department(self, code: str) -> Department:
        return Department.objects.get(code=code)

    def committees(self) -> None:
        for code, name, kind, authority, mandate, notice, submission, propose in council.COMMITTEES:
            Committee.objects.create(
                code=code,
                name=name,
                kind=kind,
                authority=authority,
                mandate=mandate,
                notice_days=notice,
                submission_days=submission,
                office_may_propose=propose,
            )
        sync_roles()
        for committee in Committee.objects.all():
            appoint(self.user("uwe.pohlmann"), "secretaries", committee)
        for family, code, role, vote, actor, start, end in council.MEMBERSHIPS:
            Membership.objects.create(
                person=Person.objects.get(family_name=family),
                committee=Committee.objects.get(code=code),
                role=role,
                voting_right=vote,
                on_behalf_of=Actor.objects.get(name=actor) if actor else None,
                start_on=self.day(start),
                end_on=self.day(end) if end else None,
            )

    def meetings(self) -> None:
        secretary = self.user("uwe.pohlmann")
        for code, offset, hour, place in council.MEETINGS:
            start = timezone.make_aware(datetime.combine(meeting_day(self.day(offset)), time(hour)))
            meeting = Meeting.objects.create(committee=Committee.objects.get(code=code), start=start, location=place)
            committees.add_agenda_item(
                meeting, by=secretary, number="1", title="Eröffnung und Feststellung der Beschlussfähigkeit"
            )
            committees.add_agenda_item(meeting, by=secretary, number="2", title="Niederschrift der letzten Sitzung")

    def meeting(self, code: str, *, upcoming: bool = True) -> Any:
        found = Meeting.objects.filter(committee__code=code).order_by("start")
        return found.last() if upcoming else found.first()

    def hold(self, meeting: Meeting) -> None:
        """Invite to a meeting twelve days before, and hold it."""
        secretary = self.user("uwe.pohlmann")
        sent = meeting.start - timedelta(days=12)
        with clock.story(sent, sent + timedelta(days=1)):
            committees.invite(meeting, by=secretary)
        committees.hold(meeting, by=secretary)

    def figures(self) -> None:
        folder = Path(settings.VAR_DIR) / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        monitoring = self.user("jonas.arndt")
        for statistic, definition in zip(figures.STATISTICS, CATALOGUE, strict=True):
            self.deliver(figures.before_correction(statistic), folder)
            Table.objects.filter(code=statistic.table).update(
                title=statistic.title,
                period_kind=definition.period_kind,
                publisher="Statistisches Landesamt Mittelauen (fiktiv)",
                licence="Datenlizenz Deutschland – Namensnennung – Version 2.0 (fiktiv)",
                protection=statistic.protection,
                holder=definition.holder,
                next_delivery_on=self.day(statistic.next_delivery),
                delivery_every=12,
            )
            self.key_figure(statistic, definition)
        indicators.release(Table.objects.protected(), by=monitoring)
        for key, name in figures.NAMES.items():
            Region.objects.filter(key=key).update(name=name.split(",")[0])

    def deliver(self, statistic: Statistic, folder: Path) -> None:
        path = figures.write(statistic, folder)
        with path.open("rb") as file:
            indicators.import_file(file, path.name, by=self.user("jonas.arndt"))

    def key_figure(self, statistic: Statistic, definition: Definition) -> None:
        numerator, *denominator = [_selector(statistic, measure) for measure in statistic.measures]
        indicator, _created = Indicator.objects.get_or_create(
            name=definition.indicator, defaults={"topic": definition.topic}
        )
        KeyFigure.objects.create(
            code=definition.key,
            name=definition.name,
            indicator=indicator,
            definition=definition.definition,
            numerator_label=definition.numerator,
            denominator_label=definition.denominator,
            table=Table.objects.get(code=statistic.table),
            numerator=numerator,
            denominator=denominator[0] if denominator else {},
            factor=definition.factor,
            unit=definition.unit,
            decimals=definition.decimals,
            period_label=definition.period_label,
            caveats=definition.caveats,
            reading_example=definition.reading,
            source_label=definition.source,
            data_holder=self.department(definition.holder),
        )

    def draft(
        self,
        texts: Mapping[str, str],
        *,
        figure: str,
        lead: str,
        involved: Iterable[str] = (),
        level: str = "municipality",
        field: str,
        review: int | None = None,
    ) -> Recommendation:
        fields = {**texts, "responsible_level": level, "field_of_action": FieldOfAction.objects.get(name=field)}
        return recommendations.create(
            by=self.user("mareike.thoelke"),
            pin=self.pin(figure),
            lead_department=self.department(lead),
            involved_departments=[self.department(code) for code in involved],
            effect_review_on=self.day(review) if review else None,
            **fields,
        )

    def pin(self, code: str) -> Snapshot:
        return snapshot(KeyFigure.objects.get(code=code), region_key=figures.TOWN, comparison_key=figures.STATE)  # type: ignore[return-value]

    def consult(
        self, recommendation: Recommendation, *, due: int, departments: Iterable[str], actors: Iterable[str] = ()
    ) -> Recommendation:
        return recommendations.start_consultation(
            recommendation,
            by=self.user("mareike.thoelke"),
            due_on=self.day(due),
            departments=[self.department(code) for code in departments],
            actors=[Actor.objects.get(name=name) for name in actors],
        )

    def sign(self, recommendation: Recommendation, code: str, key: str, answer: Answer, remarks: str = "") -> None:
        statement = Statement.objects.get(recommendation=recommendation, department__code=code)
        recommendations.sign(statement, by=self.user(key), position=answer, remarks=remarks)

    def approve(self, recommendation: Recommendation, key: str, reason: str = "", changed_resolution: str = "") -> None:
        office = self.user("mareike.thoelke")
        recommendations.submit(recommendation, by=office)
        recommendations.decide(
            recommendation,
            by=self.user(key),
            kind=DecisionKind.CHANGED if changed_resolution else DecisionKind.APPROVE,
            reason=reason,
            changed_resolution=changed_resolution,
        )

    def paper(
        self, recommendation: Recommendation, stops: Sequence[tuple[Meeting, str, ConsultationRole, str]]
    ) -> tuple[Paper, list[Consultation]]:
        """Make the paper and put it on agendas: ``(meeting, number, role, own wording)`` each."""
        office = self.user("mareike.thoelke")
        paper = recommendations.make_paper(
            recommendation,
            by=office,
            paper_type=PaperType.DECISION,
            date=self.day(-70) if stops[0][0].start < timezone.now() else self.today,
        )
        consultations = []
        for meeting, number, role, wording in stops:
            item = committees.put_on_agenda(meeting, paper, by=office, number=number)
            consultations.append(
                committees.schedule(
                    paper, by=office, committee=meeting.committee, role=role, agenda_item=item, resolution_text=wording
                )
            )
        return paper, consultations

    def tell(self, story: Callable[..., Any], first: int, last: int) -> None:
        """Let the steps of a story stand in the record on past days."""
        now = timezone.now()
        with clock.story(now + timedelta(days=first), now + timedelta(days=last)):
            recommendation = story()
        Recommendation.objects.filter(pk=recommendation.pk).update(changed_at=now + timedelta(days=last))

    def phase(self, first: int, last: int) -> AbstractContextManager[None]:
        """A part of a story between two days."""
        now = timezone.now()
        return clock.story(now + timedelta(days=first), now + timedelta(days=last))

    def language_support(self) -> Recommendation:
        one = self.draft(
            {**proposals.LANGUAGE, "proposed_resolution": proposals.LANGUAGE_BEFORE},
            figure="I2",
            lead="FB 51",
            involved=("FB 20", "FB 40", "FB 50", "FB 53"),
            field="Frühe Bildung und Sprache",
            review=900,
        )
        recommendations.co_create(
            one,
            by=self.user("mareike.thoelke"),
            held_on=self.day(-70),
            actors=list(Actor.objects.filter(name__in=["Kita-Verbund Linde gGmbH", "Stadtelternrat"])),
            outcome="Die AG Frühe Bildung und Sprache hat sechs Kitas nach Bedarf und Kinderzahl vorgeschlagen. Der "
            "Stadtelternrat bittet, mehrsprachige Eltern von Anfang an einzubeziehen.",
        )
        self.consult(one, due=-18, departments=("FB 40", "FB 50", "FB 53", "FB 20"))
        self.sign(one, "FB 40", "petra.wellmann", Answer.AGREE)
        self.sign(one, "FB 50", "henning.voss", Answer.REMARKS, "Eltern mehrsprachig einbeziehen.")
        self.sign(one, "FB 20", "carla.nitsche", Answer.DISAGREE, "155.000 Euro sind noch nicht gedeckt.")
        self.approve(
            one,
            "tarek.haddad",
            "Mit 180.000 statt 240.000 Euro im Jahr: mehr ist im Haushalt nicht zu decken.",
            changed_resolution=proposals.LANGUAGE["proposed_resolution"],
        )
        head = self.user("tarek.haddad")
        for title, days in (
            ("Bescheide an die Träger senden", 60),
            ("Stellen in sechs Kitas besetzen", 150),
            ("Teams fortbilden, Eltern mehrsprachig einbeziehen", 330),
            ("Erster Bericht im Jugendhilfeausschuss", 330),
        ):
            recommendations.plan_measure(
                one, by=head, title=title, department=self.department("FB 51"), owner=head, due_on=self.day(days)
            )
        recommendations.plan_effect(
            one,
            by=head,
            review_on=self.day(900),
            baseline=baseline_of(one.evidence.first()),
            direction=Direction.AT_MOST,
            target_value=27,
        )
        paper, _stops = self.paper(
            one,
            [
                (self.meeting("JHA"), "4", ConsultationRole.DECISION, "Der Jugendhilfeausschuss beschließt:"),
                (
                    self.meeting("ASB"),
                    "6",
                    ConsultationRole.INFORMATION,
                    "Der Ausschuss für Schule und Bildung nimmt den Beschluss zur Kenntnis.",
                ),
            ],
        )
        committees.add_annex(
            paper,
            by=head,
            title="Aufteilung der Mittel auf die Träger",
            body="Träger\tBezirk\tKitas\tStellen\tEuro je Kitajahr\n"
            "Kita-Verbund Linde gGmbH\tNordhang\t2\t1,0\t61.200\n"
            "Caritas-/Diakonie-AG Lindenfurt\tHafenviertel\t1\t0,5\t30.400\n"
            "Städtische Kitas, FB 51\tNordhang\t1\t0,5\t29.200\n"
            "Städtische Kitas, FB 51\tHafenviertel\t2\t1,0\t59.200\n"
            "**Summe**\tzwei Bezirke\t**6**\t**3,0**\t**180.000**\n\n"
            "Die Beträge beruhen auf den Personalkosten der Träger.",
            is_public=False,
            non_public_reason="berechtigte Interessen Einzelner",
        )
        sessions.complete_agenda(self, self.meeting("JHA"))
        committees.invite(self.meeting("JHA"), by=self.user("uwe.pohlmann"))
        for variant in Variant:
            reports.order_briefing(paper, by=self.user("mareike.thoelke"), variant=variant)
        return one

    def absence(self) -> Recommendation:
        one = self.draft(
            proposals.ABSENCE,
            figure="I5",
            lead="FB 40",
            involved=("FB 12", "FB 50", "FB 51"),
            level="municipality_and_state",
            field="Übergang Schule–Beruf",
            review=1400,
        )
        self.consult(one, due=4, departments=("FB 51", "FB 50", "FB 12"), actors=("Staatliches Schulamt Auenregion",))
        self.sign(one, "FB 51", "tarek.haddad", Answer.AGREE)
        self.sign(one, "FB 50", "henning.voss", Answer.REMARKS, "Bitte das Jobcenter ab Klasse 9 einbeziehen.")
        outside = Statement.objects.get(recommendation=one, actor__isnull=False)
        recommendations.sign(
            outside,
            by=self.user("mareike.thoelke"),
            position=Answer.DISAGREE,
            remarks="Wie Schulen Fehlzeiten erfassen, ist eine innere Schulangelegenheit. Punkt 3 kann die Stadt nicht "
            "beschließen.",
        )
        recommendations.mediate(
            outside,
            by=self.user("mareike.thoelke"),
            held_on=self.day(-3),
            positions="Schulamt: Das Land entscheidet über die Erfassung. FB 40: Ohne gleiche Erfassung hilft das "
            "Frühwarnsystem nur einzelnen Schulen.",
            outcome="Punkt 3 bleibt als Anregung an das Land stehen; die Stadt beschließt nur die Punkte 1 und 2.",
        )
        return one

    def contact_point(self) -> Recommendation:
        one = self.draft(
            proposals.CONTACT_POINT,
            figure="I6",
            lead="FB 50",
            involved=("FB 20", "FB 40", "FB 51"),
            field="Übergang Schule–Beruf",
            review=1300,
        )
        recommendations.pin_evidence(one, by=self.user("mareike.thoelke"), snapshot=self.pin("I5"))
        self.consult(one, due=-10, departments=("FB 51", "FB 20", "FB 40"))
        self.sign(one, "FB 51", "tarek.haddad", Answer.AGREE)
        self.sign(
            one,
            "FB 20",
            "carla.nitsche",
            Answer.REMARKS,
            "Gedeckt sind 1,5 Stellen. Für 2,0 Stellen fehlt die Deckung.",
        )
        recommendations.submit(one, by=self.user("mareike.thoelke"))
        return one

    def breakfast(self) -> Recommendation:
        one = self.draft(proposals.BREAKFAST, figure="I7", lead="FB 40", field="Teilhabe")
        recommendations.submit(one, by=self.user("mareike.thoelke"))
        recommendations.decide(
            one,
            by=self.user("petra.wellmann"),
            kind=DecisionKind.REJECT,
            reason="Es gibt keine Deckung. Das Landesprogramm Schulobst wird ausgeweitet. Eine Wiedervorlage zum Haushalt des "
            "Folgejahres ist möglich.",
        )
        return one

    def child_care(self) -> Recommendation:
        one = self.draft(proposals.CHILD_CARE, figure="I1", lead="FB 51", field="Frühe Bildung und Sprache")
        return one

    def tasks(self) -> None:
        office = self.user("mareike.thoelke")
        tasks.add(owner=office, title="Kontaktdaten des Stadtelternrats löschen", due_on=self.day(1))
        tasks.add(
            owner=office,
            title="Anmerkung von FB 50 beantworten",
            due_on=self.day(4),
            recommendation=Recommendation.objects.get(title=proposals.ABSENCE["title"]),
        )
        tasks.add(
            owner=office,
            title="Kurzfassung für den Jugendhilfeausschuss prüfen",
            due_on=self.day(8),
            recommendation=Recommendation.objects.get(title=proposals.LANGUAGE["title"]),
        )
        tasks.receive_barrier(
            Feedback.objects.create(
                sender=self.user("anke.ruehl"),
                page="/indicators/",
                message="In der Liste der Kennzahlen liest meine Sprachausgabe die Zeichen für steigend und fallend nicht vor.",
            )
        )


def _selector(statistic: Statistic, measure: tuple[str, str, str]) -> dict[str, str]:
    code, label, unit = measure
    if statistic.layout == "flat":
        return {"measure": code, "unit": unit}
    return {"measure": "Kinder", "unit": unit, "dimensions": f"Spalte 1={label}"}
