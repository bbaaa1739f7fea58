# SPDX-License-Identifier: EUPL-1.2
"""People of every role and objects of every kind and state, for checks of rights from outside. Nothing of it is real.

Every text that somebody may be kept from bears a canary of its own, ``KANARIE-<kind>-<id>``.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.flows import confirm_grant, delegate, list_candidate, propose_grant, sync_roles
from accounts.incompatible import INCOMPATIBLE
from accounts.models import Cause, Department, Grant, User
from accounts.roles import MONITORING, appoint, holds
from actors.models import Actor, FieldOfAction, Person
from committees import flows as committees
from committees.models import (
    AgendaItem,
    Annex,
    Assignment,
    Attachment,
    Committee,
    ConflictOfInterest,
    Consultation,
    ImportRun,
    LegislativeTerm,
    Meeting,
    MeetingState,
    Membership,
    Minutes,
    Paper,
    Question,
    RunState,
    Source,
)
from core.documents import intake
from core.models import Feedback
from demo import secret_figures
from indicators import flows as indicators
from indicators.models import Finding, Indicator, KeyFigure, Table
from indicators.series import snapshot
from recommendations import flows as recommendations
from recommendations.models import (
    ChecklistItem,
    EffectReview,
    FormerPlan,
    LeadTransfer,
    Measure,
    Mediation,
    Recommendation,
    SavedFilter,
    Statement,
    Status,
    StrategicGoal,
    Workshop,
)
from reports import flows as reports
from reports import passage_flows
from reports.models import Document, Variant
from tasks import flows as tasks
from tasks.models import Task
from tasks.querysets import barriers_visible_to

if TYPE_CHECKING:
    from django.db.models import Model

TABLE = "99999-01-01-4"
REGION = "99001"
ROLES = (
    "clerk_a",
    "clerk_b",
    "head_a",
    "head_b",
    "deputy_a",
    "member",
    "former_member",
    "secretary",
    "monitoring",
    "administrator",
    "data_protection",
    "deactivated",
    "plain",
    "coordination",
)

# How a recommendation comes to a state: the steps after its draft.
LEADS_TO = {
    Status.DRAFT: (),
    Status.CO_CREATION: ("co_create",),
    Status.CONSULTATION: ("consult",),
    Status.SUBMITTED: ("consult_past", "submit"),
    Status.RETURNED: ("submit", "return"),
    Status.DEFERRED: ("submit", "defer"),
    Status.REJECTED: ("submit", "reject"),
    Status.WITHDRAWN: ("withdraw",),
    Status.APPROVED: ("submit", "approve"),
    Status.IN_COMMITTEE: ("submit", "changed", "paper"),
    Status.RESOLVED: ("submit", "approve", "paper", "result"),
    Status.IMPLEMENTING: ("submit", "approve", "measure", "begin"),
    Status.IMPLEMENTED: ("submit", "approve", "measure", "begin", "done", "conclude"),
    Status.PARTLY: ("submit", "approve", "measure", "begin", "done", "measure", "conclude"),
    Status.STOPPED: ("submit", "approve", "measure", "begin", "conclude"),
    Status.EVALUATION: ("submit", "approve", "measure", "begin", "done", "conclude", "evaluate"),
    Status.CLOSED: ("submit", "approve", "measure", "begin", "done", "conclude", "evaluate", "review", "close"),
}


def canary(kind: str, pk: int) -> str:
    return f"KANARIE-{kind}-{pk}"


@transaction.atomic
def build() -> dict[str, Any]:
    """Build the matrix and describe it as plain data: users with log-ins, objects, and what each user may see."""
    return Matrix().build()


class Matrix:
    """The people and things while they are built; tests ask it for them by name."""

    def __init__(self) -> None:
        self.tag = secrets.token_hex(3)  # a second matrix stands beside the first
        self.password = secrets.token_urlsafe(12)
        self.today = timezone.localdate()
        self.users, self.objects = {}, []

    def build(self) -> dict[str, Any]:
        self.departments()
        self.people()
        self.bodies()
        self.figures()
        self.goal = StrategicGoal.objects.create(name="Ziel")
        self.mark(self.goal, "name", kind="goal")
        field = FieldOfAction.objects.create(name=f"Handlungsfeld {self.tag}")
        self.mark(field, "name", kind="field_of_action")
        for department, head in ((self.a, "head_a"), (self.b, "head_b")):
            for status in Status:
                self.recommendation(department, self.users[head], status)
        self.transfer()
        self.papers()
        self.sessions()
        self.council_system()
        for role, user in self.users.items():
            if user.is_active:
                task = tasks.add(owner=user, title="Aufgabe")
                self.mark(task, "title", owner=role)
        report = Feedback.objects.create(message="Barriere", sender=self.office)
        self.mark(report, "message", kind="barrier")
        passage_flows.begin(self.today.year, by=self.office)
        return self.description()

    def departments(self) -> None:
        self.a = Department.objects.create(code=f"FA {self.tag}", name="Fachbereich A")
        self.b = Department.objects.create(code=f"FB {self.tag}", name="Fachbereich B")
        self.c = Department.objects.create(code=f"FC {self.tag}", name="Fachbereich ohne Leitung")
        self.x = Committee.objects.create(code=f"X{self.tag}", name=f"Ausschuss X {self.tag}")
        self.y = Committee.objects.create(code=f"Y{self.tag}", name=f"Ausschuss Y {self.tag}")
        sync_roles()

    def people(self) -> None:
        for role in ROLES:
            user = User.objects.create_user(f"{role}.{self.tag}@matrix.example", f"{role} {self.tag}", self.password)
            self.users[role] = user
        for role, code, scope in (
            ("clerk_a", "staff", self.a),
            ("clerk_b", "staff", self.b),
            ("secretary", "secretaries", self.x),
            ("monitoring", "monitoring", None),
            ("administrator", "administration", None),
            ("data_protection", "data-protection", None),
            ("coordination", "coordination", None),
        ):
            appoint(self.users[role], code, scope)
        self.heads()
        self.deputies()
        self.users["deactivated"].is_active = False
        self.users["deactivated"].save(update_fields=["is_active"])
        self.office = self.users["coordination"]

    def heads(self) -> None:
        """Two heads, a second one of A since switched off, and a proposal for A that waits. C has no head."""
        for role, department, confirms in (
            ("head_a", self.a, "data_protection"),
            ("head_b", self.b, "data_protection"),
            ("deactivated", self.a, "head_a"),
        ):
            grant = self.propose(role, department)
            grant = confirm_grant(grant, by=self.users[confirms])
            self.note("grant", grant, department=department.code, person=role, state="confirmed")
        grant = self.propose("plain", self.a)
        self.note("grant", grant, department=self.a.code, person="plain", state="open")

    def deputies(self) -> None:
        """The first deputy of A stands in today, from the head's list; the second, from the department, next month."""
        head = self.users["head_a"]
        list_candidate(self.a, by=head, person=self.users["deputy_a"])
        self.delegations = [
            delegate(
                self.a,
                by=head,
                deputy=self.users[role],
                position=position,
                valid_from=self.today + timedelta(days=start),
                valid_until=self.today + timedelta(days=end),
            )
            for position, (role, start, end) in enumerate((("deputy_a", -7, 7), ("clerk_a", 30, 40)), start=1)
        ]

    def propose(self, role: str, department: Department) -> Grant:
        return propose_grant(
            department,
            by=self.users["administrator"],
            person=self.users[role],
            cause=Cause.APPOINTED,
            valid_from=self.today,
            reference="Matrix",
        )

    def bodies(self) -> None:
        for role, end in (("member", None), ("former_member", self.today - timedelta(days=1))):
            person = Person.objects.create(family_name=role, user=self.users[role])
            Membership.objects.create(
                committee=self.x, person=person, start_on=self.today - timedelta(days=400), end_on=end
            )
        self.actor = Actor.objects.create(name=f"Träger {self.tag}")
        self.mark(self.actor, "note")
        self.person = Person.objects.create(family_name=f"Kontakt {self.tag}")
        self.mark(self.person, "phone")
        self.meetings = {}
        for offset, committee in enumerate((self.x, self.y)):
            for index, state in enumerate(MeetingState):
                days = 20 + index if state in (MeetingState.PLANNED, MeetingState.INVITED) else -20 - index
                meeting = Meeting.objects.create(
                    committee=committee, start=timezone.now() + timedelta(days=days, hours=offset), state=state
                )
                self.meetings[committee.pk, state] = meeting
                self.mark(meeting, "location", state=state)

    def figures(self) -> None:
        rows = "".join(
            f"99999;Matrix;JAHR;Jahr;2024;KREISE;Kreise;{REGION};Stadt;{value};Anzahl;{code};{code}\r\n"
            for value, code in ((91, "MAT001"), (1038, "MAT000"))
        )
        head = (
            "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
            "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;"
            "value_variable_label\r\n"
        )
        indicators.import_file(("\ufeff" + head + rows).encode(), f"{TABLE}_matrix.csv")
        indicator, _created = Indicator.objects.get_or_create(name="Matrix", defaults={"topic": "Matrix"})
        self.figure = KeyFigure.objects.create(
            code=f"M{self.tag}",
            name="Anteil der Matrix",
            indicator=indicator,
            definition="je 100",
            table=Table.objects.get(code=TABLE),
            numerator={"measure": "MAT001"},
            denominator={"measure": "MAT000"},
            unit="%",
            period_label="Jahr",
            source_label="Matrix",
        )

        self.protected, secret = secret_figures.build(self.tag, by=self.users["monitoring"])
        self.objects += secret

    def recommendation(self, department: Department, head: User, status: Status) -> None:
        one = recommendations.create(
            by=self.office,
            pin=snapshot(self.figure, region_key=REGION),
            title=f"Empfehlung {status}",
            lead_department=department,
            responsible_level="municipality",
            proposed_resolution="Die Stadt handelt.",
        )
        if status in (Status.SUBMITTED, Status.IN_COMMITTEE, Status.EVALUATION):
            for figure in self.protected:
                recommendations.pin_evidence(one, by=self.office, snapshot=snapshot(figure, region_key=REGION))
        recommendations.edit(one, by=self.office, rationale=canary("recommendation", one.pk))
        recommendations.assign_goals(one, by=self.office, goals=[self.goal])
        self.note("recommendation", one, state=str(status), department=department.code)
        for finding in Finding.objects.filter(evidence__recommendation=one):
            self.mark(finding, "text")
        for step in LEADS_TO[status]:
            self.step(one, head, step)
        one.refresh_from_db()
        if one.status != status:
            raise RuntimeError(f"{one.label} is {one.status}, not {status}")

    def step(self, one: Recommendation, head: User, step: str) -> None:
        office = self.office
        others = self.b if one.lead_department_id == self.a.pk else self.a
        if step == "co_create":
            workshop = recommendations.co_create(
                one, by=office, held_on=self.today, actors=[self.actor], outcome="Ergebnis"
            )
            self.mark(workshop, "outcome")
        elif step in ("consult", "consult_past"):
            day = self.today + timedelta(days=5)
            recommendations.start_consultation(
                one, by=office, due_on=day, departments=[others], actors=[self.actor] if step == "consult" else []
            )
            statement = one.statements.filter(department=others).get()
            self.answer(statement)
        elif step == "submit":
            recommendations.submit(one, by=office)
        elif step in ("approve", "changed", "return", "reject", "defer"):
            recommendations.decide(
                one,
                by=head,
                kind=step,
                reason=canary("decision", one.pk),
                changed_resolution="Die Stadt handelt anders." if step == "changed" else "",
                deferred_until=self.today + timedelta(days=30) if step == "defer" else None,
            )
        elif step == "withdraw":
            recommendations.withdraw(one, by=office, reason="Matrix")
        elif step == "paper":
            paper = recommendations.make_paper(one, by=office, paper_type="decision")
            self.note("paper", paper, is_public=True)
        elif step == "result":
            self.result(one)
        elif step == "measure":
            self.measure(one, head)
        elif step in ("begin", "done"):
            measure = one.measures.latest("pk")
            recommendations.report_measure(measure, by=head, status="running" if step == "begin" else "done")
        elif step == "conclude":
            left = {measure.pk: "Matrix" for measure in one.measures.unfinished()}
            recommendations.conclude(one, by=head, reasons=left, partly=True, note="Matrix")
        elif step == "review":
            recommendations.review_effect(one, by=head, effect="improved", note="Matrix")
        else:
            {"evaluate": recommendations.evaluate, "close": recommendations.close}[step](one, by=office)

    def result(self, one: Recommendation) -> None:
        """Committee Y, where nobody sits, resolved finally on the paper."""
        one.refresh_from_db()
        held = self.meetings[self.y.pk, MeetingState.HELD]
        position = 1 + held.agenda_items.count()
        item = AgendaItem.objects.create(meeting=held, position=position, number=str(position), title="Punkt")
        stop = Consultation.objects.create(
            paper=one.paper,
            position=1,
            committee=self.y,
            role="decision",
            authoritative=True,
            agenda_item=item,
            result="unchanged",
            recorded_by=self.office,
            recorded_at=timezone.now(),
        )
        recommendations.follow_result(stop, by=self.office)

    def measure(self, one: Recommendation, head: User) -> None:
        """A measure with a step and a former plan, and the effect review without which it could not start."""
        measure = recommendations.plan_measure(
            one, by=head, title="Maßnahme", department=one.lead_department, due_on=self.today, steps=["Schritt"]
        )
        later = self.today + timedelta(days=30)
        recommendations.replan_measure(measure, by=head, due_on=later, reason="Lieferung fehlt")
        measure.refresh_from_db()
        self.mark(measure, "title")
        self.mark(measure.checklist.get(), "text", kind="checklist_item")
        self.mark(measure.former_plans.get(), "reason", kind="former_plan")
        if not one.effect_reviews.exists():
            review = recommendations.plan_effect(
                one, by=head, review_on=self.today + timedelta(days=300), no_figure_reason="Keine Kennzahl"
            )
            self.mark(review, "no_figure_reason", kind="effect_review")

    def answer(self, statement: Statement) -> None:
        signer = self.users["head_b" if statement.department_id == self.b.pk else "head_a"]
        recommendations.sign(statement, by=signer, position="disagree", remarks=canary("statement", statement.pk))
        self.note("statement", statement)
        outcome = canary("mediation", statement.pk)  # said at once: what was said is never changed
        mediation = recommendations.mediate(
            statement, by=self.office, held_on=self.today, positions="Positionen", outcome=outcome
        )
        self.note("mediation", mediation, word=outcome)

    def transfer(self) -> None:
        """An open change of the lead, from department B to department A; and a filter that is the office's own."""
        one = Recommendation.objects.get(lead_department=self.b, status=Status.DEFERRED)
        reason = canary("lead_transfer", one.pk)
        transfer = recommendations.propose_transfer(one, by=self.office, to_department=self.a, reason=reason)
        self.note("lead_transfer", transfer, word=reason)
        kept = SavedFilter.objects.create(owner=self.office, name="Filter")
        self.mark(kept, "name", kind="saved_filter")

    def papers(self) -> None:
        secretary = self.users["secretary"]
        for committee, department in ((self.x, self.a), (self.y, self.b)):
            for is_public in (True, False):
                reason = "" if is_public else "berechtigte Interessen Einzelner"
                paper = committees.create_paper(
                    by=self.office,
                    title=f"Vorlage {'öffentlich' if is_public else 'nichtöffentlich'}",
                    paper_type="decision",
                    lead_department=department,
                    proposed_resolution="Beschluss",
                    is_public=is_public,
                    non_public_reason=reason,
                )
                self.mark(paper, "proposed_resolution", is_public=is_public)
                meeting = self.meetings[committee.pk, MeetingState.INVITED]
                by = secretary if committee == self.x else self.users["head_b"]
                item = committees.put_on_agenda(
                    meeting,
                    paper,
                    by=by,
                    number=str(1 + meeting.agenda_items.count()),
                    is_public=is_public,
                    non_public_reason=reason,
                    urgent_reason="Frist",
                    urgent_requested_by="Verwaltung",
                )
                self.mark(item, "title", kind="agenda_item", is_public=is_public)
                stop = committees.schedule(paper, by=by, committee=committee, role="decision", agenda_item=item)
                self.note("consultation", stop)
                for annex_is_public in (True, False):
                    annex = committees.add_annex(
                        paper,
                        by=self.office,
                        title="Anlage",
                        body="Anlage",
                        is_public=annex_is_public,
                        non_public_reason="" if annex_is_public else "berechtigte Interessen Einzelner",
                    )
                    self.mark(annex, "body", is_public=annex_is_public)
                for file_is_public in (True, False):
                    document = intake.Document("txt", "text/plain; charset=utf-8", b"Datei", b"Datei", ())
                    attachment = committees.attach(
                        paper,
                        by=self.office,
                        document=document,
                        title="Datei",
                        is_public=file_is_public,
                        non_public_reason="" if file_is_public else "berechtigte Interessen Einzelner",
                    )
                    self.mark(attachment, "title", is_public=file_is_public)
                for variant in Variant if is_public else (Variant.FULL,):
                    briefing = reports.order_briefing(paper, by=self.office, variant=variant)
                    self.note("briefing", briefing, variant=str(variant))

    def sessions(self) -> None:
        """What committee X leaves behind after a meeting, and a declaration of bias before the next."""
        secretary = self.users["secretary"]
        member = Membership.objects.get(committee=self.x, person__user=self.users["member"])
        held = self.meetings[self.x.pk, MeetingState.HELD]
        item = AgendaItem.objects.create(meeting=held, position=1, number="1", title="Punkt")
        question = committees.raise_question(item, by=secretary, asked_by=member, text="Frage", owner=self.office)
        self.mark(question, "text")
        self.mark(committees.give_assignment(item, by=secretary, text="Auftrag", owner=self.office), "text")
        minutes = committees.submit_minutes(committees.begin_minutes(held, by=secretary), by=secretary)
        self.mark(minutes, "general")
        self.note("template", committees.save_template(held, by=secretary, name="Vorlage der Matrix"))
        invited = self.meetings[self.x.pk, MeetingState.INVITED]
        coming = AgendaItem.objects.create(meeting=invited, position=90, number="90", title="Punkt")
        conflict = committees.declare_conflict(coming, by=secretary, membership=member)
        self.mark(conflict, "reason", kind="conflict")
        self.note("term", LegislativeTerm.objects.create(name=f"Wahlperiode {self.tag}", start_on=self.today))

    def council_system(self) -> None:
        """A council information system with an import that waits to be checked."""
        source = Source.objects.create(name=f"RIS {self.tag}", prefix=self.tag.upper(), lead_department=self.a)
        ImportRun.objects.create(source=source, state=RunState.READY, ordered_by=self.office)

    def mark(self, thing: Model, field: str, *, kind: str = "", **about: Any) -> None:
        """Put the canary into a text of the thing, and note the thing."""
        kind = kind or thing._meta.model_name  # type: ignore[assignment]
        setattr(thing, field, canary(kind, thing.pk))
        thing.save(update_fields=[field])
        self.note(kind, thing, **about)

    def note(self, kind: str, thing: Model, word: str = "", **about: Any) -> None:
        self.objects.append({"kind": kind, "id": thing.pk, "canary": word or canary(kind, thing.pk), **about})

    def description(self) -> dict[str, Any]:
        return {
            "tag": self.tag,
            "password": self.password,
            "departments": {"a": self.a.pk, "b": self.b.pk, "c": self.c.pk},
            "committees": {"x": self.x.pk, "y": self.y.pk},
            "key_figure": self.figure.pk,
            "delegation": self.delegations[0].pk,
            "delegations": [one.pk for one in self.delegations],
            "incompatible": [
                {"role": pair.role, "standing": pair.standing, "reason": str(pair.reason)} for pair in INCOMPATIBLE
            ],
            "users": [
                {
                    "role": role,
                    "id": user.pk,
                    "login": user.email,
                    "password": self.password,
                    "active": user.is_active,
                    "sees": self.seen_by(User.objects.get(pk=user.pk)),
                }
                for role, user in self.users.items()
            ],
            "objects": self.objects,
        }

    def seen_by(self, user: User) -> dict[str, list[int]]:
        """The ids of this matrix that a user may see, per kind, from the querysets that every page uses."""
        seen = {
            "grant": Grant.objects.visible_to(user),
            "recommendation": Recommendation.objects.visible_to(user),
            "workshop": Workshop.objects.filter(
                recommendation__in=Recommendation.objects.visible_to(user).values("pk")
            ),
            "statement": Statement.objects.visible_to(user),
            "mediation": Mediation.objects.filter(statement__in=Statement.objects.visible_to(user).values("pk")),
            "measure": Measure.objects.visible_to(user),
            "lead_transfer": LeadTransfer.objects.visible_to(user),
            "checklist_item": ChecklistItem.objects.filter(measure__in=Measure.objects.visible_to(user).values("pk")),
            "former_plan": FormerPlan.objects.filter(measure__in=Measure.objects.visible_to(user).values("pk")),
            "effect_review": EffectReview.objects.visible_to(user),
            "field_of_action": FieldOfAction.objects.visible_to(user),
            "goal": StrategicGoal.objects.visible_to(user),
            "saved_filter": SavedFilter.objects.of(user),
            "meeting": Meeting.objects.visible_to(user),
            "agenda_item": AgendaItem.objects.visible_to(user),
            "consultation": Consultation.objects.visible_to(user),
            "paper": Paper.objects.visible_to(user),
            "annex": Annex.objects.filter(paper__in=Paper.objects.visible_to(user).values("pk"), is_public=True)
            | Annex.objects.filter(paper__in=Paper.objects.fully_visible_to(user).values("pk")),
            "attachment": Attachment.objects.visible_to(user),
            "briefing": Document.objects.visible_to(user),
            "finding": Finding.objects.visible_to(user),
            "actor": Actor.objects.visible_to(user),
            "person": Person.objects.visible_to(user),
            "task": Task.objects.visible_to(user),
            "barrier": barriers_visible_to(user),
            "question": Question.objects.visible_to(user),
            "assignment": Assignment.objects.visible_to(user),
            "minutes": Minutes.objects.visible_to(user),
            "conflict": ConflictOfInterest.objects.visible_to(user),
        }
        made = {kind: {one["id"] for one in self.objects if one["kind"] == kind} for kind in [*seen, "exact_value"]}
        found = {kind: sorted(made[kind] & set(rows.values_list("pk", flat=True))) for kind, rows in seen.items()}
        found["exact_value"] = sorted(made["exact_value"]) if holds(user, MONITORING) and user.is_active else []
        return found
