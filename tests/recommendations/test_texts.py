# SPDX-License-Identifier: EUPL-1.2
"""What people type into the parts of a recommendation, as its pages show it."""

from django.urls import reverse

from recommendations import flows

TYPED = "Vorab **wichtig**.\n\nEuro\t2027\nZuwendung\t180.000\n<script>x</script>\t1"


def test_pasted_cells_are_a_table_and_markup_stays_text_for_authors_and_deciders(
    client, office, head, make_recommendation
):
    one = make_recommendation(rationale=TYPED, financial_impact=TYPED)
    flows.submit(one, by=office)
    for person, page in ((office, "recommendations:detail"), (head, "recommendations:decide")):
        client.force_login(person)
        text = client.get(reverse(page, args=[one.pk])).content.decode()
        assert text.count('<div class="typed"') == 2
        assert "<strong>wichtig</strong>" in text
        assert '<td class="num">180.000</td>' in text
        assert "<script>x" not in text
        assert "&lt;script&gt;x" in text
