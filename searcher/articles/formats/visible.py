"""Text from outside, made safe and plain: what a reader sees, lines ended by newlines."""

from __future__ import annotations

import re

from searcher.text.safety import printable

_GAPS = re.compile(r"\n[^\S\n]*\n\s*\n")
# UTF-8 that was once read as Windows-1252 and so saved: a byte that begins a character, and those that go on with it.
_GOES_ON = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(f"[\xc2-\xde]{_GOES_ON}|[\xe0-\xf4]{_GOES_ON}{{2}}")


def visible(text: str) -> str:
    """Give a text with newlines alone between lines and nothing in it that acts on a terminal.

    Several blank lines are one, and none stands at either end. Characters that were misread before the text was saved
    (`Nelsonâ€™s`) are mended.
    """
    if not text.isascii() and _MISREAD.search(text):
        text = _mended(text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = plain if _is_plain(plain) else printable(text)
    if "\n\n\n" in text or "\n " in text or "\n\xa0" in text:
        text = _GAPS.sub("\n\n", text)
    return text.strip()


def _mended(text: str) -> str:
    from ftfy import fix_encoding

    return "\n".join(fix_encoding(line) if _MISREAD.search(line) else line for line in text.split("\n"))


def _is_plain(text: str) -> bool:
    """Whether a text is of western letters and lines alone, as most are, and need not be looked at more closely."""
    if not text.replace("\n", " ").replace("\xa0", " ").isprintable():
        return False
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
