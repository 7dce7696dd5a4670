"""Every source, who names it, and where each place of the two articles went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.document.blocks import Block, Heading, Para, Table, Told
from bot.authoring.document.material import Material


def sources(material: Material, blocks: Sequence[Block]) -> Iterator[Block]:
    """Every source with its title, and which texts and rules name it."""
    yield Heading(1, "Sources")
    yield Para(
        "tremor and dystonia are two articles for parents; tremor:36 is line 36. No sentence is copied from them. "
        "\u201cSeen\u201d says whether somebody here has read the source itself; a clinician checks the others first."
    )
    used: dict[str, dict[str, None]] = {}
    for block in blocks:
        if isinstance(block, Told):
            for name in block.sources:
                used.setdefault(_document(name, material), {})[f"{block.number}"] = None
    for rule in material.script.book.rules.values():
        for name in rule.sources:
            used.setdefault(_document(name, material), {})[rule.id] = None
    rows = []
    for name, source in material.sources.items():
        address = source.get("address", [])
        found = "\n".join(address if isinstance(address, list) else [str(address)])
        title = f"{source.get('title', '')}\n{found}".strip()
        named = ", ".join(used.get(name, ())) or "in the heads of files"
        rows.append((name, title, str(source.get("kind", "")), str(source.get("seen", "")), named))
    yield Table(
        ("Source", "Title and address", "Kind", "Seen", "Named by texts (no.) and rules"), tuple(rows), (3, 6, 2, 1, 5)
    )
    places = material.data("content/inventory.yaml").get("places", {})
    if places:
        yield Heading(2, "Every place of the two articles that says something, and where it went")
        yield Para("Used: this guide says it in its own words. Withheld: it is not said, or only as a warning.")
        went = tuple(
            (str(one.get("place", key)), _listed(one.get("used_by")), _listed(one.get("withheld_by")))
            for key, one in places.items()
        )
        yield Table(("Place", "Used by", "Withheld by"), went, (2, 8, 4))


def _listed(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list) else ""


def _document(name: str, material: Material) -> str:
    return name if name in material.sources else name.partition(":")[0]
