# SPDX-License-Identifier: EUPL-1.2
"""Kinds of documents for tests: small, with every ability that a kind can have."""

from datetime import timedelta

from core.verdicts import YES
from reports.kinds import Kind, registry, setting

TEMPLATE = "print/kinds/statements.html"


def paper_content(number):
    """The content of a small paper."""
    return {
        "municipality": "Stadt Lindenfurt",
        "unit": "Bildungsbüro",
        "language": "de",
        "variant": "public",
        "title": f"Vorlage Nummer {number}",
        "resolution": [f"Der Ausschuss beschließt Nummer {number}."],
    }


def context(content):
    """Its frame, and one sentence."""
    frame = setting.frame(content, title=content["title"], kind="Probe", head="Probe", rule="Der Ausschuss beschließt.")
    return {"frame": frame, "claim": "Eine Probe."}


def kind(code, *, build, **abilities):
    """A kind about meetings, which everybody orders who sees the meeting."""
    return Kind(
        code=code,
        label=code,
        subject="committees.Meeting",
        template=TEMPLATE,
        variants=("public", "full"),
        build=build,
        context=context,
        may_order=lambda user, subject, variant: YES,
        asks=("number", "numbers"),
        **abilities,
    )


def _numbers(meeting, options):
    """The papers of a pack: those of the options, or those that the meeting names."""
    return options.get("numbers") or [int(number) for number in meeting.location.split()]


SHEET = kind(
    "test_sheet",
    build=lambda subject, variant, options: paper_content(options.get("number", 1)),
    attachments=lambda content: [("werte.csv", "text/csv", b"Jahr;Wert\r\n2024;8,8\r\n")],
)
PASSING = kind(
    "test_passing",
    build=lambda subject, variant, options: paper_content(1),
    lifetime=lambda options: timedelta(days=7),
)
PACK = kind(
    "test_pack",
    build=lambda subject, variant, options: {
        **paper_content(0),
        "papers": [paper_content(number) for number in _numbers(subject, options)],
    },
    parts=lambda content: [("test_pack", content), *(("test_sheet", paper) for paper in content["papers"])],
)
KINDS = (SHEET, PASSING, PACK)


def add_kinds(monkeypatch):
    """Let the house know the kinds of these tests."""
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, *KINDS))
    for one in KINDS:
        monkeypatch.setitem(registry._BY_CODE, one.code, one)
