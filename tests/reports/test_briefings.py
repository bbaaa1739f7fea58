# SPDX-License-Identifier: EUPL-1.2
import ast
import io
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import flows as committees
from committees.oparl import objects
from core import storage, throttle
from core.errors import NotAllowed, WrongState
from press import pdf, program
from reports import flows, making, verify
from reports.kinds.briefing import build
from reports.models import ALPHABET, Document, Download, State, Variant, new_code
from tests.verapdf import verapdf

TODAY = timezone.localdate()


@pytest.fixture
def briefing(paper, office):
    return flows.order_briefing(paper, by=office)


@pytest.fixture
def ready(briefing):
    making.make(briefing.pk)
    briefing.refresh_from_db()
    assert briefing.state == State.READY, briefing.error
    return briefing


def text_of(briefing):
    path = Path(settings.PRIVATE_DIR) / briefing.file.name
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("variant", list(Variant))
def test_every_briefing_is_accessible_and_archivable(paper, office, variant):
    made = flows.order_briefing(paper, by=office, variant=variant)
    making.make(made.pk)
    made.refresh_from_db()
    result = verapdf(Path(settings.PRIVATE_DIR) / made.file.name, flavours="ua1,3a")  # it carries its data
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("PASS") == 2


def test_the_proposed_resolution_and_the_route_stand_on_page_one(ready):
    first = text_of(ready).split("\f")[0]
    for words in ("Die Sprachbildung wird verstärkt.", "Jugendhilfeausschuss", "Beschlussvorschlag", "Tarek Haddad"):
        assert words in first


def test_a_sign_is_printed_as_a_sign_with_its_meaning(office, lead, head, make_key_figure, make_committee):
    from indicators.series import snapshot
    from recommendations import flows as recommendations

    key_figure = make_key_figure((("2022", "94", "1027"), ("2023", "/", "/"), ("2024", "91", "1038")))
    one = recommendations.create(
        by=office,
        pin=snapshot(key_figure, region_key="99001"),
        title="Zeichen",
        lead_department=lead,
        responsible_level="municipality",
        proposed_resolution="x",
        rationale="y",
    )
    recommendations.submit(one, by=office)
    recommendations.decide(one, by=head, kind="approve")
    made = flows.order_briefing(recommendations.make_paper(one, by=office, paper_type="decision"), by=office)
    making.make(made.pk)
    made.refresh_from_db()
    path = Path(settings.PRIVATE_DIR) / made.file.name
    read = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "nicht sicher genug" in " ".join(read.split())


def test_the_public_briefing_holds_nothing_of_the_non_public_annex(paper, office, ready):
    assert "KANARIE" not in str(build(paper, "public", {}))
    assert "KANARIE" not in text_of(ready)
    full = flows.order_briefing(paper, by=office, variant=Variant.FULL)
    making.make(full.pk)
    full.refresh_from_db()
    assert "KANARIE" in text_of(full)


def test_the_same_content_is_ordered_once_and_a_change_is_a_new_version(paper, office, briefing):
    assert flows.order_briefing(paper, by=office) == briefing
    paper.title = "Berichtigt"
    paper.save()
    assert flows.order_briefing(paper, by=office).version == 2


def test_a_message_delivered_three_times_makes_one_file(briefing):
    for _time in range(3):
        making.make(briefing.pk)
    briefing.refresh_from_db()
    assert (briefing.state, briefing.attempts) == (State.READY, 1)
    assert Event.objects.about(briefing).filter(kind="briefing.ready").count() == 1
    folder = Path(settings.PRIVATE_DIR) / "documents"
    assert [path.suffix for path in folder.iterdir() if briefing.file_sha256 in path.name] == [".pdf"]


def test_a_character_without_a_glyph_fails_with_its_name_and_retry_works(paper, office):
    paper.title = "Lesen 漢 macht stark"
    paper.save()
    made = flows.order_briefing(paper, by=office)
    making.make(made.pk)
    made.refresh_from_db()
    assert made.state == State.FAILED
    assert "U+6F22" in made.error
    assert Event.objects.about(made).filter(kind="briefing.failed").exists()
    flows.retry(made, by=office)
    made.refresh_from_db()
    assert (made.state, made.tries) == (State.QUEUED, 0)


def test_even_an_error_that_is_no_exception_ends_in_failed(briefing, monkeypatch):
    class Fatal(BaseException):
        pass

    def explode(*arguments, **named):
        raise Fatal

    monkeypatch.setattr(pdf, "render", explode)
    with pytest.raises(Fatal):
        making.make(briefing.pk)
    briefing.refresh_from_db()
    assert briefing.state == State.FAILED
    assert briefing.error


def test_a_full_disk_leaves_nothing_under_the_final_name(briefing, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    before = set((Path(settings.PRIVATE_DIR) / "documents").glob("*"))
    monkeypatch.setattr(storage.os, "fsync", full)
    making.make(briefing.pk)
    briefing.refresh_from_db()
    assert briefing.state == State.FAILED
    assert set((Path(settings.PRIVATE_DIR) / "documents").glob("*")) == before


def test_a_worker_that_died_is_replaced_and_three_deaths_are_the_end(briefing):
    now = timezone.now()
    for _attempt in range(3):
        assert Document.objects.claim(briefing.pk, until=now + Document.LEASE, now=now)
        assert not Document.objects.claim(briefing.pk, until=now + Document.LEASE, now=now)
        now += Document.LEASE + timedelta(seconds=1)
    assert making.sweep(now=now) == ([], [])
    briefing.refresh_from_db()
    assert briefing.state == State.FAILED
    assert "neu" in briefing.error or "again" in briefing.error


def test_only_what_failed_is_retried_and_only_by_whoever_may_order(ready, office, make_user):
    with pytest.raises(WrongState):
        flows.retry(ready, by=office)
    with pytest.raises(NotAllowed):
        flows.order_briefing(ready.subject, by=make_user("Root", is_superuser=True))


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://127.0.0.1:1/x.png">',
    '<link rel=attachment href="file:///etc/passwd">',
    "<style>@import url(http://127.0.0.1:1/x.css)</style>",
    "{{ 7|add:7 }}{% include '/etc/passwd' %}",
    "<td colspan=1000000>",
]


def test_typed_markup_is_printed_as_text_and_reaches_nothing(paper, office):
    committees.add_annex(paper, by=office, title="Angriff", body="\n".join(HOSTILE))
    made = flows.order_briefing(paper, by=office)
    making.make(made.pk)
    made.refresh_from_db()
    assert made.state == State.READY, made.error
    printed = "".join(text_of(made).split())
    for text in HOSTILE:
        assert "".join(text.split())[:24] in printed
    with pikepdf.open(Path(settings.PRIVATE_DIR) / made.file.name) as document:
        assert list(document.attachments) == ["kennzahlen-2026-0001.csv"], "its own data travels inside, nothing else"
    assert "root:" not in printed


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1/x", "asset:../settings.py", "data:text/css,x"])
def test_the_fetcher_hands_out_fonts_and_nothing_else(url):
    with pytest.raises(ValueError, match="not on the list"):
        program.OurFiles().fetch(url)


def test_weasyprint_is_called_in_one_module_only():
    root = Path(settings.BASE_DIR)
    callers = set()
    for path in root.glob("*/**/*.py"):
        if ".venv" in path.parts or "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        if any(name and name.startswith("weasyprint") for name in names):
            callers.add(path.relative_to(root).as_posix())
    assert callers == {"press/program.py"}


def test_a_member_downloads_and_somebody_of_another_committee_gets_404(client, ready, make_committee, make_member):
    jha = ready.subject.consultations.get().committee
    member = make_member(jha, start_on=TODAY)
    stranger = make_member(make_committee("ASB", "Ausschuss"), start_on=TODAY, name="Osterkamp")
    former = make_member(jha, start_on=TODAY - timedelta(days=9), end_on=TODAY - timedelta(days=1), name="Ehlers")
    address = reverse("reports:download", args=[ready.pk])
    client.force_login(member)
    answer = client.get(address)
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert body.startswith(b"%PDF-")
    assert pikepdf.open(io.BytesIO(body)).Root.Lang == "de"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Sprachbildung" not in answer["Content-Disposition"]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert Download.objects.get().user == member
    assert Event.objects.about(ready).filter(kind="briefing.downloaded", by=member).exists()
    for user in (stranger, former):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.get(ready.get_absolute_url()).status_code == 404
    assert Download.objects.count() == 1


def test_rights_are_asked_at_download_time(client, ready, make_member):
    from committees.models import Membership

    member = make_member(ready.subject.consultations.get().committee, start_on=TODAY - timedelta(days=9))
    client.force_login(member)
    address = reverse("reports:download", args=[ready.pk])
    assert client.get(address).status_code == 200
    Membership.objects.update(end_on=TODAY - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_members_see_no_briefing_that_is_not_ready(client, briefing, make_member):
    client.force_login(make_member(briefing.subject.consultations.get().committee, start_on=TODAY))
    assert client.get(briefing.get_absolute_url()).status_code == 404


def test_the_progress_fragment_stops_asking_once_it_is_ready(client, briefing, office):
    client.force_login(office)
    waiting = client.get(briefing.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in waiting
    assert "<html" not in waiting
    making.make(briefing.pk)
    assert "hx-trigger" not in client.get(briefing.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()


def test_everybody_may_ask_whether_a_printed_briefing_is_current(client, ready, office):
    address = reverse("reports:verify", args=[ready.code])
    page = client.get(address).content.decode()
    assert 'data-current="yes"' in page
    assert ready.subject.title not in page
    paper = ready.subject
    paper.title = "Berichtigt"
    paper.save()
    newer = flows.order_briefing(paper, by=office)
    making.make(newer.pk)
    assert 'data-current="no"' in client.get(address).content.decode()
    assert client.get(reverse("reports:verify", args=["0000"])).status_code == 404


def test_a_code_is_long_and_found_however_it_is_typed_and_codes_of_before_stay_valid(client, ready):
    group = f"[{ALPHABET}]{{4}}"
    assert re.fullmatch(f"{group}-{group}-{group}", ready.code)
    assert len({new_code() for _time in range(200)}) == 200
    for typed in (ready.code, ready.code.upper(), ready.code.replace("-", "")):
        assert client.get(f"/verify/{typed}/").status_code == 200, typed
    Document.objects.filter(pk=ready.pk).update(code="9f2c71d0")
    assert client.get("/verify/9f2c71d0/").status_code == 200
    assert client.get("/verify/9F2C71D0/").status_code == 200


def test_whoever_guesses_codes_waits_and_nobody_else_does(client, ready, monkeypatch):
    monkeypatch.setattr(verify, "GUESSES", throttle.Limit(f"verify-{ready.code}", most=3, seconds=600))
    address = f"/verify/{ready.code}/"
    for _time in range(5):
        assert client.get(address).status_code == 200, "who knows a code does not use up guesses"
    assert [client.get(f"/verify/wrong{one}/").status_code for one in range(4)] == [404, 404, 404, 429]
    refused = client.get(address)
    assert refused.status_code == 429
    assert "Zu viele Versuche" in refused.content.decode()
    assert client.get(address, REMOTE_ADDR="127.0.0.2").status_code == 200
    assert [client.get("/verify/x/", REMOTE_ADDR=f"2001:db8::{one}").status_code for one in range(4)][-1] == 429


def test_a_preview_says_so_and_carries_no_code_that_leads_nowhere(client, briefing, office):
    client.force_login(office)
    subject = {"kind": "briefing", "subject": briefing.subject_id}
    for address in (f"/reports/preview/?{urlencode(subject)}", f"/reports/{briefing.pk}/preview/"):
        page = client.get(address).content.decode()
        assert "Vorschau vom" in page
        assert "/verify/" not in page
        assert "QR-Code" not in page
    making.make(briefing.pk)
    assert f"/verify/{briefing.code}" in client.get(f"/reports/{briefing.pk}/preview/").content.decode()


def test_the_file_is_private_and_its_name_says_nothing(ready):
    path = Path(settings.PRIVATE_DIR) / ready.file.name
    assert path.stem == ready.file_sha256
    assert oct(path.stat().st_mode)[-3:] == "640"
    assert not path.is_relative_to(settings.STATIC_ROOT)


def test_ordering_is_done_with_a_form_on_the_papers_page(client, paper, office):
    client.force_login(office)
    answer = client.post(reverse("reports:briefing_order", args=[paper.pk]), {"variant": "full"})
    assert answer.url == Document.objects.get().get_absolute_url()
    assert Document.objects.get().variant == Variant.FULL


def test_the_open_interface_renders_a_paper_that_has_a_briefing(ready):
    (shown,) = objects.render("Paper", [ready.subject]).values()
    assert shown["reference"] == ready.subject.reference
