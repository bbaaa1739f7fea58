# SPDX-License-Identifier: EUPL-1.2
"""Briefings: ordered, made by a worker, downloaded. The row is the order; however often a worker is woken, one file."""

import contextlib
import hashlib
import logging
import os
import tempfile
from datetime import timedelta
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.flows import record
from core.series import from_json
from reports import events, pdf, permissions
from reports.content import checksum, content_of, typed_text
from reports.models import Briefing, Download, State, Variant

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=180)  # longer than a job may run


@transaction.atomic
def order_briefing(paper, *, by, variant=Variant.PUBLIC):
    """Order a briefing of the paper as it stands now; the same content is made only once."""
    paper = type(paper).objects.select_for_update(of=("self",)).get(pk=paper.pk)
    variant = Variant(variant)
    permissions.can_order(by, paper, variant).enforce()
    with translation.override(settings.LANGUAGE_CODE):
        content = content_of(paper, variant)
    digest = checksum(content)
    same = paper.briefings.filter(variant=variant, content_sha256=digest).first()
    if same:
        return same
    version = (paper.briefings.filter(variant=variant).aggregate(last=Max("version"))["last"] or 0) + 1
    briefing = Briefing.objects.create(
        paper=paper, variant=variant, version=version, content=content, content_sha256=digest, requested_by=by
    )
    record(events.ORDERED, briefing, by=by, reference=paper.reference, version=version)
    return briefing


@transaction.atomic
def retry(briefing, *, by):
    """Start a briefing again that failed."""
    briefing = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    permissions.can_retry(by, briefing).enforce()
    briefing.state, briefing.attempts, briefing.error, briefing.step = State.QUEUED, 0, "", 0
    briefing.save(update_fields=["state", "attempts", "error", "step"])
    record(events.RETRIED, briefing, by=by, reference=briefing.paper.reference)
    return briefing


def claim(briefing_id, *, now=None):
    """Take the order for this worker; False where it is done, taken, or was tried too often."""
    now = now or timezone.now()
    return bool(
        Briefing.objects.claimable(now=now)
        .filter(pk=briefing_id)
        .update(state=State.RUNNING, attempts=F("attempts") + 1, leased_until=now + LEASE, step=0, error="")
    )


def render_briefing(briefing_id):
    """Make the file of an ordered briefing, once; whatever goes wrong ends in a state that a person can read."""
    if not claim(briefing_id):
        return
    briefing = Briefing.objects.select_related("paper", "requested_by").get(pk=briefing_id)
    try:
        _render(briefing)
    except pdf.Unprintable as error:
        _fail(briefing, str(error))
    except SoftTimeLimitExceeded:
        _fail(briefing, _("Making it took too long. Please shorten texts and annexes and start again."))
    except OSError:
        logger.exception("briefing %s could not be stored", briefing_id)
        _fail(briefing, _("The file could not be stored. Please tell the administration: the disk may be full."))
    except Exception:
        logger.exception("briefing %s failed", briefing_id)
        _fail(
            briefing,
            _("Something unexpected happened. Please start again; if it happens again, tell the administration."),
        )
    except BaseException:
        # WeasyPrint's fatal errors are no Exceptions; without this the row would stay “running”
        logger.exception("briefing %s was ended", briefing_id)
        _fail(briefing, _("Making it was interrupted. Please start again."))
        raise


def _render(briefing):
    if not permissions.can_order(briefing.requested_by, briefing.paper, briefing.variant):
        raise pdf.Unprintable(_("Whoever ordered it may not read this paper any more."))
    with translation.override(settings.LANGUAGE_CODE):
        _step(briefing, 1)
        html = html_of(briefing)
        _step(briefing, 2)
        body, pages = pdf.render(html, typed_text(briefing.content))
    _step(briefing, 3)
    digest = hashlib.sha256(body).hexdigest()
    name = f"briefings/{digest}.pdf"
    _store(body, Path(settings.PRIVATE_DIR) / name)
    with transaction.atomic():
        finished = Briefing.objects.filter(pk=briefing.pk, state=State.RUNNING).update(
            state=State.READY,
            step=4,
            file=name,
            file_sha256=digest,
            pages=pages,
            size=len(body),
            finished_at=timezone.now(),
            leased_until=None,
        )
        if finished:
            briefing.refresh_from_db()
            record(events.READY, briefing, by=None, reference=briefing.paper.reference, version=briefing.version)


def html_of(briefing):
    """The briefing as HTML, from its frozen content only."""
    content = briefing.content
    recommendation = content["recommendation"]
    evidence = recommendation["evidence"][0] if recommendation and recommendation["evidence"] else None
    return render_to_string(
        "print/briefing.html",
        {
            **content,
            "evidence": evidence,
            "series": from_json(evidence["series"]) if evidence else [],
            "version": briefing.version,
            "ordered_on": date_format(timezone.localdate(briefing.requested_at), "d.m.Y"),
            "created": timezone.localdate(briefing.requested_at).isoformat(),
            "sha256": briefing.content_sha256,
            "address": f"{settings.BASE_URL}/reports/verify/{briefing.code}/",
            "has_secret": any(not annex["is_public"] and annex["body"] for annex in content["annexes"]),
        },
    )


def _step(briefing, step):
    Briefing.objects.filter(pk=briefing.pk).update(step=step)


def _store(body, path):
    """Write to a temporary name, flush to the disk, rename: nothing half stands under the final name."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o640)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _fail(briefing, reason):
    with transaction.atomic():
        failed = Briefing.objects.filter(pk=briefing.pk, state=State.RUNNING).update(
            state=State.FAILED, error=reason, leased_until=None
        )
        if failed:
            record(events.FAILED, briefing, by=None, reference=briefing.paper.reference, reason=reason)


def sweep(*, now=None):
    """Give up what was tried too often; the ids of what still waits for a worker."""
    now = now or timezone.now()
    for briefing in Briefing.objects.exhausted(now=now).select_related("paper"):
        with transaction.atomic():
            reason = _("The worker broke off three times. Please tell the administration, then start again.")
            if Briefing.objects.exhausted(now=now).filter(pk=briefing.pk).update(state=State.FAILED, error=reason):
                record(events.FAILED, briefing, by=None, reference=briefing.paper.reference, reason=reason)
    return list(Briefing.objects.claimable(now=now).values_list("pk", flat=True))


@transaction.atomic
def download(briefing, *, by):
    """Note that somebody takes a briefing home; the right to read it was asked when it was fetched, just now."""
    Download.objects.create(briefing=briefing, user=by)
    record(events.DOWNLOADED, briefing, by=by, reference=briefing.paper.reference, version=briefing.version)
