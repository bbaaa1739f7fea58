# SPDX-License-Identifier: EUPL-1.2
"""What only paper needs: typed text as tagged text, codes to scan, drawings. A tag never queries and never decides."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html

from reports.kinds import house, qr
from reports.kinds.drawing import svg

register = template.Library()

register.simple_tag(svg, name="drawing")
register.simple_tag(house.signet, name="signet")
register.simple_tag(qr.code, name="qr")


@register.filter
def bare(address: str) -> str:
    """An address as people read it, without its scheme."""
    return str(address).split("://", 1)[-1].rstrip("/")


@register.filter
def in_lines(address: str) -> str:
    """An address for a narrow column: its last part, the code, is not torn at its hyphens."""
    place, _slash, code = bare(address).rpartition("/")
    return f"{place}/\n{code}"


@register.filter
def grouped(checksum: str) -> str:
    """The first sixteen characters of a checksum, in groups of four."""
    return " ".join(str(checksum)[start : start + 4] for start in range(0, 16, 4))


@register.simple_tag
def accent_style() -> str:
    """The rules that put the house's own colour in the place of ours; nothing where ours is kept."""
    colour = house.accent()
    if colour == house.ACCENT:
        return ""
    rules = (
        "h2,h3,a,.facts .kind,.figures strong,.state::before,.slides .lead{color:%(accent)s}"
        "@page{@top-left{border-color:%(accent)s}}"
        "@page secret{@top-left{border-color:#15191c}}@page widesecret{@top-left{border-color:#15191c}}"
        ".resolution{background:%(tint)s}@page slide:first{background:%(tint)s}"
        ".masthead>h2,.slides section>h2{color:#15191c}"
    )
    return format_html("<style>{}</style>", rules % {"accent": colour, "tint": house.tint()})


@register.simple_tag
def start_of(starts: Sequence[int], position: int) -> int | str:
    """The page on which a part begins."""
    return starts[position - 1] if position <= len(starts) else "–"
