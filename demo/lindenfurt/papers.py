# SPDX-License-Identifier: EUPL-1.2
"""Half a year of meetings, files and a supplement of R1, and a paper that waits for its meetings."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pikepdf
from django.conf import settings
from django.utils import timezone
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name

from committees import flows as committees
from committees.models import Committee, ConsultationRole, Meeting, PaperType
from core import clock
from core.documents import intake

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Paper
    from demo.lindenfurt.town import _Town

# Days before a meeting: co-signing ends, data are fixed.
PERIODS = {"RAT": (28, 35), "ASB": (28, 35), "JHA": (28, 35), "ASI": (28, 35), "HFA": (28, 35)}

# code, days from today, hour, place
LATER_MEETINGS = [
    *(("JHA", day, 17, "Rathaus, Ratssaal") for day in (60, 102, 151)),
    *(("ASB", day, 17, "Rathaus, Raum 112") for day in (69, 111, 160)),
    *(("ASI", day, 17, "Rathaus, Raum 112") for day in (84, 140)),
    *(("HFA", day, 16, "Rathaus, Raum 201") for day in (91, 147)),
    *(("RAT", day, 16, "Rathaus, Ratssaal") for day in (98, 154)),
    *(("LKB", day, 10, "Rathaus, Raum 305") for day in (75, 138)),
    *(("AG1", day, 14, "Rathaus, Raum 305") for day in (65, 121)),
    *(("AG2", day, 14, "Jobcenter, Raum 2") for day in (71, 127)),
    *(("AG3", day, 14, "Rathaus, Raum 305") for day in (77, 133)),
]

SELECTION = [
    "Auswahl der sechs Kitas",
    "Anlage zur Vorlage, Demodaten – frei erfunden",
    "",
    "Gewählt hat die AG Frühe Bildung und Sprache nach zwei Merkmalen:",
    "dem Anteil der Kinder mit Sprachförderbedarf und der Zahl der Kinder.",
    "",
    "Nordhang: Kita Hangstraße, Kita Linde Nord, Kita Sternwiese",
    "Hafenviertel: Kita am Kai, Kita Speicherplatz, Kita Linde Hafen",
    "",
    "Je Kita eine halbe Fachkraftstelle, befristet auf drei Jahre.",
]


def add(town: _Town) -> None:
    """Add to the town what papers and planner show; the story of R1 stays as it is."""
    for code, (cosigning, cutoff) in PERIODS.items():
        Committee.objects.filter(code=code).update(cosigning_days=cosigning, data_cutoff_days=cutoff)
    for code, offset, hour, place in LATER_MEETINGS:
        day = town.day(offset)
        day += timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)  # no committee meets at weekends
        start = timezone.make_aware(datetime.combine(day, time(hour)))
        Meeting.objects.create(committee=Committee.objects.get(code=code), start=start, location=place)
    now = timezone.now()
    with clock.story(now - timedelta(days=2), now - timedelta(hours=1)):
        _language_support(town)
        _rooms(town)


def _language_support(town: _Town) -> None:
    stop = Committee.objects.get(code="JHA").consultations.get(paper__recommendation__title__startswith="Sprach")
    paper = stop.paper
    head = town.user("tarek.haddad")
    _attach(paper, head, "Auswahl der sechs Kitas", "auswahl.pdf", small_pdf(SELECTION))
    annex = paper.annexes.get()
    _attach(
        paper,
        head,
        "Berechnung der Personalkosten",
        "personalkosten.xlsx",
        _costs(),
        annex=annex,
        is_public=False,
        non_public_reason=annex.non_public_reason,
    )
    committees.edit_paper(
        paper,
        by=head,
        non_public_text="Die Aufteilung auf die Träger (Anlage 1) bleibt bis zur Bewilligung vertraulich.",
    )
    supplement = committees.supplement_paper(
        paper,
        by=head,
        title="Antworten auf die Fragen des Stadtelternrats",
        proposed_resolution="Der Jugendhilfeausschuss nimmt die Antworten zur Kenntnis.",
    )
    # the supplement is dealt with under the same item as its paper
    committees.schedule(
        supplement,
        by=head,
        committee=stop.committee,
        role=ConsultationRole.INFORMATION,
        agenda_item=stop.agenda_item,
    )


def _rooms(town: _Town) -> None:
    """A paper of FB 40: both bodies stand fixed, their meetings do not."""
    head = town.user("petra.wellmann")
    paper = committees.create_paper(
        by=head,
        title="Raumprogramm für den Ganztag an vier Grundschulen",
        paper_type=PaperType.DECISION,
        lead_department=town.department("FB 40"),
        proposed_resolution="Das Raumprogramm für vier Grundschulen wird beschlossen.\n"
        "FB 40 legt die Kosten je Schule bis zum Haushalt vor.",
        file_reference="40.11-02",
        date=town.today,
    )
    for code, role, text in (
        (
            "ASB",
            ConsultationRole.PRELIMINARY,
            "Der Ausschuss für Schule und Bildung empfiehlt dem Stadtrat, so zu beschließen.",
        ),
        ("RAT", ConsultationRole.DECISION, "Der Stadtrat beschließt:"),
    ):
        committees.schedule(paper, by=head, committee=Committee.objects.get(code=code), role=role, resolution_text=text)


def _attach(paper: Paper, by: User, title: str, name: str, content: bytes, **fields: Any) -> None:
    document = intake.examine(io.BytesIO(content), name=name, title=title, limit=settings.ATTACHMENT_MAX_BYTES)
    committees.attach(paper, by=by, document=document, title=title, **fields)


def small_pdf(lines: Iterable[str]) -> bytes:
    """One page of text as a tagged PDF: a heading and paragraphs."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
    marks, kids, height = [], [], 770
    for line in lines:
        size = 11 if kids else 18
        if line:
            tag = "P" if kids else "H1"
            text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            begin = f"/{tag} <</MCID {len(kids)}>> BDC BT /F1 {size} Tf 56 {height} Td (".encode()
            marks.append(begin + text + b") Tj ET EMC")
            kid = Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=root, Pg=page.obj, K=len(kids))
            kids.append(document.make_indirect(kid))
        height -= 2 * size if size > 11 else 18
    page.Contents = document.make_stream(b"\n".join(marks))
    page.StructParents = 0
    root.K = Array(kids)
    root.ParentTree = document.make_indirect(Dictionary(Nums=Array([0, document.make_indirect(Array(kids))])))
    document.Root.StructTreeRoot = root
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.Lang = "de-DE"
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _costs() -> bytes:
    workbook = Workbook()
    page = workbook.active
    page.title = "Personalkosten"
    page.append(["Träger", "Stellen", "Euro im Jahr"])
    for row in (
        ("Kita-Verbund Linde gGmbH", 1.0, 61200),
        ("Caritas-/Diakonie-Arbeitsgemeinschaft", 0.5, 30400),
        ("Städtische Kitas, Nordhang", 0.5, 29200),
        ("Städtische Kitas, Hafenviertel", 1.0, 59200),
    ):
        page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
