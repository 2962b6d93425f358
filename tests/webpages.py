"""Web pages with the furniture that news sites put around an article, and archives of a crawl that hold them.

The articles are machine-written and about invented places.
"""

import gzip
import io
from functools import cache

PARAGRAPHS = (
    "The harbour board of Port Ellery voted on Tuesday to close the eastern slipway until the spring, after divers "
    "found that two of its timber piles had rotted below the water line.",
    "“We looked at patching it and the numbers did not work,” said Maud Tarrant, who chairs the board. The repair is "
    "expected to cost 340,000 crowns, about a third of what the board takes in mooring fees in a year.",
    "Eleven boats that are hauled out there each winter will have to go to Saltmarsh Quay, four miles up the coast. "
    "Their owners were told by letter last week, and three of them came to the meeting to object.",
    "One of them, Ivo Pellow, said that the road to the quay floods at every spring tide. The board agreed to ask the "
    "county for a pump, and to hear him again at its meeting in November.",
)
TITLE = "Slipway at Port Ellery to stay shut until spring"
TEXT = "\n".join(PARAGRAPHS)
FURNITURE = (
    "We value your privacy",
    "Accept all cookies",
    "Subscribe for full access",
    "Most read this week",
    "Lottery winner buys a lighthouse",
    "I have moored there for thirty years and never saw a diver",
    "All rights reserved",
    "Weather and tides",
)
"""What a reader of the page sees and what is no part of the article."""

_NAVIGATION = """<header class="site-header"><a href="/">The Ellery Packet</a><nav aria-label="main"><ul>
<li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/tides">Weather and tides</a></li>
<li><a href="/subscribe">Subscribe for full access</a></li></ul></nav></header>"""
_COOKIES = """<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We value your privacy. We and our 214
partners store information on a device.</p><button>Accept all cookies</button><button>Settings</button></div>"""
_RELATED = """<aside class="related"><h3>Most read this week</h3><ul>
<li><a href="/news/1">Lottery winner buys a lighthouse</a></li><li><a href="/news/2">Ferry fares up again</a></li>
</ul></aside>"""
_COMMENTS = """<section id="comments" class="comments"><h3>2 comments</h3><div class="comment">
<p>I have moored there for thirty years and never saw a diver. The board should publish the
report and the pictures.</p></div></section>"""
_FOOTER = """<footer><p>© 2026 The Ellery Packet. All rights reserved.</p><a href="/imprint">Imprint</a></footer>
<script>window.dataLayer = [{"page": "article"}];</script>"""


def _paragraphs(tag="p"):
    return "\n".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)


def _page(head, body, charset='<meta charset="utf-8">'):
    title = f"<title>{TITLE} - The Ellery Packet</title>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{charset}{title}{head}</head>\n<body>{body}</body></html>'


@cache
def pages():
    """Pages by the layout that they are made in; all hold the same article."""
    share = '<div class="share-buttons"><a href="#">Share</a><a href="#">Print</a></div>'
    published = '<meta property="article:published_time" content="2026-02-03T17:45:00+00:00">'
    linked = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
        f'"headline": "{TITLE}", "datePublished": "2026-02-03T17:45:00Z"}}</script>'
    )
    headline = f'<h1 class="headline">{TITLE}</h1>'
    semantic = f"<main><article>{headline}<time datetime='2026-02-03'>3 February</time>{share}{_paragraphs()}</article>"
    template = f'<div class="content"><div class="post-body entry-content">{headline}{_paragraphs()}</div></div>'
    columns = (
        f'<div class="wrap"><div class="col-left">{_RELATED}</div><div class="col-main"><div class="article-body" '
        f'itemprop="articleBody">{headline}{_paragraphs()}</div></div></div>'
    )
    return {
        "newspaper": _page(published, f"{_COOKIES}{_NAVIGATION}{semantic}</main>{_RELATED}{_COMMENTS}{_FOOTER}"),
        "blog": _page(linked, f"{_NAVIGATION}{template}{_COMMENTS}{_RELATED}{_FOOTER}{_COOKIES}"),
        "columns": _page("", f"{_NAVIGATION}{columns}{_COMMENTS}{_FOOTER}{_COOKIES}"),
    }


def front_page():
    """A page of links, such as every crawl holds: no article."""
    return _page("", _NAVIGATION + "".join(f'<div><a href="/news/{n}"></a></div>' for n in range(20)))


def response(url, body, kind="text/html; charset=utf-8", status="200 OK", headers=()):
    """A WARC record of what a server answered."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, "", ""]
    http = "\r\n".join(lines).encode() + (body if isinstance(body, bytes) else body.encode())
    return record("response", url, http, "application/http; msgtype=response")


def record(kind, url, content, content_type):
    """A WARC record."""
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"WARC-Date: 2026-02-04T06:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return header.encode() + content + b"\r\n\r\n"


def crawl():
    """The records of a small crawl: pages, and what else a crawler writes."""
    url = "https://packet.example/"
    yield record("warcinfo", url, b"software: a test\r\n", "application/warc-fields")
    for name, page in pages().items():
        yield record("request", url + name, b"GET / HTTP/1.1\r\nHost: packet.example\r\n\r\n", "application/http")
        yield response(url + name, page)
    yield response(url + "logo.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "image/png")
    yield response(url + "old", pages()["blog"], status="301 Moved Permanently")
    yield response(url + "gone", pages()["blog"], status="404 Not Found")
    yield response(url, front_page())


def packed(records):
    """Records as .warc.gz files hold them: each compressed on its own."""
    stream = io.BytesIO()
    for one in records:
        stream.write(gzip.compress(one, mtime=0))
    return stream.getvalue()
