# SPDX-License-Identifier: EUPL-1.2
"""What people may do with documents that are there, and with the papers they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from committees.models import Committee, Meeting, Paper
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from reports.models import Variant

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from reports.models import Document


def can_order(user: User, paper: Paper, variant: str = Variant.PUBLIC) -> Verdict:
    """Coordination, lead department and the secretaries of its committees order briefings of a paper they may read."""
    concerned = (
        holds(user, COORDINATION)
        or Department.objects.of(user).filter(pk=paper.lead_department_id).exists()
        or Committee.objects.kept_by(user).filter(consultations__paper=paper).exists()
    )
    if concerned:
        readable = Paper.objects.fully_visible_to(user) if variant == Variant.FULL else Paper.objects.visible_to(user)
        if readable.filter(pk=paper.pk).exists():
            return YES
    return no(_("Only the coordination, the lead department or the committee's secretary orders briefings."))


def can_withdraw(user: User, document: Document) -> Verdict:
    """The office takes back a document that is out."""
    if not holds(user, COORDINATION):
        return no(_("Only the coordination withdraws documents."))
    if not document.life.is_ready or document.withdrawn_at:
        return not_now(_("Only a document that is ready and was not withdrawn is withdrawn."))
    return YES


def can_read_downloads(user: User, document: Document) -> Verdict:
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
