# SPDX-License-Identifier: EUPL-1.2
"""The sentences of the yearly report. Small numbers are words, one is spelled with its gender, nothing is glued."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from core.figures import number


def spelled(count: int, one: str = "") -> str:
    """Numbers to twelve as words; ``one`` is the word for one with the gender its noun asks for."""
    if count == 1:
        return one or pgettext("neuter", "one")
    words = (
        *(_("no"), "", _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine")),
        *(_("ten"), _("eleven"), _("twelve")),
    )
    return words[count] if count < len(words) else number(count)


def _f(count: int) -> str:
    return spelled(count, pgettext("feminine", "one"))


def _n(count: int) -> str:
    return spelled(count, pgettext("neuter", "one"))


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": spelled(count, pgettext("masculine", "one"))}


def committees(found: Mapping[str, Any], year: int) -> str:
    told = []
    if found["held"]:
        words = {"count": _f(found["held"]), "year": year, "bodies": _bodies(found["bodies"])}
        told.append(
            ngettext(
                "In %(year)s we prepared and followed up %(count)s meeting of %(bodies)s.",
                "In %(year)s we prepared and followed up %(count)s meetings of %(bodies)s.",
                found["held"],
            )
            % words
        )
    else:
        told.append(_("In %(year)s no meeting has been recorded yet.") % {"year": year})
    if found["papers"]:
        told.append(
            ngettext("%(count)s paper came out of it.", "%(count)s papers came out of it.", found["papers"])
            % {"count": _f(found["papers"]).capitalize()}
        )
    if found["resolved"]:
        told.append(
            ngettext(
                "%(count)s consultation has ended with a recorded result.",
                "%(count)s consultations have ended with a recorded result.",
                found["resolved"],
            )
            % {"count": _f(found["resolved"]).capitalize()}
        )
    told.append(_("The committees resolve; we prepare and record."))
    return " ".join(told)


def _bodies(count: int) -> str:
    return npgettext("genitive", "%(count)s body", "%(count)s bodies", count) % {
        "count": spelled(count, pgettext("neuter genitive", "one"))
    }


def recommendations(
    found: Mapping[str, Any], decisions: Mapping[str, Any], co_signing: Mapping[str, int], year: int
) -> str:
    told = [
        ngettext(
            "In %(year)s we had %(count)s recommendation for action in hand.",
            "In %(year)s we had %(count)s recommendations for action in hand.",
            found["in_hand"],
        )
        % {"count": _f(found["in_hand"]), "year": year}
    ]
    if found["drafted"]:
        told.append(
            ngettext("%(count)s of them was new.", "%(count)s of them were new.", found["drafted"])
            % {"count": _f(found["drafted"]).capitalize()}
        )
    if decisions["count"]:
        told.append(
            ngettext(
                "The departments took %(count)s decision and approved %(approved)s.",
                "The departments took %(count)s decisions and approved %(approved)s.",
                decisions["count"],
            )
            % {"count": _f(decisions["count"]), "approved": _f(decisions["approved"])}
        )
        if decisions["changed"]:
            told.append(
                ngettext(
                    "In %(count)s case the department changed the text, and its wording holds.",
                    "In %(count)s cases the department changed the text, and its wording holds.",
                    decisions["changed"],
                )
                % {"count": spelled(decisions["changed"], pgettext("masculine dative", "one"))}
            )
        if decisions["days"] is not None:
            told.append(
                _("From the first draft to the decision it took %(days)s in the median.")
                % {"days": _days(decisions["days"])}
            )
    if found["unnamed"]:
        told.append(
            ngettext(
                "%(count)s recommendation is still in the making and is not named in this edition.",
                "%(count)s recommendations are still in the making and are not named in this edition.",
                found["unnamed"],
            )
            % {"count": _f(found["unnamed"]).capitalize()}
        )
    told.append(_("The departments decide, each for itself; we propose."))
    return " ".join(told)


def co_signing(found: Mapping[str, int]) -> str:
    if not found["signed"]:
        return ""
    told = [
        ngettext(
            "Departments and partners signed %(count)s statement.",
            "Departments and partners signed %(count)s statements.",
            found["signed"],
        )
        % {"count": _f(found["signed"])}
    ]
    if found["dissent"]:
        told.append(
            ngettext(
                "%(count)s of them disagreed; the reason stands in the paper.",
                "%(count)s of them disagreed; the reasons stand in the papers.",
                found["dissent"],
            )
            % {"count": _f(found["dissent"]).capitalize()}
        )
    if found["mediated"]:
        told.append(
            ngettext("We mediated in %(count)s dissent.", "We mediated in %(count)s dissents.", found["mediated"])
            % {"count": spelled(found["mediated"], pgettext("masculine dative", "one"))}
        )
        if found["settled"]:
            told.append(
                ngettext("%(count)s was settled.", "%(count)s were settled.", found["settled"])
                % {"count": spelled(found["settled"], pgettext("masculine alone", "one")).capitalize()}
            )
    return " ".join(told)


def measures(found: Mapping[str, int]) -> str:
    if not found["count"]:
        return ""
    told = [
        ngettext(
            "%(count)s measure follows from the decisions; %(done)s done.",
            "%(count)s measures follow from the decisions; %(done)s done.",
            found["count"],
        )
        % {"count": _f(found["count"]).capitalize(), "done": _are(found["done"])}
    ]
    if found["red"]:
        told.append(
            ngettext("%(count)s is at risk.", "%(count)s are at risk.", found["red"])
            % {"count": _f(found["red"]).capitalize()}
        )
    return " ".join(told)


def _are(count: int) -> str:
    if count == 0:
        return _("none is")
    return ngettext("%(count)s is", "%(count)s are", count) % {"count": _f(count)}


def monitoring(found: Mapping[str, Any], year: int) -> str:
    told = []
    if found["deliveries"]:
        told.append(
            ngettext(
                "In %(year)s %(count)s delivery of official statistics was checked and taken over.",
                "In %(year)s %(count)s deliveries of official statistics were checked and taken over.",
                found["deliveries"],
            )
            % {"count": _f(found["deliveries"]), "year": year}
        )
    told.append(
        ngettext(
            "%(count)s key figure is kept up to date.", "%(count)s key figures are kept up to date.", found["figures"]
        )
        % {"count": _f(found["figures"]).capitalize()}
    )
    if found["findings"]:
        told.append(
            ngettext(
                "From these, %(count)s finding was written down.",
                "From these, %(count)s findings were written down.",
                found["findings"],
            )
            % {"count": spelled(found["findings"], pgettext("masculine", "one"))}
        )
    told.append(_("Only released values are printed; small counts are kept secret."))
    return " ".join(told)


def network(found: Mapping[str, Any], year: int) -> str:
    told = [
        ngettext(
            "We keep contact with %(count)s organisation of the education landscape.",
            "We keep contact with %(count)s organisations of the education landscape.",
            found["actors"],
        )
        % {"count": spelled(found["actors"], pgettext("feminine dative", "one"))}
    ]
    if found["sending"]:
        told.append(
            ngettext(
                "%(count)s of them sends members into committees.",
                "%(count)s of them send members into committees.",
                found["sending"],
            )
            % {"count": _f(found["sending"]).capitalize()}
        )
    if found["workshops"]:
        words = {
            "count": _n(found["workshops"]),
            "actors": ngettext("%(count)s organisation", "%(count)s organisations", found["at_work"])
            % {"count": _f(found["at_work"])},
            "year": year,
        }
        told.append(
            ngettext(
                "In %(year)s there was %(count)s working meeting on a recommendation; %(actors)s took part.",
                "In %(year)s there were %(count)s working meetings on recommendations; %(actors)s took part.",
                found["workshops"],
            )
            % words
        )
    return " ".join(told)


def services(found: Mapping[str, int], year: int) -> str:
    told = []
    if found["briefings"]:
        told.append(
            ngettext(
                "In %(year)s we made %(count)s document for committees and departments.",
                "In %(year)s we made %(count)s documents for committees and departments.",
                found["briefings"],
            )
            % {"count": _n(found["briefings"]), "year": year}
        )
    if found["downloads"]:
        told.append(
            ngettext("It was downloaded %(count)s time.", "They were downloaded %(count)s times.", found["downloads"])
            % {"count": number(found["downloads"])}
        )
    if found["asked"]:
        told.append(
            ngettext(
                "We asked for %(count)s statement, reminded of it and put the answers together.",
                "We asked for %(count)s statements, reminded of them and put the answers together.",
                found["asked"],
            )
            % {"count": _f(found["asked"])}
        )
    if found["tasks"]:
        told.append(
            ngettext("%(count)s task was completed.", "%(count)s tasks were completed.", found["tasks"])
            % {"count": _f(found["tasks"]).capitalize()}
        )
    return " ".join(told) or _("In %(year)s no service has been recorded yet.") % {"year": year}


def effects(found: Sequence[dict[str, str]]) -> str:
    if not found:
        return _("No effect has been reviewed yet. Reviews come when the measures have had their time.")
    words = ngettext(
        "The effect of %(count)s recommendation has been reviewed.",
        "The effect of %(count)s recommendations has been reviewed.",
        len(found),
    )
    reviewed = words % {"count": spelled(len(found), pgettext("feminine genitive", "one"))}
    return " ".join((reviewed, _("Shown is the development after the measure, not its cause.")))


def ahead(found: Mapping[str, int], year: int) -> str:
    pieces = []
    if found["meetings"]:
        words = ngettext("%(count)s meeting", "%(count)s meetings", found["meetings"])
        pieces.append(words % {"count": _f(found["meetings"])})
    if found["measures"]:
        words = ngettext("%(count)s measure that falls due", "%(count)s measures that fall due", found["measures"])
        pieces.append(words % {"count": _f(found["measures"])})
    if found["reviews"]:
        words = ngettext("%(count)s effect review", "%(count)s effect reviews", found["reviews"])
        pieces.append(words % {"count": _f(found["reviews"])})
    if not pieces:
        return ""
    return _("Already fixed for %(year)s: %(pieces)s.") % {"year": year + 1, "pieces": ", ".join(pieces)}
