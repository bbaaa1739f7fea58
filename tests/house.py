# SPDX-License-Identifier: EUPL-1.2
"""A house with two of everything: departments A and B with their heads, bodies X and Y, and everybody who might ask.

What is asked about belongs to department A and body X and bears the name of one plain account, ``concerned``: its
author, owner or proposer. Things are written straight into the database and changed in memory, because a verdict reads
what it is given; flows have tests of their own.
"""

from datetime import timedelta

from django.utils import timezone

from accounts.flows import sync_roles
from accounts.models import DecisionSheet, Delegation, Department, Grant, User
from accounts.roles import appoint
from actors.models import Actor, Person
from committees.models import (
    AgendaItem,
    Assignment,
    Attachment,
    Committee,
    ConflictOfInterest,
    Consultation,
    Meeting,
    MeetingAttestation,
    MeetingState,
    Membership,
    Minutes,
    Paper,
    Question,
)
from core.canonical import checksum
from indicators.models import Import, Indicator, KeyFigure, Table
from recommendations.lifecycle import WITHOUT_APPROVAL
from recommendations.models import (
    Decision,
    Doubt,
    EffectReview,
    Evidence,
    LeadTransfer,
    Measure,
    Mediation,
    Recommendation,
    ResolutionConfirmation,
    Statement,
    Version,
    Workshop,
)
from reports.models import ActivityReport, Document
from tasks.models import Task
from tests.standing import make_head

ROLES = {
    "staff": ("staff", "a"),
    "other staff": ("staff", "b"),
    "coordination": ("coordination", None),
    "monitoring": ("monitoring", None),
    "data protection": ("data-protection", None),
    "administration": ("administration", None),
    "secretary": ("secretaries", "x"),
    "other secretary": ("secretaries", "y"),
    "closed coordination": ("coordination", None),
    "closed monitoring": ("monitoring", None),
    "closed secretary": ("secretaries", "x"),
}
HEADS = {"head": "a", "other head": "b", "closed head": "a"}
DEPUTIES = {"yesterday's deputy": (-9, -1), "deputy": (-1, 1), "tomorrow's deputy": (1, 9), "closed deputy": (-1, 1)}
MEMBERS = {
    "former member": ("x", -9, -1),
    "member": ("x", -1, None),
    "coming member": ("x", 1, None),
    "other member": ("y", -1, None),
    "closed member": ("x", -1, None),
}
PEOPLE = (*HEADS, *ROLES, *DEPUTIES, *MEMBERS, "concerned", "plain", "superuser")


class House:
    def __init__(self):
        self.today, self.now = timezone.localdate(), timezone.now()
        self.a = Department.objects.create(code="FB A", name="Fachbereich A")
        self.b = Department.objects.create(code="FB B", name="Fachbereich B")
        self.x = Committee.objects.create(code="X", name="Ausschuss X")
        self.y = Committee.objects.create(code="Y", name="Ausschuss Y", office_may_propose=True)
        sync_roles()
        self.people = {
            name: User.objects.create_user(f"user{at}@house.example", name, None) for at, name in enumerate(PEOPLE)
        }
        self.concerned = self.people["concerned"]
        self.appoint()
        self.things()

    def day(self, days):
        return None if days is None else self.today + timedelta(days=days)

    def appoint(self):
        for name, department in HEADS.items():
            make_head(
                self.people[name],
                getattr(self, department),
                valid_from=self.day(-30),
                confirmed_at=self.now - timedelta(days=30),
            )
        for name, (role, scope) in ROLES.items():
            appoint(self.people[name], role, scope and getattr(self, scope))
        for name, (first, last) in DEPUTIES.items():
            Delegation.objects.create(
                department=self.a,
                deputy=self.people[name],
                set_by=self.people["head"],
                valid_from=self.day(first),
                valid_until=self.day(last),
                created_at=self.now - timedelta(days=20),
            )
        self.seats = {}
        for name, (body, first, last) in MEMBERS.items():
            person = Person.objects.create(family_name=name, user=self.people[name])
            self.seats[name] = Membership.objects.create(
                committee=getattr(self, body), person=person, start_on=self.day(first), end_on=self.day(last)
            )
        for name, user in self.people.items():
            user.is_active, user.is_superuser = not name.startswith("closed"), name == "superuser"
            user.save(update_fields=["is_active", "is_superuser"])
        self.people = {name: User.objects.get(pk=user.pk) for name, user in self.people.items()}

    def things(self):
        """One of each kind, as it is when it begins."""
        self.key_figure = KeyFigure.objects.create(
            code="I1",
            name="Anteil",
            indicator=Indicator.objects.create(name="Abschlüsse", topic="Schulen"),
            table=Table.objects.create(code="1", title="Tabelle"),
            numerator={},
        )
        recommendation = Recommendation.objects.create(
            title="Empfehlung",
            lead_department=self.a,
            responsible_level="municipality",
            proposed_resolution="Die Stadt handelt.",
            rationale="Der Anteil steigt.",
            author=self.concerned,
            last_changed_by=self.concerned,
        )
        Evidence.objects.create(
            recommendation=recommendation,
            key_figure=self.key_figure,
            name="Anteil",
            value=1,
            unit="%",
            pinned_by=self.concerned,
        )
        self.meeting = Meeting.objects.create(committee=self.x, start=self.now)
        for state in (MeetingState.INVITED, MeetingState.HELD, MeetingState.CLOSED):
            MeetingAttestation.objects.create(meeting=self.meeting, state=state, source="–")
        self.item = AgendaItem.objects.create(meeting=self.meeting, position=1, number="1", title="Punkt")
        self.paper = Paper.objects.create(
            reference="1/26",
            title="Vorlage",
            date=self.today,
            lead_department=self.a,
            proposed_resolution="Beschluss",
            created_by=self.concerned,
        )

    def recommendation(self, status="draft", **fields):
        """The recommendation of department A in this state, with an approval where the state needs one."""
        approval = None if status in WITHOUT_APPROVAL else 1
        return changed(Recommendation.objects.get(), **{"status": status, "approval_id": approval, **fields})

    def changed_by(self, name):
        """This person wrote a version of the submitted recommendation, before somebody else changed it last."""
        recommendation = self.recommendation("submitted")
        Version.objects.create(recommendation=recommendation, number=7, content={}, by=self.people[name])
        return recommendation

    def worked_on_by(self, name):
        """This person recorded the work with actors on the submitted recommendation."""
        recommendation = self.recommendation("submitted")
        Workshop.objects.create(recommendation=recommendation, held_on=self.today, recorded_by=self.people[name])
        return recommendation

    def grant(self, department=None, **fields):
        """Somebody without any role is proposed as head of department A."""
        made = {"person": self.people["plain"], "proposed_by": self.concerned, "cause": "appointed", **fields}
        return Grant.objects.create(department=department or self.a, valid_from=self.today, **made)

    def confirmed_sheet(self):
        return DecisionSheet.objects.create(
            department=self.a,
            year=self.today.year,
            content={},
            content_sha256=checksum({}),
            confirmed_by=self.people["head"],
        )

    def without_head(self):
        return Department.objects.create(code="FB C", name="Fachbereich ohne Leitung")

    def approve(self):
        """The head approved the recommendation, also for those who ask the database."""
        submitted = {"status": "submitted", "submitted_at": self.now, "submitted_by": self.concerned, "round": 1}
        Recommendation.objects.update(**submitted)
        decision = Decision.objects.create(
            recommendation=Recommendation.objects.get(),
            round=1,
            kind="approve",
            department=self.a,
            decided_by=self.people["head"],
            version=1,
            content={},
            content_sha256=checksum({}),
        )
        Recommendation.objects.update(status="approved", approval=decision)
        return decision

    def doubt(self):
        """The figure behind the recommendation is not what it was."""
        return Doubt.objects.create(evidence=Evidence.objects.get(), value=2)

    def forget_evidence(self):
        Evidence.objects.all().delete()

    def statement(self, status="consultation", *, position="", **fields):
        """What department A is asked to say."""
        recommendation = self.recommendation(status)
        fields = {"department": self.a, "due_on": self.today, **fields}
        if position:
            fields |= {"position": position, "signed_at": self.now}
        return Statement.objects.create(recommendation=recommendation, **fields)

    def dissent(self, status, *, mediated=False):
        """Department A disagrees."""
        statement = self.statement(status, position="disagree", remarks="Weil")
        if mediated:
            Mediation.objects.create(
                statement=statement, held_on=self.today, positions="–", outcome="–", recorded_by=self.concerned
            )
        return statement

    def actor(self):
        return Actor.objects.create(name="Träger")

    def measure(self, status="planned", recommendation_is="implementing", **fields):
        """A measure that department B carries out for the recommendation of department A."""
        recommendation = self.recommendation(recommendation_is, **fields)
        measure = Measure(recommendation=recommendation, title="Maßnahme", department=self.b, due_on=self.today)
        return changed(measure, status=status)

    def effect_review(self, *, days=0, **fields):
        """How the effect of the recommendation is looked at, and when."""
        return EffectReview.objects.create(
            recommendation=Recommendation.objects.get(), no_figure_reason="–", review_on=self.day(days), **fields
        )

    def transfer(self, status="submitted", *, round=0, **fields):
        """Department A is to give the lead to department B."""
        transfer = LeadTransfer(
            recommendation=self.recommendation(status, round=round),
            from_department=self.a,
            to_department=self.b,
            reason="–",
            proposed_by=self.concerned,
        )
        return changed(transfer, **fields)

    def transfer_saved(self):
        """A proposal to change the lead that stands in the database."""
        transfer = self.transfer(round=1)
        transfer.save()
        return transfer

    def meeting_in(self, state):
        """The meeting of body X in this state, also for those who ask the database."""
        before = list(MeetingState).index(Meeting.objects.get().state)
        way = [MeetingState.CANCELLED] if state == MeetingState.CANCELLED else list(MeetingState)[before + 1 : -1]
        for step in way[: way.index(state) + 1] if state in way else ():
            Meeting.objects.update(state=step)
        return changed(self.meeting, state=state)

    def minutes(self, state, *, meeting="held"):
        """Minutes of the meeting of body X."""
        minutes = Minutes(meeting=self.meeting_in(meeting), written_by=self.concerned, state=state)
        if state == "approved":
            minutes.approved_in, minutes.approved_at = self.item, self.now
        minutes.save()
        return minutes

    def item_in(self, state, **fields):
        """The agenda item of a meeting in this state."""
        self.meeting_in(state)
        return changed(AgendaItem.objects.get(), **fields)

    def stop(self, meeting="held", *, paper=True, item=True, body=None, **fields):
        """Body X deals with the paper of department A under an item of its meeting."""
        self.meeting_in(meeting)
        if fields.get("result"):
            fields |= {"recorded_at": self.now, "recorded_by": self.concerned}
        return Consultation.objects.create(
            paper=self.paper if paper else None,
            committee=body or self.x,
            position=1,
            role=fields.pop("role", "preliminary"),
            agenda_item=AgendaItem.objects.get() if item else None,
            **fields,
        )

    def paper_of_recommendation(self):
        """The paper as one that was made of an approved recommendation."""
        self.approve()
        Recommendation.objects.update(paper=self.paper, status="in_committee")
        return Paper.objects.get()

    def resolved(self, result, *, confirmed=False):
        """The recommendation as the body that decides finally resolved it."""
        paper = self.paper_of_recommendation()
        stop = self.stop(result=result, result_note="Anders.", role="decision", authoritative=True)
        Recommendation.objects.update(status="resolved")
        if confirmed:
            ResolutionConfirmation.objects.create(
                recommendation=paper.recommendation,
                consultation=stop,
                wording="Anders.",
                by=self.people["head"],
                by_label="head",
            )
        return Recommendation.objects.get()

    def closed_paper(self):
        Paper.objects.update(is_public=False, non_public_reason="Interessen Einzelner")
        return Paper.objects.get()

    def conflict(self, *, seat="member", item=None, paper=None, **fields):
        """A member of body X is biased."""
        return ConflictOfInterest(
            membership=self.seats[seat], agenda_item=item, paper=paper, declared_by=self.concerned, **fields
        )

    def question(self, **fields):
        return Question(agenda_item=self.item, asked_by=self.seats["member"], owner=self.concerned, **fields)

    def assignment(self, **fields):
        return Assignment(agenda_item=self.item, owner=self.concerned, **fields)

    def attachment(self):
        return Attachment(paper=self.paper, title="Datei", uploaded_by=self.concerned)

    def delivery(self, state, **fields):
        return Import(**{"file_name": "datei.csv", "layout": "flat", "state": state, **fields})

    def task(self, **fields):
        return Task(owner=self.concerned, title="Aufgabe", **fields)

    def document(self, state="ready", *, subject=None, variant="public", kind="briefing", **fields):
        """A document about the paper of department A, ordered by the one who is concerned."""
        document = Document(kind=kind, variant=variant, state=state, requested_by=self.concerned, **fields)
        document.subject = subject or self.paper
        return document

    def report(self):
        return ActivityReport.objects.create(year=2026)

    def seat_without_account(self):
        person = Person.objects.create(family_name="Rühl")
        return Membership.objects.create(committee=self.x, person=person, start_on=self.today)


def changed(thing, **fields):
    """The thing with other values, in memory only."""
    for name, value in fields.items():
        setattr(thing, name, value)
    return thing
