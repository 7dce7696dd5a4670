"""The forms of a picture; apart, so that the command line can name them without loading what draws."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What a picture is written as."""

    MERMAID = "mermaid"
    SVG = "svg"
    PNG = "png"
