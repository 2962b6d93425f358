"""Careers: two steps of one history that stand in the wrong order, or not as far apart as is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import word_set
from detector.consistency.years import COUNT, IN, Y, beside, finished, number, quote, rows, year_pairs
from detector.patterns import Pattern

_START = (
    r"(?:joined|started|began|opened|founded|established|launched|formed|took (?:office|over)|entered|enrolled|elected"
    r"|appointed|hired|arrived|signed|set up|inaugurated|assumed|came to|moved to|married|became|introduced|arrested"
    r"|charged|accused|passed|approved|adopted|enacted|named|worked|served)"
)
_LEAVES = frozenset(("left", "retired", "resigned", "quit", "departed"))
_ENDED = (
    "left retired resigned quit departed closed ended dissolved disbanded folded died divorced reelected abolished"
    " scrapped demolished repealed expired convicted sentenced completed reopened promoted"
)
_END = rf"(?P<end>{'|'.join(_ENDED.split())}|re-(?:elected|opened)|(?:stepped|shut|closed) down)\b"
_ADVERBS = r"(?:(?:then|later|finally|eventually|subsequently|was|were|had)\s)*"
_IN = rf"\s(?:in|on)\s{IN}"
_REST = rf"(?P<g3>[^.;:,\n\d]{{0,50}}?){_IN}"
_PAIR = Pattern(
    rf"\b{_START}\b(?P<g1>[^.;:,\n\d]{{0,70}}?){_IN}(?P<a>{Y})\b(?P<g2>[^.;:,\n\d]{{0,40}}?)"
    rf"(?:,?\sand\s{_ADVERBS}|,\s(?=left|retired|resigned|quit|died|closed|shut|dissolved)){_END}{_REST}(?P<b>{Y})\b"
)
_NEXT = Pattern(
    rf"\b{_START}\b(?P<g1>[^.;:,\n\d]{{0,70}}?){_IN}(?P<a>{Y})\b(?P<g2>[^.;:,\n\d]{{0,40}})\.\s{{1,2}}"
    rf"(?:(?:He|She|They|It)\s{_ADVERBS}{_END}{_REST}(?P<b>{Y})"
    rf"|In\s{IN}(?P<c>{Y}),?\s(?:he|she|they|it)\s{_ADVERBS}(?P<end2>{_ENDED.replace(' ', '|')})"
    r"(?P<g4>[^.;:,\n\d]{0,50}))\b"
)
_UNTIL = Pattern(
    rf"\b(?:began|started|opened|launched|ran|running|lasted|served|worked)\b(?P<g1>[^.;:,\n\d]{{0,40}}?)"
    rf"\s(?:in|on|from)\s{IN}(?P<a>{Y})\b(?P<g2>)(?:\sand\s(?:ran|lasted|stayed|continued|remained|served)\b"
    rf"(?P<g3>[^.;:,\n\d]{{0,40}}?))?\s(?:until|till)\s{IN}(?P<b>{Y})\b"
)
_BEFORE = Pattern(
    rf"\b(?:{_START}|\w{{3,}}ed)\b(?P<g1>[^.;:,\n\d]{{0,70}}?)\s(?:in|on|from)\s{IN}(?P<a>{Y})\b(?P<g2>),?\sbefore\s"
    rf"(?:leaving|moving|joining|retiring|becoming|resigning|taking|starting|returning|being|going|winning|opening"
    rf"|closing)\b(?P<g3>[^.;:,\n\d]{{0,60}}?){_IN}(?P<b>{Y})\b"
)
_BREAK = Pattern(
    r"\b(?:but|while|whereas|who|which|whose|where|when|that|until|since|because|after|before|though|although|not"
    r"|never|days?|months?|weeks?|again|and (?:the|his|her|its|their|a)|\w{2,}ed|built|held|won|made)\b"
)
_PLAIN = (
    "a an the his her its their from it in of for good post job office role position company firm club team party band"
    " board council paper bank"
)
_WORD = Pattern(r"[\w'’-]+")
_NEXT_STEP = Pattern(r"[\s,.]*(?:and\s)?")


def steps_out_of_order(article: Article) -> Iterator[Suspect]:
    """Two steps of one history stand in the wrong order.

    >>> show(steps_out_of_order, "She joined the mill in 2018 and retired in 2012.")
    [['joined the mill in 2018', 'retired in 2012']]
    """
    text = article.keep(finished)
    for first, second, step in rows(article, 110):
        for pattern in (_PAIR, _NEXT, _UNTIL, _BEFORE) if step < 0 else ():
            found = pattern.search(text, max(0, first[0] - 110), second[1] + 60)
            if found and _of_one(found, first, second):
                begin = found.end("a")
                rest = _NEXT_STEP.match(text, begin)
                begin = rest.end() if rest else begin
                spans = (found.start(), first[1]), (begin, found.end())
                yield Suspect("“{}” and “{}” are in the wrong order.".format(*quote(article, *spans)), spans)
                break


def _of_one(found: re.Match[str], first: Span, second: Span) -> bool:
    """True if the match tells of these two years and what ends is what began."""
    groups = {name: told or "" for name, told in found.groupdict().items()}
    if found.span("a") != first or found.span("b" if groups["b"] else "c") != second:
        return False
    rest = groups.get("g3") or groups.get("g4") or ""
    if any(_BREAK.search(told) for told in (groups["g1"], groups["g2"], rest)):
        return False
    end = groups.get("end") or groups.get("end2")
    return end not in _LEAVES or set(_WORD.findall(rest.lower())) <= set(_PLAIN.split()) | set(
        _WORD.findall(groups["g1"].lower())
    )


_STEP = Pattern(
    rf"(?P<tail>[^.;:,\n\d]{{0,40}}?)(?P<stop>\.\s{{1,2}}|[,;]?\s(?:and|but)?,?\s?|,\s)"
    rf"(?P<told>(?:(?P<n>{COUNT}|[Aa])\s(?P<unit>year|decade)s?\s(?P<way>later|earlier|after that|before that)"
    r"|(?P<back>[Bb]efore (?:that|then)|[Pp]rior to that|Earlier)|(?P<on>[Aa]fter that|[Aa]fterwards|[Ss]ubsequently))"
    rf",?\s(?:in|from)\s{IN})"
    rf"|(?P<tail3>)(?P<told3>,? having (?:previously|earlier) [a-z]+\b[^.;:,\n\d]{{0,70}}? in {IN}"
    rf"| after (?:leaving|resigning|retiring|stepping down)\b[^.;:,\n\d]{{0,60}}? in {IN})"
    r"|(?P<tail2>[^.;:,\n\d]{0,40}?)(?P<stop2>\.\s{1,2})(?P<told2>(?:He|She)\shad\s(?P<had>previously|earlier)"
    rf"\s(?:been|served|worked|held|led|taught|joined|run|won)\b[^.;:,\n\d]{{0,50}}?\s(?:in|from|since)\s{IN})"
)
_HE = Pattern(
    r"(?:\s?[-–—]\s?(?:1[0-9]|20)?\d\d)?,?\s(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[A-Z][\w'’-]+ (?:[a-z]+ed|had|was))\b"
)
_AT = Pattern(rf"\b(?:in|since|on)\s{IN}\Z")
_COMING = Pattern(r"\b(?:will|would|could|may|might|by|until|plans?|expected|set to|due|between|from)\b")


def steps_out_of_step(article: Article) -> Iterator[Suspect]:
    """A step told as before or after another one is not, or not by as many years.

    >>> show(steps_out_of_step, "Ms Vale joined the council in 2018. Before that, in 2019, she ran a mill.")
    [['2018', 'Before that, in 2019']]
    """
    text = article.keep(finished)
    for first, second, step in rows(article, 110):
        found = _STEP.fullmatch(text, first[1], second[0])
        if not found or _BREAK.search(found["tail"] or found["tail2"] or ""):
            continue
        start = article.sentence_of(first[0])[0]
        clause = text[max(start, first[0] - 200) : first[0]]
        if not _AT.search(clause) or _DOUBT.search(clause) or _COMING.search(clause) or re.search(r"\d{4}", clause):
            continue
        if "." in (found["stop"] or "") and not _HE.match(text, second[1]):
            continue
        if _wrong(found, step):
            spans = first, (next(found.start(one) for one in ("told", "told2", "told3") if found[one]), second[1])
            yield Suspect("“{1}” does not fit “{0}” before it.".format(*quote(article, *spans)), spans)


_DOUBT = Pattern(r"\b(?:but|while|who|which|whose|where|when|that|because|after|before|though|although|not|never)\b")


def _wrong(found: re.Match[str], step: int) -> bool:
    """True if a year so many years after another one is not as far from it as the words say."""
    if found["n"]:
        many = number(found["n"]) * (10 if found["unit"] == "decade" else 1)
        sign = 1 if found["way"] in {"later", "after that"} else -1
        return abs(sign * step - many) > max(1, many // 10)
    return step > 0 if found["back"] or found["had"] or found["told3"] else step < 0


_ENDS = word_set(_ENDED + " elected opened down")
_UNTIL_WORDS = word_set("before until till")
_SPANS = word_set("year years decade decades")
_WAYS = word_set("later earlier after before")
_ONWARD = word_set("after afterwards subsequently")
_BACKWARD = word_set("before prior previously earlier leaving resigning retiring stepping")


def _ordered_pair(batch: Batch) -> np.ndarray:
    first, second, step = year_pairs(batch)
    back = second[(second - first <= 30) & (step < 0)]
    return np.concatenate([beside(batch, back, _ENDS, 14, 10), beside(batch, back, _UNTIL_WORDS, 16, 0)])


def _stepped(batch: Batch) -> np.ndarray:
    first, second, step = year_pairs(batch)
    close = second - first <= 30
    found = [
        beside(batch, beside(batch, second[close], _SPANS, 9, 0), _WAYS, 8, 0),
        beside(batch, second[close & (step < 0)], _ONWARD, 8, 0),
        beside(batch, second[close & (step > 0)], _BACKWARD, 18, 0),
    ]
    return np.concatenate(found)


KIND = "timeline"
CHECKS: tuple[Check, ...] = (
    Check(KIND, steps_out_of_order, _ordered_pair),
    Check(KIND, steps_out_of_step, _stepped),
)

__all__ = ["CHECKS", "show"]
