# SPDX-License-Identifier: EUPL-1.2
"""Exact counts of protected tables are primes in the matrix: nobody but education monitoring meets one, in any form.

Walked are the pages with their alternative texts and number tables, CSV, XLSX, JSON and print sheets, and the HTML that
briefings are printed from, for every role that sees something.
Monitoring meets each prime, or the walk would prove nothing.
"""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from committees.models import Paper
from core.routes import routes
from demo import secret_figures
from indicators.models import Finding, Import, Region, Release, Table
from recommendations.models import Evidence, Recommendation
from reports import flows as reports
from reports.making import html_of
from reports.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PROTECTED = [code for code, *_rest in secret_figures.TABLES]
LEFT_OUT = ("admin:", "account_")
# everybody who sees something of their own; heads see what their clerks see, and guests nothing
WALKERS = (
    "clerk_a",
    "head_b",
    "member",
    "secretary",
    "monitoring",
    "administrator",
    "data_protection",
    "coordination",
    "plain",
)


@pytest.fixture
def built(whole_matrix, settings):
    assert settings.MUNICIPALITY_KEY == secret_figures.REGION
    return whole_matrix.described


def text_of(response):
    """What an answer says, also inside a workbook."""
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace")


def addresses(built):
    """Every list, and every page of something that stands on a protected figure."""
    plain = [route for route in routes() if not route.parameters and "GET" in route.methods and ":" in route.name]
    found = [reverse(route.name) for route in plain if not route.name.startswith(LEFT_OUT)]
    regions = list(Region.objects.filter(key__startswith=secret_figures.REGION).values_list("key", flat=True))
    figures = [one.pk for table in Table.objects.filter(code__in=PROTECTED) for one in table.key_figures.all()]
    for form in ("", "csv", "xlsx", "json", "print"):
        found += [
            f"{reverse('indicators:detail', args=[pk])}?region={region}&format={form}"
            for pk in figures
            for region in regions
        ]
        found += [f"{reverse('indicators:region_detail', args=[region])}?format={form}" for region in regions]
        found += [f"{reverse(f'indicators:{name}')}?format={form}" for name in ("list", "overview")]
        found += [f"{reverse('recommendations:list')}?format={form}"]
    tables = Table.objects.filter(code__in=PROTECTED)
    found += [reverse("indicators:table_detail", args=[table.pk]) for table in tables]
    found += [f"{reverse('indicators:release_preview')}?table={table.pk}" for table in tables]
    found += [reverse("indicators:release_detail", args=[release.pk]) for release in Release.objects.all()]
    for finding in Finding.objects.filter(key_figure__table__in=tables)[:4]:
        found += [reverse("indicators:finding_detail", args=[finding.pk])]
    for one in Import.objects.filter(table_code__in=PROTECTED):
        found += [reverse(f"indicators:import_{step}", args=[one.pk]) for step in ("preview", "changes")]
    items = {item for one in built["objects"] if one["kind"] == "exact_value" for item in one["items"]}
    found += [reverse("indicators:value_history", args=[item]) + f"?region={key}" for item in items for key in regions]
    for one in Recommendation.objects.filter(evidence__table_code__in=PROTECTED).distinct()[:3]:
        found += [one.get_absolute_url()]
        found += [
            reverse(f"recommendations:{name}", args=[one.pk]) for name in ("evidence_chain", "version_list", "decide")
        ]
    for paper in Paper.objects.exclude(origin=None)[:3]:
        found += [
            reverse("committees:paper_detail", args=[paper.pk]),
            reverse("reports:paper_briefings", args=[paper.pk]),
        ]
    return found


def primes_in(text, primes):
    return {prime for prime in primes if any(spelling in text for spelling in secret_figures.spellings(prime))}


def test_exact_values_of_protected_tables_are_met_by_education_monitoring_alone(built):
    primes = {one["id"] for one in built["objects"] if one["kind"] == "exact_value"}
    assert primes
    walked = addresses(built)
    for user in built["users"]:
        if user["role"] not in WALKERS:
            continue
        client = Client()
        client.force_login(User.objects.get(pk=user["id"]))
        met = {}
        for address in walked:
            for prime in primes_in(text_of(client.get(address)), primes):
                met.setdefault(prime, address)
        if user["role"] == "monitoring":
            assert set(met) == primes, "the walk does not come to where the exact values stand"
        else:
            assert not met, user["role"]


def test_what_is_pinned_and_what_is_printed_holds_published_values_only(built):
    primes = {one["id"] for one in built["objects"] if one["kind"] == "exact_value"}
    pinned = Evidence.objects.filter(table_code__in=PROTECTED)
    assert pinned.exists()
    for one in pinned:
        assert not primes_in(f"{one.value} {one.series} {one.comparison}", primes)
    printed = Paper.objects.filter(origin__recommendation__in=pinned.values("recommendation"))
    assert printed.exists()
    office = User.objects.get(pk=next(user["id"] for user in built["users"] if user["role"] == "coordination"))
    for paper in printed:
        briefing = reports.order_briefing(paper, by=office, variant="full")
        assert not primes_in(str(briefing.content) + html_of(briefing), primes)
    assert Document.objects.filter(kind="briefing", subject_id__in=[paper.pk for paper in printed]).exists()
