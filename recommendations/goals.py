# SPDX-License-Identifier: EUPL-1.2
"""How far strategic goals and fields of action have come: what hangs on them and below them, added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from actors.models import FieldOfAction
from recommendations.lifecycle import RECOMMENDATION, MeasureStatus, Phase
from recommendations.models import Effect, Measure, Recommendation, StrategicGoal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from actors.querysets import FieldQuerySet
    from core.sentences import Text
    from recommendations.models.goals import StrategicGoal_recommendations
    from recommendations.querysets import RecommendationQuerySet, StrategicGoalQuerySet


@dataclass
class Node:
    """A goal or field with everything that hangs on it or below it; a recommendation counts once."""

    thing: Any
    depth: int
    recommendations: set = field(default_factory=set)
    groups: dict = field(default_factory=dict)
    measures: int = 0
    done: int = 0
    late: int = 0
    reviewed: int = 0
    improved: int = 0

    @property
    def total(self) -> int:
        return len(self.recommendations)

    @property
    def shares(self) -> list[tuple[str, Text, int]]:
        """The groups that are not empty, as ``(code, label, count)``."""
        return [(code, label, self.groups[code]) for code, label in Phase.choices if self.groups.get(code)]


class Progress:
    """What one reader may see of the recommendations, in two queries; then any number of trees adds up from it."""

    def __init__(self, user: User) -> None:
        visible = Recommendation.objects.visible_to(user)
        self.found: dict[int, list[Any]] = {
            pk: rest for pk, *rest in visible.order_by().values_list("pk", "status", "effect", "field_of_action")
        }
        late = Q(pk__in=Measure.objects.late().values("pk"))
        counted = (
            Measure.objects.visible_to(user)
            .order_by()
            .values("recommendation")
            .annotate(
                every=Count("pk"), done=Count("pk", filter=Q(status=MeasureStatus.DONE)), late=Count("pk", filter=late)
            )
        )
        self.measures = {row["recommendation"]: (row["every"], row["done"], row["late"]) for row in counted}

    def of_goals(self, user: User) -> list[Node]:
        """The tree of strategic goals."""
        goals = StrategicGoal.objects.visible_to(user).with_tree_fields()
        return self._added_up(
            goals, StrategicGoal.recommendations.through.objects.values_list("strategicgoal_id", "recommendation_id")
        )

    def of_fields(self, user: User) -> list[Node]:
        """The tree of fields of action."""
        fields = FieldOfAction.objects.visible_to(user).with_tree_fields()
        return self._added_up(fields, [(one[2], pk) for pk, one in self.found.items() if one[2]])

    def _added_up(
        self,
        things: StrategicGoalQuerySet | FieldQuerySet,
        pairs: QuerySet[StrategicGoal_recommendations, tuple[Any, ...]] | list[Any] | list[tuple[int, int]],
    ) -> list[Node]:
        nodes = {thing.pk: Node(thing, len(thing.tree_path) - 1) for thing in things}
        for pk, recommendation in pairs:
            if pk in nodes and recommendation in self.found:
                for above in nodes[pk].thing.tree_path:
                    nodes[above].recommendations.add(recommendation)
        for node in nodes.values():
            self._count(node)
        return list(nodes.values())

    def _count(self, node: Node) -> None:
        for pk in node.recommendations:
            status, effect, _field = self.found[pk]
            group = RECOMMENDATION[status].phase
            node.groups[group] = node.groups.get(group, 0) + 1
            every, done, late = self.measures.get(pk, (0, 0, 0))
            node.measures += every
            node.done += done
            node.late += late
            node.reviewed += effect in (Effect.IMPROVED, Effect.UNCHANGED, Effect.WORSE)
            node.improved += effect == Effect.IMPROVED


def in_group(recommendations: RecommendationQuerySet, group: str) -> RecommendationQuerySet:
    """Those in one group of states; all of them where the group is unknown."""
    states = RECOMMENDATION.where(phase=group)
    return recommendations.filter(status__in=states) if states else recommendations
