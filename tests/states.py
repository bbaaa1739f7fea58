# SPDX-License-Identifier: EUPL-1.2
"""In which states a thing can be when somebody asks for a verdict on it.

``STATES`` gives for each kind of thing its states by name, each a function from the ``House`` to what the verdict is
asked with. Every verdict is asked in all states of its thing; ``SPECIAL`` ones are asked where ``verdicts.txt`` names
them. A kind is called like the verdict's parameter, or like the verdict itself where that needs states of its own.
"""

from actors.models import Person
from committees.models import MeetingState
from core.models import Feedback
from indicators.models import ImportState
from recommendations.models import MeasureStatus, Status
from reports.kinds import registry
from reports.models import State

STATES = {
    "": {"always": lambda house: ()},
    "accounts.can_delegate": {
        "for any department": lambda house: (),
        "for A": lambda house: (house.a,),
        "for B": lambda house: (house.b,),
    },
    "department person": {
        "somebody without a role": lambda house: (house.a, house.concerned),
        "the coordination": lambda house: (house.a, house.people["coordination"]),
        "a closed account": lambda house: (house.a, house.people["closed member"]),
        "the head": lambda house: (house.a, house.people["head"]),
        "somebody who is proposed": lambda house: (house.grant().department, house.people["plain"]),
    },
    "grant": {
        "proposed": lambda house: (house.grant(),),
        "proposed, there is no head": lambda house: (house.grant(house.without_head()),),
        "proposed for the head of another": lambda house: (house.grant(person=house.people["other head"]),),
        "proposed for the head, of another": lambda house: (house.grant(house.b, person=house.people["head"]),),
        "confirmed": lambda house: (
            house.grant(confirmed_by=house.people["closed secretary"], confirmed_at=house.now, confirmed_as="superior"),
        ),
        "turned down": lambda house: (house.grant(ended_at=house.now, end_reason="Nein"),),
    },
    "accounts.can_confirm_sheet": {
        "A": lambda house: (house.a,),
        "A, confirmed": lambda house: (house.confirmed_sheet().department,),
    },
    "accounts.can_send_link": {
        "an open account": lambda house: (house.concerned,),
        "a closed account": lambda house: (house.people["closed member"],),
    },
    "reports.can_order_deciders": {"always": lambda house: (house.a, "full")},
    "roles": {
        "none": lambda house: (set(),),
        "coordination": lambda house: ({"coordination"},),
        "administration": lambda house: ({"administration"},),
    },
    "committee": {"X": lambda house: (house.x,)},
    "recommendation": {str(status): lambda house, status=status: (house.recommendation(status),) for status in Status},
    "statement": {
        "open": lambda house: (house.statement(),),
        "open, of an actor": lambda house: (house.statement(department=None, actor=house.actor()),),
        "open, co-signing over": lambda house: (house.statement("submitted"),),
        "given": lambda house: (house.statement(position="agree"),),
        "dissent": lambda house: (house.dissent("consultation"),),
        "dissent, submitted": lambda house: (house.dissent("submitted"),),
        "dissent, approved": lambda house: (house.dissent("approved"),),
        "dissent, mediated": lambda house: (house.dissent("submitted", mediated=True),),
    },
    "measure": {str(status): lambda house, status=status: (house.measure(status),) for status in MeasureStatus},
    "transfer": {
        "open": lambda house: (house.transfer(),),
        "released": lambda house: (house.transfer(released_at=house.now, released_by=house.people["deputy"]),),
        "accepted": lambda house: (house.transfer(accepted_at=house.now, accepted_by=house.people["other head"]),),
        "agreed": lambda house: (house.transfer(state="agreed"),),
        "refused": lambda house: (house.transfer(state="refused"),),
        "withdrawn": lambda house: (house.transfer(state="withdrawn"),),
    },
    "meeting": {str(state): lambda house, state=state: (house.meeting_in(state),) for state in MeetingState},
    "minutes": {
        "draft": lambda house: (house.minutes("draft"),),
        "submitted": lambda house: (house.minutes("submitted"),),
        "approved": lambda house: (house.minutes("approved", meeting="closed"),),
    },
    "item": {str(state): lambda house, state=state: (house.item_in(state),) for state in MeetingState},
    "item membership": {
        str(state): lambda house, state=state: (house.item_in(state), house.seats["member"]) for state in MeetingState
    },
    "conflict": {
        str(state): lambda house, state=state: (house.conflict(item=house.item_in(state)),) for state in MeetingState
    },
    "question": {
        "open": lambda house: (house.question(),),
        "answered": lambda house: (house.question(answered_at=house.now),),
    },
    "assignment": {
        "open": lambda house: (house.assignment(),),
        "done": lambda house: (house.assignment(done_at=house.now),),
        "accepted": lambda house: (house.assignment(done_at=house.now, accepted_at=house.now),),
    },
    "consultation": {str(state): lambda house, state=state: (house.stop(state),) for state in MeetingState},
    "paper": {
        "new": lambda house: (house.paper,),
        "before a body": lambda house: (house.stop() and house.paper,),
        "dealt with": lambda house: (house.stop(result="noted") and house.paper,),
    },
    "paper committee": {
        "before X": lambda house: (house.paper, house.x),
        "before Y, where the office has a mandate": lambda house: (house.paper, house.y),
        "of a recommendation, before X": lambda house: (house.paper_of_recommendation(), house.x),
    },
    "attachment": {
        str(state): lambda house, state=state: (house.stop(state) and house.attachment(),) for state in MeetingState
    },
    "delivery": {str(state): lambda house, state=state: (house.delivery(state),) for state in ImportState},
    "indicators.can_undo": {
        **{str(state): lambda house, state=state: (house.delivery(state), {"standing": ""}) for state in ImportState},
        "stored, changed by a later one": lambda house: (house.delivery("stored"), {"standing": "later"}),
    },
    "task": {
        "open": lambda house: (house.task(),),
        "done": lambda house: (house.task(done_at=house.now),),
        "answer to a question": lambda house: (house.task(kind="answer"),),
        "barrier": lambda house: (house.task(kind="barrier"),),
    },
    "barrier": {
        "reported": lambda house: (Feedback(message="Barriere"),),
        "answered": lambda house: (Feedback(message="Barriere", answered_at=house.now),),
    },
    "document": {str(state): lambda house, state=state: (house.document(state),) for state in State},
    "reports.can_order_briefing": {
        "public": lambda house: (house.stop("invited") and house.paper, "public"),
        "full": lambda house: (house.stop("invited") and house.paper, "full"),
        "full, X decides": lambda house: (house.stop("invited", role="decision") and house.paper, "full"),
        "public, of a closed paper": lambda house: (house.stop("invited") and house.closed_paper(), "public"),
        "on no agenda": lambda house: (house.stop("invited", item=False) and house.paper, "public"),
    },
    "reports.can_order_pack": {"of X": lambda house: (house.meeting, "full")},
    "reports.can_order_tracking": {"of X": lambda house: (house.x, "full")},
    "reports.can_order_sheet": {"always": lambda house: (house.key_figure, "public")},
    "reports.can_order_report": {"always": lambda house: (house.report(), "public")},
    "reports.can_order_personal_data": {
        "of a member": lambda house: (house.seats["member"].person, "full"),
        "of somebody nobody knows": lambda house: (Person(pk=0), "full"),
    },
    "reports.ordering.can_order": {
        "briefing": lambda house: (registry.get("briefing"), house.stop("invited") and house.paper, "public"),
        "pack": lambda house: (registry.get("pack"), house.meeting, "public"),
        "sheet": lambda house: (registry.get("indicator_sheet"), house.key_figure, "public"),
        "report": lambda house: (registry.get("activity_report"), house.report(), "public"),
        "personal data": lambda house: (registry.get("personal_data"), house.seats["member"].person, "full"),
    },
    "recommendation variant": {
        "full, draft": lambda house: (house.recommendation("draft"), "full"),
        "full, approved": lambda house: (house.recommendation("approved"), "full"),
        "public, draft": lambda house: (house.recommendation("draft"), "public"),
        "public, approved": lambda house: (house.recommendation("approved"), "public"),
    },
}

SPECIAL = {
    "recommendation": {
        "resolved in other words": lambda house: (house.resolved("changed"),),
        "resolved in other words, confirmed": lambda house: (house.resolved("changed", confirmed=True),),
        "draft without lead": lambda house: (house.recommendation(lead_department=None),),
        "draft without level": lambda house: (house.recommendation(responsible_level=""),),
        "draft without resolution": lambda house: (house.recommendation(proposed_resolution=" "),),
        "draft without rationale": lambda house: (house.recommendation(rationale=" "),),
        "draft without evidence": lambda house: (house.forget_evidence() or house.recommendation(),),
        "draft on a changed figure": lambda house: (house.doubt() and house.recommendation(),),
        "draft after a submission": lambda house: (house.recommendation(round=1),),
        "draft after a question": lambda house: (house.statement() and house.recommendation(),),
        "consultation, one may still answer": lambda house: (house.statement().recommendation,),
        "consultation, all have answered": lambda house: (house.statement(position="agree").recommendation,),
        "consultation, the time is over": lambda house: (house.statement(due_on=house.day(-1)).recommendation,),
        "submitted without lead": lambda house: (house.recommendation("submitted", lead_department=None),),
        "submitted without level": lambda house: (house.recommendation("submitted", responsible_level=""),),
        "submitted, written by the head": lambda house: (
            house.recommendation("submitted", author=house.people["head"]),
        ),
        "submitted, changed by the head": lambda house: (house.changed_by("head"),),
        "submitted, worked on by the deputy": lambda house: (house.worked_on_by("deputy"),),
        "submitted by the deputy": lambda house: (
            house.recommendation("submitted", submitted_by=house.people["deputy"]),
        ),
        "submitted after a question": lambda house: (house.recommendation("submitted", round=1),),
        "submitted, another lead is proposed": lambda house: (house.transfer_saved().recommendation,),
        "evaluation, answered": lambda house: (
            house.effect_review(answered_at=house.now, effect="improved", paragraph="–")
            and house.recommendation("evaluation"),
        ),
        "approved on a changed figure": lambda house: (house.doubt() and house.recommendation("approved"),),
        "partly, to be looked at tomorrow": lambda house: (
            house.effect_review(days=1) and house.recommendation("partly"),
        ),
        "implemented, to be looked at today": lambda house: (
            house.approve() and house.effect_review() and house.recommendation("implemented"),
        ),
        "implemented, to be looked at tomorrow": lambda house: (
            house.approve() and house.effect_review(days=1) and house.recommendation("implemented"),
        ),
    },
    "recommendations.can_decide": {
        "a suggestion, to approve": lambda house: (
            house.recommendation("submitted", responsible_level="state"),
            "approve",
        ),
        "a suggestion, to return": lambda house: (
            house.recommendation("submitted", responsible_level="state"),
            "return",
        ),
        "submitted, to approve": lambda house: (house.recommendation("submitted"), "approve"),
    },
    "measure": {
        "effect fixed, before the committees": lambda house: (
            house.effect_review() and house.measure(recommendation_is="in_committee"),
        ),
        "done, and the implementation has ended": lambda house: (
            house.measure("done", recommendation_is="implemented"),
        ),
        "effect fixed": lambda house: (house.effect_review() and house.measure(),),
        "effect fixed, resolved in other words": lambda house: (
            house.effect_review() and house.resolved("changed") and house.measure(recommendation_is="resolved"),
        ),
        "effect fixed anew only": lambda house: (
            house.effect_review(replaced_at=house.now, replaced_reason="–") and house.measure(),
        ),
        "approval gone": lambda house: (house.measure(recommendation_is="draft"),),
        "without lead": lambda house: (house.measure(lead_department=None),),
    },
    "transfer": {
        "proposed by the head, accepted by the head": lambda house: (
            house.transfer(proposed_by=house.people["head"], accepted_at=house.now, accepted_by=house.people["head"]),
        ),
        "proposed by the other head, released by the other head": lambda house: (
            house.transfer(
                proposed_by=house.people["other head"],
                released_at=house.now,
                released_by=house.people["other head"],
            ),
        ),
        "proposed by the head": lambda house: (house.transfer(proposed_by=house.people["head"]),),
        "implemented meanwhile": lambda house: (house.transfer("implemented"),),
    },
    "meeting": {
        "held, minutes drafted": lambda house: (house.minutes("draft").meeting,),
        "held, minutes submitted": lambda house: (house.minutes("submitted").meeting,),
        "held, minutes approved": lambda house: (house.minutes("approved").meeting,),
    },
    "item": {
        "held, minutes submitted": lambda house: (house.minutes("submitted") and house.item_in("held"),),
        "held, a heading": lambda house: (house.item_in("held", is_heading=True),),
        "held, with a paper": lambda house: (house.stop().agenda_item,),
        "held, resolved": lambda house: (house.stop(paper=False, result="noted").agenda_item,),
    },
    "item membership": {
        "invited, of the other body": lambda house: (house.item_in("invited"), house.seats["other member"]),
        "invited, without an account": lambda house: (house.item_in("invited"), house.seat_without_account()),
        "held, resolved": lambda house: (house.stop(result="noted").agenda_item, house.seats["member"]),
        "held, on the agenda": lambda house: (house.stop().agenda_item, house.seats["member"]),
    },
    "conflict": {
        "withdrawn": lambda house: (house.conflict(item=house.item, withdrawn_at=house.now),),
        "on a paper": lambda house: (house.stop() and house.conflict(paper=house.paper),),
        "on a paper X has dealt with": lambda house: (
            house.stop(result="noted") and house.conflict(paper=house.paper),
        ),
        "on a paper Y has dealt with": lambda house: (
            house.stop(result="noted", body=house.y) and house.conflict(paper=house.paper),
        ),
        "held, resolved": lambda house: (house.conflict(item=house.stop(result="noted").agenda_item),),
    },
    "consultation": {
        "without an item": lambda house: (house.stop(item=False),),
        "held, resolved": lambda house: (house.stop(result="noted"),),
        "closed, resolved": lambda house: (house.stop("closed", result="noted"),),
        "resolved, without an item": lambda house: (house.stop(item=False, result="noted"),),
        "held, resolved, minutes submitted": lambda house: (house.minutes("submitted") and house.stop(result="noted"),),
        "held, resolved, minutes approved": lambda house: (house.minutes("approved") and house.stop(result="noted"),),
    },
    "paper": {
        "withheld from the member": lambda house: (
            house.stop("invited") and (house.conflict(paper=house.paper).save() or house.paper),
        ),
        "invited": lambda house: (house.stop("invited") and house.paper,),
        "of a recommendation": lambda house: (house.paper_of_recommendation(),),
    },
    "delivery": {
        "preview of an own table": lambda house: (house.delivery("preview", layout="own-table"),),
        "stored, of an own table": lambda house: (house.delivery("stored", layout="own-table"),),
    },
    "document": {
        "ready, withdrawn": lambda house: (house.document(withdrawn_at=house.now),),
        "about a meeting of X": lambda house: (house.document(subject=house.meeting, kind="pack"),),
        "about X": lambda house: (house.document(subject=house.x, kind="tracking"),),
    },
}
