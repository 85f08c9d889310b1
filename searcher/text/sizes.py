"""How is a number of bytes said?"""

from __future__ import annotations


def size(count: int) -> str:
    """Say a number of bytes in the unit that suits it, as disks are sold: `900 B`, `4.7 kB`, `34.5 MB`, `120 GB`."""
    value, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:  # what rounds to a thousand is said in the larger unit
            break
        value, unit = value / 1000, larger
    return f"{value:.1f} {unit}" if value < 99.95 and unit != "B" else f"{value:,.0f} {unit}"
