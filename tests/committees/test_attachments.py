# SPDX-License-Identifier: EUPL-1.2
import io
import re
import stat
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pikepdf import Dictionary, Name

from activity.models import Event
from committees import flows, permissions
from committees.models import Attachment
from core.documents import intake
from core.documents.verdict import REMOVED
from core.errors import NotAllowed, WrongState
from reports.kinds import briefing
from tests import documents
from tests.documents import SECRET
from tests.sessions import held

TODAY = timezone.localdate()


@pytest.fixture
def taken():
    return intake.examine(io.BytesIO(documents.pdf()), name="a.pdf", title="Kosten", limit=10**6)


@pytest.fixture
def attached(paper, office, taken):
    """A public and a non-public file of the paper."""
    public = flows.attach(paper, by=office, document=taken, title="Auswahl der Kitas")
    secret = flows.attach(
        paper, by=office, document=taken, title="KANARIE-title", is_public=False, non_public_reason="Beträge Einzelner"
    )
    return public, secret


def address(name, attachment):
    return reverse(f"committees:{name}", args=[attachment.pk])


@pytest.fixture
def readers(paper, head, office, make_user, make_department, make_committee, make_member, make_meeting):
    jha = paper.consultations.get().committee
    asb = make_committee("ASB", "Ausschuss für Schule und Bildung")
    item = flows.put_on_agenda(make_meeting(asb), paper, by=office, number="6")
    flows.schedule(paper, by=office, committee=asb, role="information", agenda_item=item)
    return {
        "coordination": office,
        "lead head": head,
        "other head": make_user("Wellmann", heads=[make_department("FB 40", "Schule")]),
        "deciding member": make_member(jha, start_on=TODAY),
        "noting member": make_member(asb, start_on=TODAY, name="Osterkamp"),
        "secretary": make_user("Pohlmann", keeps=[jha]),
        "superuser": make_user("Root", is_superuser=True, is_staff=True),
        "plain": make_user("Niemand"),
    }


def test_files_are_seen_like_the_paper_and_secret_ones_like_its_secrets(attached, readers):
    public, secret = attached
    seeing = {
        one: {name for name, user in readers.items() if one in Attachment.objects.visible_to(user)} for one in attached
    }
    fully = {"coordination", "lead head", "deciding member", "secretary"}
    assert seeing[public] == fully | {"other head", "noting member"}
    assert seeing[secret] == fully


def test_a_download_asks_again_every_time_and_is_written_down(client, attached, readers):
    public, secret = attached
    for name, user in readers.items():
        client.force_login(user)
        for one in attached:
            may = Attachment.objects.visible_to(user).filter(pk=one.pk).exists()
            before = Event.objects.about(one).count()
            answer = client.get(address("attachment_download", one))
            assert answer.status_code == (200 if may else 404), (name, one)
            assert Event.objects.about(one).count() == before + may
    member = readers["deciding member"]
    member.person.memberships.update(
        end_on=TODAY - timezone.timedelta(days=1), start_on=TODAY - timezone.timedelta(days=9)
    )
    client.force_login(member)
    assert client.get(address("attachment_download", secret)).status_code == 404
    assert client.get(address("attachment_download", public)).status_code == 404


def test_the_answer_has_exactly_the_headers_of_a_safe_download(client, attached, office):
    client.force_login(office)
    public, secret = attached
    answer = client.get(address("attachment_download", public))
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"%PDF-")
    assert SECRET.encode() not in body
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
    reference = public.paper.reference.replace("/", "-")
    name = f"{reference}-1-auswahl-der-kitas.pdf"
    assert answer["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    answer = client.get(address("attachment_download", secret))
    assert "KANARIE" not in str(answer.headers).upper()
    assert f"{reference}-2.pdf" in answer["Content-Disposition"]
    assert client.post(address("attachment_download", public)).status_code == 405
    before = Event.objects.about(public).count()
    assert client.head(address("attachment_download", public)).status_code == 200
    assert Event.objects.about(public).count() == before


def test_the_original_is_for_office_and_lead_department_alone(client, attached, readers):
    public, _secret = attached
    for name, user in readers.items():
        client.force_login(user)
        answer = client.get(address("attachment_original", public))
        if name in ("coordination", "lead head"):
            assert SECRET.encode() in b"".join(answer.streaming_content)
        else:
            assert answer.status_code in (403, 404), name


def test_files_lie_in_the_private_folder_under_names_that_say_nothing(attached):
    for one in attached:
        for file in (one.original, one.published):
            path = Path(default_storage.path(file.name))
            assert path.is_relative_to(django_settings.PRIVATE_DIR)
            assert not path.is_relative_to(django_settings.STATIC_ROOT)
            assert path.name in (one.original_sha256, one.published_sha256)
            assert stat.S_IMODE(path.stat().st_mode) == 0o640
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750


def test_neither_log_nor_notice_names_a_file(attached):
    assert not any("KANARIE" in event.sentence + event.subject_label + str(event.data) for event in Event.objects.all())


def test_a_file_is_uploaded_with_the_form_and_a_bad_one_is_refused_in_german(paper, office):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)
    page = reverse("committees:attachment_create", args=[paper.pk])
    html = client.get(page).content.decode()
    assert 'enctype="multipart/form-data"' in html
    token = client.cookies["csrf"].value

    def post(name, content, **data):
        form = {"csrfmiddlewaretoken": token, "title": "Bild", "is_public": "on", **data}
        return client.post(page, {**form, "file": SimpleUploadedFile(name, content)})

    refused = post("x.svg", b"<svg onload=alert(1)>")
    assert refused.status_code == 422
    assert "Dateien dieser Art werden nicht angenommen" in refused.content.decode()
    assert post("x.pdf", documents.pdf(password="geheim")).status_code == 422
    assert post("foto.png", documents.png(), is_public="").status_code == 422
    assert not paper.attachments.exists()
    assert post("foto.png", documents.png()).status_code == 302
    assert paper.attachments.get().content_type == "image/png"


def test_the_size_limit_is_that_of_the_installation(client, paper, office, settings):
    settings.ATTACHMENT_MAX_BYTES = 100
    client.force_login(office)
    page = reverse("committees:attachment_create", args=[paper.pk])
    data = {"title": "x", "is_public": "on", "file": SimpleUploadedFile("a.pdf", documents.pdf())}
    assert "zu groß" in client.post(page, data).content.decode()


def test_a_file_of_a_secret_annex_is_secret_too_and_belongs_to_the_same_paper(paper, office, lead, taken):
    annex = paper.annexes.get()
    with pytest.raises(WrongState):
        flows.attach(paper, by=office, document=taken, title="x", annex=annex)
    other = flows.create_paper(
        by=office, title="x", paper_type="information", lead_department=lead, proposed_resolution="y"
    )
    with pytest.raises(WrongState):
        flows.attach(other, by=office, document=taken, title="x", annex=annex, is_public=False, non_public_reason="z")
    flows.attach(paper, by=office, document=taken, title="x", annex=annex, is_public=False, non_public_reason="z")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(paper=paper).update(non_public_reason="")


def test_who_adds_and_takes_away_files(attached, readers):
    public, _secret = attached
    allowed = {name for name, user in readers.items() if permissions.can_detach(user, public)}
    assert allowed == {"coordination", "lead head"}
    with pytest.raises(NotAllowed):
        flows.detach(public, by=readers["deciding member"], reason="x")


@pytest.mark.django_db(transaction=True)
def test_bytes_go_with_the_last_file_that_has_them(attached, office):
    public, secret = attached
    name = public.original.name
    flows.detach(public, by=office, reason="doppelt")
    assert default_storage.exists(name)
    flows.detach(secret, by=office, reason="auch")
    assert not default_storage.exists(name)


def test_after_a_meeting_the_files_stay(attached, paper, office):
    held(paper.consultations.get().agenda_item.meeting, by=office)
    with pytest.raises(WrongState):
        flows.detach(attached[0], by=office, reason="x")


def test_the_page_shows_each_reader_their_files(client, attached, readers):
    for name, both in (("coordination", True), ("noting member", False)):
        client.force_login(readers[name])
        html = client.get(attached[0].paper.get_absolute_url()).content.decode()
        assert "Auswahl der Kitas" in html
        assert ("KANARIE-title" in html) is both
        assert ("1 Datei ist nichtöffentlich" in html) is not both


def scan():
    """A page that is a picture, without any text."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    page = document.pages[0]
    picture = pikepdf.Stream(document, bytes(range(25)))
    picture.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 5, "/Height": 5, "/BitsPerComponent": 8})
    picture.ColorSpace = Name.DeviceGray
    page.Resources = Dictionary(XObject=Dictionary(I=picture))
    page.Contents = document.make_stream(b"q 200 0 0 200 0 0 cm /I Do Q")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_scan_without_text_is_marked_at_the_file_and_in_documents_with_the_way_to_mend_it(client, paper, office):
    client.force_login(office)
    page = reverse("committees:attachment_create", args=[paper.pk])
    data = {"title": "Eingescannt", "is_public": "on", "file": SimpleUploadedFile("a.pdf", scan())}
    told = client.post(page, data, follow=True).content.decode()
    assert told.count("blinde Menschen können sie nicht lesen") == 2  # in the message, and at the file
    attachment = paper.attachments.get()
    assert attachment.is_unreadable
    assert "OCR" in client.get(paper.get_absolute_url()).content.decode()
    content = briefing.KIND.build(paper, "full", {})
    (line,) = [one for one in briefing.KIND.context(content)["annex_lines"] if "Eingescannt" in one]
    assert "zum Vorlesen" in line


def test_whoever_uploads_is_told_what_the_copy_does_not_have(client, paper, office):
    client.force_login(office)
    page = reverse("committees:attachment_create", args=[paper.pk])
    data = {"title": "x", "is_public": "on", "file": SimpleUploadedFile("a.pdf", documents.pdf(owner="x"))}
    told = client.post(page, data, follow=True).content.decode()
    assert "Aus der Kopie herausgenommen:" in told
    assert "die Sperre gegen Drucken und Kopieren" in told
    assert "Skripte und Aktionen" in told


def test_every_code_of_what_is_taken_out_has_words():
    pattern = r"""removed\.add\(\s*"(\w+)"|removed\.append\("(\w+)"|removed = {"(\w+)"}"""
    sources = [path.read_text() for path in Path("core/documents").glob("*.py")]
    codes = {code for text in sources for found in re.findall(pattern, text) for code in found if code}
    assert codes
    assert codes <= REMOVED.keys()


def test_a_file_with_text_is_not_marked(attached):
    public, _secret = attached
    assert public.remarked == []
