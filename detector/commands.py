"""What each command does with its parsed arguments: read, call the library, print.  Each returns an exit status."""

from __future__ import annotations

import json
import math
import sys
from argparse import Namespace
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from detector.batch import readers
from detector.batch.records import Record
from detector.report.wording import base_rate, bounded, line_of, quoted, visible

if TYPE_CHECKING:
    from detector.report import Finding

DONE, FAILED, WRONG_USE = 0, 1, 2
_LEFT_OUT = {"copies": "as copies", "too_short": "as too short", "no_verdict": "without a verdict"}
_ID_WIDTH = 36
_NAMES: dict[str, Any] = {"initial_indent": "  ", "subsequent_indent": "  ", "break_on_hyphens": False}


class WrongUseError(Exception):
    """The command line asks for something that is not there: a sentence for standard error."""


def complain(sentence: str) -> None:
    """Print one sentence to standard error, whatever it holds."""
    print(f"detector: {visible(sentence)}", file=sys.stderr)


def reading(options: Namespace, paths: Iterable[str]) -> Iterator[Record]:
    """The articles of the inputs, read as the options say."""
    columns = readers.Columns(options.text_column, options.id_column, options.headline_column, options.published_column)
    return readers.read(paths, options.format, columns)


def score(options: Namespace) -> int:
    """Print one row an article, as soon as the chunk that it belongs to is scored."""
    detector = _load(options.model)
    if not options.json:
        print(_columns("article", "score", "p-value", "tier", "resembles"))
    first, failures, count = "", 0, 0
    for row in _rows(detector, reading(options, options.paths)):
        print(_json(row) if options.json else _line(row), flush=True)
        count += 1
        if row["error"]:
            failures += 1
            first = first or f"{row['id']}: {row['error']}"
    if failures:
        complain(first + (f" (and {failures - 1:,} more of {count:,} inputs failed)" if failures > 1 else ""))
    return FAILED if failures else DONE


def _rows(detector: Any, articles: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Rows of the detector with id and error, in the order of the articles; an article with an error has no numbers."""
    waiting: deque[Record] = deque()

    def texts() -> Iterator[str]:
        for article in articles:
            waiting.append(article)
            if article.error is None:
                yield article.text

    keys = next(detector.rows([""]))
    for row in detector.rows(texts()):
        yield from _failed(waiting, keys)
        yield {"id": waiting.popleft().id, **row, "error": None}
    yield from _failed(waiting, keys)


def _failed(waiting: deque[Record], keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    while waiting and waiting[0].error is not None:
        article = waiting.popleft()
        yield {"id": article.id, **dict.fromkeys(keys), "error": article.error}


def _line(row: Mapping[str, Any]) -> str:
    if row["error"]:
        return visible(f"{_id(row['id'])}  error: {row['error']}")
    if row["abstained"]:
        # A bare number beside "no verdict" would be read as one; --json has it.
        return _columns(_id(row["id"]), "-", "-", f"no verdict ({row['abstained']})", "")
    p_value = bounded(row["p_value"])
    return _columns(_id(row["id"]), bounded(row["score"]), p_value, row["tier"], row["resembles"] or "-")


def _columns(name: str, score: str, p_value: str, tier: str, resembles: str) -> str:
    return f"{name:<{_ID_WIDTH}}  {score:>7}  {p_value:>7}  {tier:<6}  {resembles}".rstrip()


def _id(name: str) -> str:
    """An id in its column; of a long one the end, where paths differ."""
    name = visible(name)
    return f"{name if len(name) <= _ID_WIDTH else '...' + name[3 - _ID_WIDTH :]:<{_ID_WIDTH}}"


def explain(options: Namespace) -> int:
    """Print the report of one article."""
    detector, article = _load(options.model), _chosen(options)
    report = detector.explain(article.text)
    if options.html:
        Path(options.html).write_text(report.to_html(), encoding="utf-8")
    print(_json({"id": article.id, **report.to_dict()}) if options.json else report)
    return DONE


def check(options: Namespace) -> int:
    """Print what is odd in one article whatever its score, held against its date where that is known."""
    from detector.batch.rows import day_of

    detector, article = _load(options.model), _chosen(options)
    found = detector.check(article.text, options.published or day_of(article.published))
    for finding in found:
        print(_json({"id": article.id, **asdict(finding)}) if options.json else "\n".join(_suspect(article, finding)))
    if not found and not options.json:
        print("Nothing found: no statements that contradict each other, no odd typography.")
    return DONE


def _suspect(article: Record, finding: Finding) -> Iterator[str]:
    told = f"{finding.message} ({base_rate(finding.base_rate)})"
    yield fill(visible(told), 100, initial_indent=f"{finding.kind:<11} ", subsequent_indent=" " * 12)
    for start, end in finding.spans:
        yield f"{'':12}line {line_of(article.text, start)}: {quoted(article.text, start, end, 76)}"


def features(options: Namespace) -> int:
    """Print the value of every feature of one article."""
    from detector.families import FAMILIES
    from detector.vectorizer import StyleVectorizer

    article, vectorizer = _chosen(options), StyleVectorizer()
    family = {name: family.name for family in FAMILIES for name in family.names}
    values = vectorizer.transform([article.text])[0].tolist()
    rows = [
        {"family": family[name], "feature": name, "value": value, "description": description}
        for (name, description), value in zip(vectorizer.describe().items(), values)
    ]
    if options.json:
        print(_json({"id": article.id, "features": rows}))
    else:
        for row in rows:
            print(f"{row['family']:<11} {row['feature']:<36} {row['value']:>9.3f}  {row['description']}")
    return DONE


def _chosen(options: Namespace) -> Record:
    """The one article that the arguments name."""
    articles = list(reading(options, [options.file]))
    if options.id is not None:
        articles = [article for article in articles if article.id == options.id]
    if not articles:
        named = "no article" if options.id is None else f"no article with the id {options.id}"
        raise WrongUseError(f"{options.file} holds {named}")
    if len(articles) > 1:
        raise WrongUseError(f"{options.file} holds {len(articles):,} articles here; choose one with --id")
    if articles[0].error is not None:
        raise ValueError(f"{articles[0].id}: {articles[0].error}")
    return articles[0]


def info(options: Namespace) -> int:
    """Print what a model says of itself."""
    from detector.modelinfo import describe

    about = describe(_load(options.model).model_)
    print(_json(about) if options.json else "\n".join(_about(about)))
    return DONE


def _about(about: Mapping[str, Any]) -> Iterator[str]:
    date, languages = about["date"] or "undated", ", ".join(about["languages"])
    yield f"{about['model']} {about['model_version']}, {date}, for {languages}"
    yield f"table of human news: {about['table_id']}"
    yield from ("", "How to read it")
    for name, meaning in about["meanings"].items():
        yield fill(meaning, 100, initial_indent=f"  {name.replace('_', '-'):<8} ", subsequent_indent=" " * 11)
    yield from ("", "Experts: the kinds of machine that an article may resemble")
    yield from (f"  {name:<10} {what}" for name, what in about["experts"].items())
    if about["calibration"]:
        yield from ("", *_own(about["calibration"]))
    whose = "human articles like your own" if about["calibration"] else "human news"
    yield from ("", f"Log-odds from which at most this share of {whose} is flagged")
    counted = "own articles" if about["calibration"] else "human articles"
    yield f"  {'words':<10} {counted:>14} {'5 %':>8} {'1 %':>8} {'0.1 %':>8}"
    for band in about["thresholds"]:
        words = _range(band["words_from"], band["words_to"])
        cells = " ".join(
            f"{'-' if one['log_odds'] is None else format(one['log_odds'], '+.3f'):>8}" for one in band["at"]
        )
        yield f"  {words:<10} {band['human_articles']:>14,} {cells}"
    yield from ("", f"  {'Trained on':<34} {'human':>8} {'machine':>8}")
    yield from (f"  {one['source']:<34} {one['human']:>8,} {one['machine']:>8,}" for one in about["corpora"])
    yield from ("", "Machines in training")
    yield fill(", ".join(about["generators"]) or "not named", 100, **_NAMES)
    yield from (
        "",
        "Limits",
        *(fill(limit, 100, initial_indent="  ", subsequent_indent="    ") for limit in about["limits"]),
    )


def calibrate(options: Namespace) -> int:
    """Write a model that is calibrated on one's own human articles, and say what it promises."""
    detector = _load(options.model)
    articles = list(reading(options, options.human))
    failed = [article for article in articles if article.error is not None]
    if failed:
        more = f" (and {len(failed) - 1:,} more of {len(articles):,} inputs failed)" if len(failed) > 1 else ""
        raise ValueError(f"{failed[0].id}: {failed[0].error}{more}")
    own = detector.calibrate(article.text for article in articles)
    own.save(options.output)
    about = own.model_.about
    print(f"{options.output}: {about['name']} {about['version']}", *_own(about["calibration"]), sep="\n")
    return DONE


def _own(calibration: Mapping[str, Any]) -> Iterator[str]:
    """The own articles that a model was calibrated on, and what each rate promises."""
    left_out = ", ".join(f"{what} {calibration[key]:,}" for key, what in _LEFT_OUT.items() if calibration[key])
    yield f"Calibrated on {calibration['articles']:,} of your own articles. Left out: {left_out or 'none'}"
    if calibration["machine_like"]:
        yield fill(
            f"{calibration['machine_like']:,} of them read like machines (p-value at most 0.001 before). Look at them: "
            "if they are no human work, machine articles like them will be missed.",
            100,
        )
    yield f"  {'words':<10} {'own articles':>14} {'at':>8}   flagged of your later human articles, at 95 %"
    for one in calibration["promises"]:
        words = _range(one["words_from"], one["words_to"])
        note = "" if one["own"] else ", an estimate: too few articles"
        share = f"{100 * one['low']:.2g} to {100 * one['high']:.2g} %{note}"
        yield f"  {words:<10} {one['articles']:>14,} {100 * one['max_fpr']:>6g} %   {share}"


def _range(first: int, last: int | None) -> str:
    return f"{first}-{last}" if last else f"{first}+"


def train(options: Namespace) -> int:
    """Train a model on corpora and write it."""
    from detector.model import Detector
    from detector.modelfile import save
    from detector.training import train_files

    given = {"name": options.name or Path(options.output).stem, "version": options.version, "date": options.date}
    parameters = Detector(random_state=options.seed, n_jobs=options.jobs).get_params()
    about = {key: value for key, value in given.items() if value is not None}
    model = train_files(options.data, options.without, parameters, about)
    save(model, Path(options.output))
    articles = sum(one["human"] + one["machine"] for one in model.about["corpora"])
    print(f"{options.output}: {model.about['name']} {model.about['version']}, trained on {articles:,} articles")
    return DONE


def evaluate(options: Namespace) -> int:
    """Hold sources out in turn and print what was found."""
    from detector import card, evaluation, modelfile
    from detector.evaluation import floors
    from detector.model import Detector

    if options.pin and options.only:
        raise WrongUseError("--pin takes a whole evaluation: leave out --only")
    if options.lower_floors and not options.pin:
        raise WrongUseError("--lower-floors says what --pin may do: give both")
    described = Path(options.card) if options.card else None
    model = modelfile.load(described) if described else None  # before the long work, for it may fail
    parameters = Detector(n_jobs=options.jobs).get_params()
    result = evaluation.evaluate(options.data, parameters, options.quick, options.only, model)
    if options.output:
        text = json.dumps(_finite(result), indent=1, ensure_ascii=False)
        Path(options.output).write_text(text + "\n", encoding="utf-8")
    if described and model:
        measured = described.with_name("consistency.json")
        checks = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
        described.with_suffix(".md").write_text(card.card(model, result, checks), encoding="utf-8")
    print(evaluation.summary(result))
    passed, sentences = floors.review(result, options.pin, options.lower_floors)
    for sentence in sentences:
        complain(sentence)
    return DONE if passed else FAILED


def _load(name: str) -> Any:
    from detector.model import load

    try:
        return load(name)
    except ValueError as error:
        raise WrongUseError(str(error)) from None


def _json(value: Any) -> str:
    """One line of JSON; beyond ASCII only where standard output can hold it."""
    wide = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
    return json.dumps(_finite(value), ensure_ascii=not wide, allow_nan=False)


def _finite(value: Any) -> Any:
    """The value with None for what JSON has no number for."""
    if isinstance(value, Mapping):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
