"""The tables of a summary's page; each is empty where there is nothing to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from detector.report.charts import whisker
from detector.report.corpus import wording
from detector.report.escaping import safe
from detector.report.wording import bounded, shortened

if TYPE_CHECKING:
    from detector.report.corpus import Summary
    from detector.report.corpus.shares import Groups, Share

_NUMBER, _PICTURE, _WIDE, _LONG = "number", "picture wide", "wide", "long"
_SHARE = ("share (interval)", "number share")


def table(caption: str, head: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    """A table whose rows hold HTML: `head` is the title and the class of each column; the first cell heads its row."""
    body = [
        "<tr>" + f'<th scope="row"{_class(head[0][1])}>{first}</th>'
        + "".join(f"<td{_class(name)}>{cell}</td>" for (_, name), cell in zip(head[1:], rest)) + "</tr>"
        for first, *rest in rows
    ]  # fmt: skip
    if not body:
        return ""
    titles = "".join(f'<th scope="col"{_class(name)}>{safe(title)}</th>' for title, name in head)
    lines = "\n".join(body)
    head_row = f"<caption>{safe(caption)}</caption>\n<thead><tr>{titles}</tr></thead>"
    return f"<table>{head_row}\n<tbody>\n{lines}\n</tbody></table>\n"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _told(one: Share) -> str:
    """A share and its interval, which may stand on two lines."""
    return f'<span>{wording.percent(one.share)}</span> <span class="faint">({wording.between(one.interval)})</span>'


def levels(summary: Summary) -> str:
    """The share flagged at each tier beside the share expected of human news."""
    head = [("tier", ""), ("flagged", f"{_NUMBER} {_WIDE}"), _SHARE, ("human news, at most", _NUMBER)]
    rows = (
        [safe(one.flagged.name), f"{one.flagged.hits:,}", _told(one.flagged), wording.rate(one.max_fpr)]
        for one in summary.levels
    )
    return table("Articles flagged at each tier, those of the tiers above it included", head, rows)


def if_like(summary: Summary) -> str:
    """The estimate for each kind of machine."""
    head = [
        ("if all were like", ""),
        ("flagged of these", _NUMBER),
        ("machine-made then", f"{_NUMBER} share"),
    ]
    rows = ([safe(name), wording.roughly(rate), share] for name, rate, share in wording.if_like(summary))
    return table("The estimate by kind of machine", head, rows)


def groups(found: Groups, threshold: float) -> str:
    """A row for each group, with a picture of its interval on a common scale."""
    every = [*found.shown, *([found.others] if found.others else [])]
    top = max([threshold, *(one.interval[1] for one in every)], default=1)
    head = [(found.column, _LONG), ("articles", _NUMBER), ("flagged", f"{_NUMBER} {_WIDE}"), _SHARE,
            (f"0 to {wording.percent(top)}", _PICTURE)]  # fmt: skip
    rows = (
        [safe(shortened(one.name, 80)), f"{one.n:,}", f"{one.hits:,}", _told(one), _picture(one, top, threshold)]
        for one in every
    )
    return table(
        f"Share flagged by {found.column}; the dashed line is what is expected of human news at most", head, rows
    )


def _picture(one: Share, top: float, threshold: float) -> str:
    low, high = one.interval
    return whisker(one.share / top, low / top, high / top, threshold / top)


def periods(found: Groups) -> str:
    """The periods of a chart as a table that opens on demand."""
    shown = [one for one in found.shown if one.n]
    head = [(found.unit or "", ""), ("articles", _NUMBER), ("flagged", f"{_NUMBER} {_WIDE}"), _SHARE]
    rows = table(f"Share flagged by {found.unit}", head, map(_numbers, shown))
    return f"<details><summary>The same as a table</summary>\n{rows}</details>\n" if rows else ""


def _numbers(one: Share) -> list[str]:
    return [safe(one.name), f"{one.n:,}", f"{one.hits:,}", _told(one)]


def families(summary: Summary) -> str:
    """Mean contributions of each family in flagged articles and in others, with bars for what speaks for a machine."""
    top = max((max(one.flagged, one.others) for one in summary.families), default=1)
    head = [
        ("family", ""),
        ("flagged", _NUMBER),
        ("others", _NUMBER),
        ("difference", f"{_NUMBER} {_WIDE}"),
        ("", _PICTURE),
    ]
    rows = (
        [safe(one.name), _signed(one.flagged), _signed(one.others), _signed(one.flagged - one.others),
         _bar(one.flagged / top, "flagged") + _bar(one.others / top, "others") if top > 0 else ""]
        for one in summary.families
    )  # fmt: skip
    told = "Mean contribution to the log-odds; above 0 speaks for a machine. The upper bar is that of the flagged"
    return table(told, head, rows)


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:+.2f}"  # nothing is shown as -0.00


def _bar(share: float, name: str) -> str:
    return f'<span class="both {name}" style="width: {100 * max(share, 0):.1f}%"></span>'


def resembles(summary: Summary) -> str:
    """The experts that lead in the flagged articles."""
    head = [("expert", ""), ("what it knows", ""), ("flagged", _NUMBER)]
    rows = (
        [safe(name), safe(summary.experts.get(name, "")), f"{count:,}"] for name, count in summary.resembles.items()
    )
    return table("Flagged articles by the kind of machine that they read most like", head, rows)


def phrases(summary: Summary) -> str:
    """Stock phrases and the shares of articles that hold them."""
    if not summary.phrases:
        return ""
    first = summary.phrases[0]
    head = [("phrase", _LONG), ("of the flagged", _NUMBER), ("of others", _NUMBER)]
    rows = ([f"<q>{safe(one.text)}</q>", wording.percent(one.flagged.share), wording.percent(one.others.share)]
            for one in summary.phrases)  # fmt: skip
    return table(
        f"In {first.flagged.n:,} flagged articles and {first.others.n:,} others that were read for them", head, rows
    )


def checks(summary: Summary) -> str:
    """Findings by kind and check, beside what human news shows."""
    head = [
        ("check", ""),
        ("kind", _WIDE),
        ("articles", f"{_NUMBER} {_WIDE}"),
        _SHARE,
        ("human news, at most", _NUMBER),
    ]
    rows = (
        [safe(one.articles.name.replace("_", " ")), safe(one.kind), f"{one.articles.hits:,}",
         _told(one.articles), wording.percent(one.expected)] for one in summary.checks
    )  # fmt: skip
    return table("Articles with a finding; a suspect to look at, no verdict", head, rows)


def suspicious(summary: Summary, links: Mapping[int, str]) -> str:
    """The articles with the lowest p-values, with links to their reports and to where they were published."""
    head = [
        ("article", _LONG),
        ("p-value", _NUMBER),
        ("tier", _WIDE),
        ("resembles", _WIDE),
        ("raised most by", ""),
        ("findings", f"{_NUMBER} {_WIDE}"),
    ]
    rows = (
        [_named(one.title, one.id, one.url, links.get(one.row)), bounded(one.p_value), safe(one.tier or "-"),
         safe(one.resembles or "-"), safe(", ".join(f"{name} {value:+.1f}" for name, value in one.families)),
         f"{one.findings:,}"] for one in summary.suspicious
    )  # fmt: skip
    return table("Articles with the lowest p-values", head, rows)


def _named(title: str | None, name: str, url: str | None, report: str | None) -> str:
    """Title or id, which leads to the report where there is one, and a link to the page where it was published."""
    shown = f"<bdi>{safe(shortened(title or name, 120))}</bdi>"
    if report:
        shown = f'<a href="{safe(report)}">{shown}</a>'
    if url and re.match(
        r"https?://", url, re.IGNORECASE
    ):  # anything else, such as javascript:, would run or open a file
        shown += f' <a class="faint" rel="noreferrer noopener" href="{safe(url)}">published</a>'
    return shown


def reasons(summary: Summary) -> str:
    """Why articles have no verdict, and why some could not be read."""
    head = [("reason", _LONG), ("rows", _NUMBER)]
    found = (
        (title, reasons)
        for title, reasons in (("No verdict", summary.abstained), ("Not read", summary.failed))
        if reasons
    )
    return "".join(
        table(title, head, ([safe(reason), f"{count:,}"] for reason, count in reasons.items()))
        for title, reasons in found
    )
