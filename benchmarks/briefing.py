# SPDX-License-Identifier: EUPL-1.2
"""What a PDF costs, one run, side by side.

``python -m benchmarks.briefing``: sets the standard briefing on a SQLite of its own. That is the full edition of the
demo town's first paper: three pages, seven tables, 139 cells, a chart, a code to scan.

1. order-to-file of a warm worker against WeasyPrint called directly with the same HTML (at most 1.2)
2. a pack of 40 papers on two processes against one after the other (at least 1.7), 200 papers against 40 (at most
   linear), the highest memory of any process (under 600 MB), and asking again for the unchanged pack (under 2 %)
3. the standard briefing against Chromium kept open that loads and prints the same HTML: in a tab of its own for each
   document, as a service must that sets other people's texts (at most 1.0), and in one tab used again, for the record;
   beside it typst with the same text

Prints one JSON object. Ratios are of medians; trust them more than the times.
"""

import json
import logging
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9


def settle(folder):
    """Settings of a house of its own."""
    os.environ.update(
        READ_DOT_ENV="0",
        SECRET_KEY="benchmark-" * 6,
        HTTPS="0",
        DEMO="1",
        VAR_DIR=folder,
        LOG_LEVEL="ERROR",
        MUNICIPALITY_NAME="Stadt Lindenfurt",
        MUNICIPALITY_KEY="99001",
        DJANGO_SETTINGS_MODULE="bildungsbuero.settings",
    )
    import django

    django.setup()


def house():
    """The demo town; gives the coordination, a paper and a meeting."""
    from django.core.management import call_command

    from accounts.models import User
    from committees.models import Meeting
    from reports.models import Document

    call_command("migrate", verbosity=0)
    call_command("sync_roles")
    call_command("seed_demo")
    office = User.objects.get(email="mareike.thoelke@lindenfurt.example")
    paper = Document.objects.filter(kind="briefing").earliest("pk").subject
    return office, paper, Meeting.objects.earliest("pk")


def timed(work, rounds=ROUNDS):
    """Milliseconds, each round."""
    took = []
    for number in range(rounds):
        begun = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def median(took):
    return round(statistics.median(took), 1)


def bare_once(html, attached):
    """Milliseconds that WeasyPrint takes in a process of its own that knows nothing of the house."""
    from press.program import press

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # as everywhere here: its warnings cost time
    press()
    begun = time.perf_counter()
    press().set(html, attached, "2026-01-02")
    return (time.perf_counter() - begun) * 1000


def single(office, paper):
    """Order-to-file and bare WeasyPrint in turns, so that a busy machine strikes both alike."""
    from committees.models import Paper
    from reports import flows, making
    from reports.models import Document

    ordered, bare = [], []
    aside = multiprocessing.get_context("spawn").Pool(1)  # no Django beside it, and warm as well
    for number in range(ROUNDS + 1):
        Paper.objects.filter(pk=paper.pk).update(file_reference=f"Az. {number}")
        begun = time.perf_counter()
        made = flows.order_briefing(paper, by=office, variant="full")
        making.make_document(made.pk)
        took = (time.perf_counter() - begun) * 1000
        made = Document.objects.get(pk=made.pk)
        assert made.state == "ready", made.error
        html = making.html_of(made)
        again = aside.apply(bare_once, (html, [(name, body) for name, _type, body in attachments(made)]))
        if number:
            ordered.append(took)
            bare.append(again)
    aside.terminate()
    return {
        "pages": made.pages,
        "order_to_file_ms": median(ordered),
        "bare_weasyprint_ms": median(bare),
        "ratio": round(statistics.median(ordered) / statistics.median(bare), 2),
        "asked": "<= 1.2",
    }


def attachments(made):
    from reports.kinds import registry

    return registry.get(made.kind).attachments(made.content)


def contents(paper, count):
    """So many different papers."""
    from reports.kinds import registry

    base = registry.get("briefing").build(paper, "public", {})
    found = []
    for number in range(count):
        one = json.loads(json.dumps(base))
        one["paper"]["title"] = f"Vorlage {number}: {one['paper']['title']}"
        found.append(one)
    return found


def add_pack_kind(papers):
    """A pack of the given papers, about a meeting."""
    from core.verdicts import YES
    from reports.kinds import Kind, registry

    cover = papers[0]
    registry._BY_CODE["bench_pack"] = Kind(
        code="bench_pack",
        label="Mappe",
        subject="committees.Meeting",
        template=registry.get("briefing").template,
        variants=("public",),
        build=lambda subject, variant, options: {"papers": papers[: options["count"]], **cover, "run": options},
        context=registry.get("briefing").context,
        may_order=lambda user, subject, variant: YES,
        parts=lambda content: [("bench_pack", content), *(("briefing", one) for one in content["papers"])],
        asks=("count", "run"),
    )


def worker(folder, queue, answers):
    """A process as of a worker's pool: makes the parts that it is given, then says how much memory it held."""
    settle(folder)
    from press import pdf
    from reports import making

    pdf.press().wait_until_ready(lambda page: None)
    answers.put("ready")
    while (part_id := queue.get()) is not None:
        making.make_part(part_id)
        answers.put(part_id)
    answers.put(memory(pdf.press().process.pid))
    pdf.end_press()


def memory(press_pid):
    """The highest resident memory in MB: of this process, and of the press and its wrapper."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    highest, waiting = own, [press_pid]
    while waiting:
        pid = waiting.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue
        peak = [line for line in status.splitlines() if line.startswith("VmHWM")]
        highest = max(highest, *(int(line.split()[1]) // 1024 for line in peak), 0)
    return highest


def make_pack(office, meeting, papers, *, processes, folder):
    """Seconds from the order to the joined file, and the highest memory."""
    from django.db import connections

    from reports import flows, making
    from reports.models import Document, Part, Slot

    Slot.objects.all().delete()
    Part.objects.all().delete()
    add_pack_kind(papers)
    context = multiprocessing.get_context("spawn")
    queue, answers = context.Queue(), context.Queue()
    pool = [context.Process(target=worker, args=(folder, queue, answers), daemon=True) for _number in range(processes)]
    for process in pool:
        process.start()
    for _process in pool:
        answers.get(timeout=120)
    begun = time.perf_counter()
    options = {"count": len(papers), "run": time.time_ns()}
    made = flows.order("bench_pack", meeting, by=office, options=options)
    waiting = making.waiting_parts(made.pk)
    connections.close_all()
    for part_id in waiting:
        queue.put(part_id)
    for _part in waiting:
        answers.get(timeout=600)
    rendered = time.perf_counter()
    making.make_document(made.pk)
    ended = time.perf_counter()
    for _process in pool:
        queue.put(None)
    peak = max(answers.get(timeout=60) for _process in pool)
    for process in pool:
        process.join()
    from press import pdf

    peak = max(peak, memory(pdf.press().process.pid))
    made = Document.objects.get(pk=made.pk)
    assert made.state == "ready", made.error
    begun_again = time.perf_counter()
    assert flows.order("bench_pack", meeting, by=office, options=options).pk == made.pk
    again = time.perf_counter() - begun_again
    return {
        "papers": len(papers),
        "processes": processes,
        "seconds": round(ended - begun, 2),
        "of_that_joining": round(ended - rendered, 2),
        "pages": made.pages,
        "megabytes_of_file": round(made.size / 1e6, 1),
        "highest_memory_mb": peak,
        "asking_again_percent": round(100 * again / (ended - begun), 2),
    }


def chromium(html, folder):
    """Two ways to print with a Chromium kept open, fonts and stylesheet inline: a tab for each document, or one."""
    import base64

    from playwright.sync_api import sync_playwright

    sheet = (ROOT / "static/print/print.css").read_text()
    for name in ("FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2"):
        data = base64.b64encode((ROOT / "static/vendor/kern/fonts" / name).read_bytes()).decode()
        sheet = sheet.replace(f"asset:{name}", f"data:font/woff2;base64,{data}")
    path = Path(folder) / "briefing.html"
    path.write_text(html.replace("</head>", f"<style>{sheet}</style></head>", 1))

    def printed(page):
        page.goto(path.as_uri())
        page.pdf(prefer_css_page_size=True, tagged=True, outline=True, print_background=True)

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        used_again = browser.new_page()

        def own_tab(_number):
            page = browser.new_page()
            printed(page)
            page.close()

        own_tab(0)
        printed(used_again)
        yield own_tab, lambda _number: printed(used_again)
        browser.close()


def typeset(html):
    """Milliseconds of typst with the text of the same briefing, tagged and archivable."""
    import re

    import typst

    text = re.sub(r"<[^>]+>", " ", html.split("<main>")[1])
    words = re.sub(r"[^\w ,.:;-]", " ", text)
    source = '#set document(title: "Briefing")\n#set text(lang: "de")\n= Briefing\n' + words
    compiler = typst.Compiler()

    def once(_number):
        # it remembers what it has set: something new each time
        changed = source + f"\n\nStand {time.time_ns()}."
        compiler.compile(changed.encode(), format="pdf", pdf_standards=["a-2a", "ua-1"])

    return once


def beside(paper, folder):
    """The standard briefing in WeasyPrint, Chromium and typst, in turns."""
    from types import SimpleNamespace

    from django.utils import timezone

    from press import pdf
    from reports import making
    from reports.kinds import registry

    content = registry.get("briefing").build(paper, "full", {})
    work = SimpleNamespace(
        kind="briefing", content=content, version=1, code="12345678", requested_at=timezone.now(), variant="full"
    )
    html = making.html_of(work)
    pages = pdf.render(html, "")[1]
    printing = chromium(html, folder)
    own_tab, same_tab = next(printing)
    ways = {
        "weasyprint_ms": lambda _number: pdf.render(html, ""),
        "chromium_ms": own_tab,
        "chromium_one_tab_ms": same_tab,
    }
    try:
        ways["typst_ms"] = typeset(html)
        ways["typst_ms"](0)
    except Exception as error:
        del ways["typst_ms"]
        print(f"typst: {error}", file=sys.stderr)
    took = {name: [] for name in ways}
    for _round in range(ROUNDS):
        for name, way in ways.items():
            took[name] += timed(way, 1)
    next(printing, None)
    medians = {name: median(values) for name, values in took.items()}
    own, one = (round(medians["weasyprint_ms"] / medians[name], 2) for name in ("chromium_ms", "chromium_one_tab_ms"))
    return {
        "pages": pages,
        "tables": html.count("<table"),
        **medians,
        "ratio": own,
        "asked": "<= 1.0",
        "ratio_to_one_tab": one,
    }


def main():
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="bildungsbuero-benchmark-") as folder:
        settle(folder)
        office, paper, meeting = house()
        result = {"single": single(office, paper), "beside": beside(paper, folder)}
        print(json.dumps(result, indent=2), file=sys.stderr)
        forty = contents(paper, 40)
        alone = make_pack(office, meeting, forty, processes=1, folder=folder)
        both = make_pack(office, meeting, forty, processes=2, folder=folder)
        many = make_pack(office, meeting, contents(paper, large), processes=2, folder=folder)
        result["packs"] = [alone, both, many]
        result["two_processes"] = {"times_faster": round(alone["seconds"] / both["seconds"], 2), "asked": ">= 1.7"}
        growth = (many["seconds"] / both["seconds"]) / (many["papers"] / both["papers"])
        result["growth_against_linear"] = {"ratio": round(growth, 2), "asked": "<= 1.0"}
        result["load"] = [round(one, 1) for one in os.getloadavg()]
        print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
