# SPDX-License-Identifier: EUPL-1.2
"""A house of before: what it stored as briefings, led through every migration since."""

import hashlib
import json

BODY = b"%PDF-1.7 a file of before\n%%EOF\n"
NAME = f"briefings/{hashlib.sha256(BODY).hexdigest()}.pdf"
# as the first version froze it, shortened: what came later into the content is not there
CONTENT = {
    "municipality": "Stadt Lindenfurt",
    "unit": "Bildungsbüro",
    "unit_position": "Stabsstelle 01.3",
    "demo": False,
    "variant": "public",
    "paper": {"reference": "2026/0001", "type": "Beschlussvorlage", "title": "Sprachbildung", "date": "01.03.2026"},
    "consultations": [],
    "annexes": [],
    "recommendation": None,
}
BEFORE = """
import json, sys
from datetime import datetime, timezone
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
apps = MigrationExecutor(connection).loader.project_state(("reports", "0001_initial")).apps
User, Department = apps.get_model("accounts", "User"), apps.get_model("accounts", "Department")
Paper, Briefing = apps.get_model("committees", "Paper"), apps.get_model("reports", "Briefing")
Download = apps.get_model("reports", "Download")
office = User.objects.create(email="office@lindenfurt.example", name="Mareike Thölke")
reader = User.objects.create(email="reader@lindenfurt.example", name="Anke Rühl")
lead = Department.objects.create(code="FB 51", name="Jugend und Familie")
data = json.loads(sys.stdin.read())
for number in (1, 2):
    paper = Paper.objects.create(
        reference=f"2026/000{number}", title="Sprachbildung", date="2026-03-01", proposed_resolution="Es wird.",
        lead_department=lead, created_by=office,
    )
    for version, variant, state in data["rows"]:
        ready, mark = state == "ready", data["marks"][variant]
        made = Briefing.objects.create(
            paper=paper, variant=variant, version=version, code=f"{number}{version}{mark}00000",
            content={**data["content"], "version": version, "number": number},
            content_sha256=f"{number}{version}{variant}".ljust(64, "0"), state=state, requested_by=office,
            file=data["name"] if ready else "", file_sha256=data["digest"] if ready else "",
            finished_at=datetime(2026, 3, version, 12, tzinfo=timezone.utc) if ready else None,
            pages=2 if ready else 0, size=32 if ready else 0, error="" if ready else "Die Platte war voll.",
        )
        if ready:
            Download.objects.create(briefing=made, user=reader)
"""
ROWS = [(1, "public", "ready"), (2, "public", "ready"), (1, "full", "ready"), (3, "public", "failed")]
AFTER = """
import json
from django.conf import settings
from django.test import Client
from accounts.flows import sync_roles
from accounts.models import User
from accounts.roles import appoint
from committees.models import Paper
from reports import flows, making
from reports.kinds import registry
from reports.models import Document
settings.ALLOWED_HOSTS.append("testserver")
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
sync_roles()
office = User.objects.get(email="office@lindenfurt.example")
appoint(office, "coordination")
paper = Paper.objects.get(reference="2026/0001")
documents = Document.objects.about(paper).order_by("pk")
kind = registry.get("briefing")
series = {variant: flows.series_of(kind, paper, variant, {}) for variant in ("public", "full")}
client = Client()
guest = {one.code: client.get(f"/verify/{one.code}/") for one in documents}
client.force_login(office)
out = {
    "documents": [
        [one.kind, one.version, one.variant, one.state, one.file.name, one.file_sha256, one.pages, str(one.error),
         one.title, one.series == series[one.variant], one.subject == paper, one.mailed_at is not None,
         one.downloads.count(), one.content]
        for one in documents
    ],
    "codes": [one.code for one in documents],
    "verify": {
        code: [answer.status_code, 'data-current="yes"' in answer.content.decode()] for code, answer in guest.items()
    },
    "download": client.get(f"/reports/{documents[0].pk}/download/").getvalue().decode(),
    "preview": client.get(f"/reports/{documents[0].pk}/preview/", follow=True).content.decode(),
    "list": client.get(f"/reports/papers/{paper.pk}/").status_code,
}
failed = documents.get(state="failed")
flows.retry(failed, by=office)
making.make(failed.pk)
failed.refresh_from_db()
out["retried"] = [failed.state, str(failed.error)]
newer = flows.order_briefing(paper, by=office)
making.make(newer.pk)
newer.refresh_from_db()
out["newer"] = [newer.version, newer.state, str(newer.error)]
print("=" * 9 + json.dumps(out))
"""


def test_stored_briefings_keep_file_version_and_code_through_all_migrations(manage, tmp_path):
    manage("migrate", "-v0", "reports", "0001_initial")
    stored = tmp_path / "private" / NAME
    stored.parent.mkdir(parents=True)
    stored.write_bytes(BODY)
    digest = hashlib.sha256(BODY).hexdigest()
    data = {"rows": ROWS, "marks": {"public": "a", "full": "f"}, "content": CONTENT, "name": NAME, "digest": digest}
    manage("shell", "--no-imports", "-c", BEFORE, said=json.dumps(data))
    manage("migrate", "-v0")
    found = json.loads(manage("shell", "--no-imports", "-c", AFTER).partition("=" * 9)[2])

    assert found["codes"] == ["11a00000", "12a00000", "11f00000", "13a00000"]
    for (version, variant, state), document in zip(ROWS, found["documents"], strict=True):
        ready = state == "ready"
        assert document == [
            *("briefing", version, variant, state, NAME if ready else "", digest if ready else "", 2 if ready else 0),
            *("" if ready else "Die Platte war voll.", "2026/0001 Sprachbildung", True, True, True, int(ready)),
            {**CONTENT, "version": version, "number": 1},
        ]
    assert found["verify"]["11a00000"] == [200, False], "version 2 replaced it"
    assert found["verify"]["12a00000"][0] == found["verify"]["11f00000"][0] == 200
    assert found["verify"]["13a00000"] == [404, False], "it was never made"
    assert found["download"].encode() == BODY
    assert found["list"] == 200
    assert "früheren Fassung der Anwendung" in found["preview"]
    state, error = found["retried"]
    assert state == "failed"
    assert "neu" in error
    assert found["newer"] == [4, "ready", ""], "a new order goes on counting where the old ones ended"
