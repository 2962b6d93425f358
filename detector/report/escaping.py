"""Article text in HTML: nothing of it may become markup."""

from __future__ import annotations

from html import escape


def safe(text: str) -> str:
    """Text with markup escaped; what HTML cannot hold (lone surrogates, control characters) becomes U+FFFD.

    >>> safe('<b title="x">&')
    '&lt;b title=&quot;x&quot;&gt;&amp;'
    """
    if text.isascii() and text.isprintable():
        return escape(text)
    return escape("".join(c if c in "\t\n\r" or _allowed(ord(c)) else "\ufffd" for c in text))


def _allowed(point: int) -> bool:
    return 0x20 <= point < 0x7F or (point >= 0xA0 and not 0xD800 <= point <= 0xDFFF)
