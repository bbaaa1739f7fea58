# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.roles import COORDINATION, holds
from committees.models import Committee, Meeting, Paper
from core.verdicts import YES, no, not_now
from reports.kinds import registry
from reports.models import State, Variant
from reports.readers import may_read


def can_order(user, kind, subject, variant=Variant.PUBLIC):
    """Whoever may read such a document and may order its kind."""
    if not may_read(user, subject, variant):
        return no(_("Only whoever may read the document orders it."))
    return kind.may_order(user, subject, variant)


def can_reorder(user, document):
    """Whether this person may order this document, as it stands now."""
    return can_order(user, registry.get(document.kind), document.subject, document.variant)


def can_retry(user, document):
    """What failed is started again by whoever may order it."""
    if not (verdict := can_reorder(user, document)):
        return verdict
    if document.state not in (State.FAILED, State.CANCELLED):
        return not_now(_("Only a document that failed or was cancelled is started again."))
    return YES


def can_cancel(user, document):
    """What is not ready yet is cancelled by whoever ordered it or may order it."""
    if document.requested_by_id != user.pk and not (verdict := can_reorder(user, document)):
        return verdict
    if not document.is_open:
        return not_now(_("Only a document that is still being made is cancelled."))
    return YES


def can_withdraw(user, document):
    """The office takes back a document that is out."""
    if not holds(user, COORDINATION):
        return no(_("Only the coordination withdraws documents."))
    if document.state != State.READY or document.withdrawn_at:
        return not_now(_("Only a document that is ready and was not withdrawn is withdrawn."))
    return YES


def can_read_downloads(user, document):
    """The coordination and the secretaries of the committees concerned see who downloaded what."""
    if holds(user, COORDINATION):
        return YES
    kept, subject = Committee.objects.kept_by(user), document.subject
    if isinstance(subject, Paper):
        concerned = kept.filter(consultations__paper=subject).exists()
    elif isinstance(subject, Meeting):
        concerned = kept.filter(pk=subject.committee_id).exists()
    else:
        concerned = isinstance(subject, Committee) and kept.filter(pk=subject.pk).exists()
    return YES if concerned else no(_("Only the coordination and the secretary see the downloads."))
