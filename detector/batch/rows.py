"""Rows: what is said of each article in a table, the same for Python, for the command line and for every engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from detector.additive import Evidences
from detector.batch.groups import groups
from detector.batch.plain import plain
from detector.estimator import CHUNK_ARTICLES, CHUNK_CHARACTERS, check_rate, chunks
from detector.families import FAMILIES
from detector.findings import findings
from detector.verdict import judge, verdicts

if TYPE_CHECKING:
    from detector.batch.records import Record
    from detector.model import Detector
    from detector.modelfile import Model
    from detector.report import Finding

CONTRIBUTIONS = tuple(f"contribution_{name}" for name in ("intercept", *(one.name for one in FAMILIES), "ngrams"))
"""Columns that add up to `log_odds`: the leading expert's intercept, families and n-grams."""

NAMES = (
    *("score", "log_odds", "p_value", "tier", "abstained", "flagged", "resembles", "words"),
    *CONTRIBUTIONS,
    *("findings", "findings_list", "model", "model_version", "table", "threshold_fpr"),
)
"""The columns of a table, in order; `names(explain=True)` has one more."""


def names(explain: bool = False) -> tuple[str, ...]:
    """The columns that `columns` gives, in order.

    >>> [name for name in names(explain=True) if name not in NAMES]
    ['evidence']
    """
    at = NAMES.index("findings_list") + 1
    return (*NAMES[:at], "evidence", *NAMES[at:]) if explain else NAMES


def columns(
    detector: Detector,
    texts: Sequence[str],
    *,
    max_fpr: float = 0.01,
    explain: bool = False,
    published: Sequence[date | None] = (),
    headlines: Sequence[str | None] = (),
    checked: bool = True,
) -> dict[str, list[Any]]:
    """One list of `len(texts)` for each of `names(explain)`, of plain values: what is not there is None.

    `published` are the days of publication and `headlines` the headlines, which the texts are held against; without
    them none is known.  If not `checked`, texts are not searched for findings, and these are None.
    Raises `ValueError` if `max_fpr` does not lie between 0 and 1, `TypeError` for a text that is no str.
    """
    check_rate(max_fpr)
    result: dict[str, list[Any]] = {name: [] for name in names(explain)}
    at = 0
    for chunk in chunks(texts):
        known = published[at : at + len(chunk)], headlines[at : at + len(chunk)]
        found = _columns(detector.model_, chunk, max_fpr, explain, known if checked else None)
        for name, values in result.items():
            values += found[name]
        at += len(chunk)
    return result


def _columns(
    model: Model,
    texts: list[str],
    max_fpr: float,
    explain: bool,
    known: tuple[Sequence[date | None], Sequence[str | None]] | None,
) -> dict[str, list[Any]]:
    # A feature without a weight contributes 0; of such ones those that are findings are measured for these.
    evidences = Evidences.from_texts(texts, frozenset() if explain else model.panel.weightless)
    judged = judge(model, evidences)
    given = verdicts(model, evidences, judged)
    found = None if known is None else findings(model, evidences.batch, *known)
    contributions = zip(CONTRIBUTIONS, judged.contributions().values(), strict=True)
    result: dict[str, list[Any]] = {
        **{name: [getattr(one, name) for one in given] for name in ("score", "log_odds", "tier", "abstained")},
        "p_value": [None if math.isnan(one.p_value) else one.p_value for one in given],
        "flagged": (judged.p_values <= max_fpr).tolist(),
        **{name: [getattr(one, name) for one in given] for name in ("resembles", "words")},
        **{name: values.tolist() for name, values in contributions},
        "findings": [None] * len(texts) if found is None else [len(mine) for mine in found],
        "findings_list": [None] * len(texts) if found is None else [[_plain(one) for one in mine] for mine in found],
        "model": [model.about["name"]] * len(texts),
        "model_version": [model.about["version"]] * len(texts),
        "table": [model.reference.table_id] * len(texts),
        "threshold_fpr": [max_fpr] * len(texts),
    }
    if explain:
        from detector.explanation import evidence_of

        result["evidence"] = [mine.as_dicts() for mine in evidence_of(model, evidences, judged, texts)]
    return result


def _plain(finding: Finding) -> dict[str, Any]:
    """A finding as `asdict` gives it, in a fifth of the time, with lists for tuples."""
    return {**vars(finding), "spans": list(map(list, finding.spans))}


def row_names(keep: Sequence[str] = (), explain: bool = False) -> tuple[str, ...]:
    """The columns of `rows`, in order; a `ValueError` names an input column whose name the output has already.

    >>> row_names(["outlet", "score"])
    Traceback (most recent call last):
    ValueError: the input column score cannot be kept: the output has a column of that name
    """
    own = ("id", *names(explain), "error")
    for name in keep:
        if name in own:
            raise ValueError(f"the input column {name} cannot be kept: the output has a column of that name")
    return ("id", *dict.fromkeys(keep), *own[1:])


def rows(
    detector: Detector,
    records: Iterable[Record],
    *,
    keep: Sequence[str] = (),
    max_fpr: float = 0.01,
    explain: bool = False,
    checked: bool = True,
) -> Iterator[dict[str, Any]]:
    """One dictionary a record, in order: its id, the input columns to keep, the columns, and its error or None.

    `checked` is that of `columns`.  A record with an error, or one that cannot be scored, has its error and None for
    the columns.
    """
    check_rate(max_fpr)
    row_names(keep, explain)  # refuses names that a row has of its own
    keep, nothing = tuple(dict.fromkeys(keep)), dict.fromkeys(names(explain))
    # Small groups, so that an article that fails makes few others be measured again.
    for group in groups(records, CHUNK_ARTICLES, CHUNK_CHARACTERS):
        for record, values in zip(group, _scored(detector, group, max_fpr, explain, checked), strict=True):
            error = values.pop("error", None) or record.error
            kept = {name: plain(record.kept.get(name)) for name in keep}
            yield {"id": record.id, **kept, **(values or nothing), "error": error}


def _scored(
    detector: Detector, group: list[Record], max_fpr: float, explain: bool, checked: bool
) -> list[dict[str, Any]]:
    """The columns of each record of a group; of one that fails, its error."""
    good = [record for record in group if record.error is None]
    days = [day_of(record.published) for record in good]
    try:
        texts = [record.text for record in good]
        lines = [record.headline for record in good]
        found = columns(
            detector,
            texts,
            max_fpr=max_fpr,
            explain=explain,
            published=days,
            headlines=lines,
            checked=checked,
        )
    except Exception as error:  # noqa: BLE001 - whatever an article does, it must not take the others with it
        if len(group) > 1:
            return [one for record in group for one in _scored(detector, [record], max_fpr, explain, checked)]
        return [{"error": f"cannot be scored: {type(error).__name__}{f': {error}' if str(error) else ''}"}]
    told = (dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True))
    return [next(told) if record.error is None else {} for record in group]


def day_of(published: object) -> date | None:
    """The day of a date as tables and feeds write it: ISO 8601 or RFC 2822; None for anything else.

    >>> day_of("2024-03-01T23:30:00Z"), day_of("Fri, 01 Mar 2024 23:30:00 GMT"), day_of("last week")
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), None)
    """
    if isinstance(published, date):
        return published.date() if isinstance(published, datetime) else published
    if not isinstance(published, str):
        return None
    try:
        return datetime.strptime(published.strip()[:10], "%Y-%m-%d").date()
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(published).date()
    except (TypeError, ValueError):
        return None
