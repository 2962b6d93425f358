"""Detector: scores articles, explains scores, and follows the protocol of a scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from detector import modelfile
from detector.additive import Evidences
from detector.batchtext import Batch
from detector.estimator import Estimator, check_rate, check_text, chunks
from detector.modelfile import Model
from detector.report import Finding, Report
from detector.shipped import model_path
from detector.verdict import Judged, judge, logistic

if TYPE_CHECKING:
    from detector.recalibration import Promise
    from detector.windows import WindowScores


class Detector(Estimator):
    """A classifier of news articles, given as strings: class 0 is human, class 1 machine.

    `load` gives one that is fitted; `fit` trains one.  `alpha` is the strength of the penalty on the weights, `folds`
    the number of parts for the cross-fitted scores behind calibration and human table, `random_state` the seed of the
    random crops, `n_jobs` the number of processes in training.
    """

    _estimator_type = "classifier"

    def __init__(
        self, *, alpha: float = 0.002, folds: int = 5, random_state: int = 0, n_jobs: int | None = None
    ) -> None:
        self.alpha = alpha
        self.folds = folds
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(
        self,
        texts: Iterable[str],
        y: Iterable[int],
        groups: Iterable[Any] | None = None,
        sources: Iterable[str] | None = None,
    ) -> Detector:
        """Train the experts, calibrate them and make the human table, all from cross-fitted scores.

        `groups` joins articles that must not be separated (an article and its rewrites); `sources` names the outlet or
        corpus of each: sources weigh equally in the human table and are left out whole in the cross-fitting.  Raises
        `ValueError` where a class is missing or there are too few articles for a table, `TypeError` for what is no str.
        """
        from detector.training import corpus_of, train

        self.model_ = train(corpus_of(texts, y, groups, sources), self.get_params())
        self.classes_ = np.array([0, 1])
        return self

    @classmethod
    def _of(cls, model: Model) -> Detector:
        detector = cls(**{name: model.about["parameters"][name] for name in cls._parameter_names()})
        detector.model_, detector.classes_ = model, np.array([0, 1])
        return detector

    def calibrate(self, human_texts: Iterable[str]) -> Detector:
        """A new detector whose p-values rest on one's own human articles, at least 50; scores stay the same.

        See `detector/recalibration.py` for what they mean then, and `promise` for what they are worth.  Give articles
        that people wrote beyond doubt, and that the model was not trained on.  Raises `ValueError` where too few are
        usable or the detector is calibrated on own articles already, `TypeError` for what is no str.
        """
        from detector.ownarticles import calibrate

        return self._of(calibrate(self._model, human_texts))

    def promise(self, max_fpr: float) -> tuple[Promise, ...]:
        """For each range of lengths, between what shares of later human articles are flagged at `max_fpr`.

        Raises `ValueError` where the detector was not calibrated on own articles: nothing can be promised then.
        """
        from detector.recalibration import own_lengths

        check_rate(max_fpr)
        groups = own_lengths(self._model.about)
        if not groups:
            raise ValueError("nothing is promised without calibration on own articles: call calibrate first")
        return tuple(group.promise(max_fpr) for group in groups)

    def save(self, path: str | Path) -> None:
        """Write the fitted model to an .npz file that `load` reads."""
        modelfile.save(self._model, Path(path))

    @property
    def _model(self) -> Model:
        self._check_fitted()
        return self.model_

    def decision_function(self, texts: str | Iterable[str]) -> Any:
        """The log-odds of machine origin at even prevalence, finite for every str: a float, or an array of float64."""
        return _shaped(texts, (judged.log_odds for judged in self._judged(texts)))

    def score(self, texts: str | Iterable[str], y: Iterable[int] | None = None) -> Any:
        """The probability of machine origin at even prevalence; with labels `y`, the accuracy, as in scikit-learn."""
        if y is not None:
            return float(np.mean(self.predict(texts) == np.asarray(list(y))))
        return _shaped(texts, (logistic(judged.log_odds) for judged in self._judged(texts)))

    def p_value(self, texts: str | Iterable[str]) -> Any:
        """The share of human news with at least this log-odds; NaN where the detector abstains."""
        return _shaped(texts, (judged.p_values for judged in self._judged(texts)))

    def flag(self, texts: str | Iterable[str], max_fpr: float = 0.01) -> Any:
        """True where the p-value is at most `max_fpr`, False where it is not and where the detector abstains.

        Raises `ValueError` if `max_fpr` does not lie between 0 and 1.
        """
        check_rate(max_fpr)
        return _shaped(texts, (judged.p_values <= max_fpr for judged in self._judged(texts)), bool)

    def predict(self, texts: Iterable[str]) -> np.ndarray:
        """Class 1 where the log-odds are positive, else class 0: the better guess at even prevalence, no accusation."""
        return (np.atleast_1d(self.decision_function(texts)) > 0).astype(int)

    def predict_proba(self, texts: Iterable[str]) -> np.ndarray:
        """Probabilities of class 0 and 1 at even prevalence: (N, 2)."""
        score = np.atleast_1d(self.score(texts))
        return np.stack([1 - score, score], axis=1)

    def threshold(self, max_fpr: float, words: int | None = None) -> float:
        """The log-odds from which at most `max_fpr` of human news of that many words are flagged.

        Without `words` it is the largest over all lengths.  It is infinite where the number of human articles
        cannot support that rate.  Raises `ValueError` if `max_fpr` does not lie between 0 and 1.
        """
        check_rate(max_fpr)
        return self._model.reference.threshold(max_fpr, words)

    # A str is an iterable of str as well; the first signature that fits holds.
    @overload
    def explain(self, texts: str) -> Report: ...  # type: ignore[overload-overlap]

    @overload
    def explain(self, texts: Iterable[str]) -> list[Report]: ...

    def explain(self, texts: str | Iterable[str]) -> Report | list[Report]:
        """The report of one article, or a list of reports of several; raises `TypeError` for what is no str.

        Several at once take a fraction of the time.  A report holds over a thousand passages: give a million articles
        in parts.
        """
        from detector.explanation import explain_articles

        model = self._model
        reports = [one for chunk in chunks(texts) for one in explain_articles(model, chunk)]
        return reports[0] if isinstance(texts, str) else reports

    def check(self, text: str, published: date | None = None, headline: str | None = None) -> list[Finding]:
        """What is odd in an article whatever its score: statements that disagree, and typography, by place.

        With the day of publication the text's dates are held against it as well, and with the headline its names, its
        counts and its verdicts.  Raises `TypeError` for a text or a headline that is no str and for a day that is no
        date.
        """
        from detector.findings import findings

        check_text(text, "text")
        if published is not None and not isinstance(published, date):
            raise TypeError(f"published is {type(published).__name__}, not a date")
        if headline is not None:
            check_text(headline, "headline")
        return findings(self._model, Batch.from_texts([text]), [published], [headline])[0]

    def windows(self, text: str) -> WindowScores:
        """The scores of an article's windows of about 120 words; raises `TypeError` for anything but a str."""
        from detector.windows import window_scores

        check_text(text, "text")
        return window_scores(self._model, [text])[0]

    def rows(self, texts: Iterable[str], *, max_fpr: float = 0.01, explain: bool = False) -> Iterator[dict[str, Any]]:
        """One plain dictionary an article, in order: what the command line prints and a table holds.

        Each is flagged at `max_fpr`; with `explain` it holds the passages behind the score too.  Raises `ValueError`
        if `max_fpr` does not lie between 0 and 1, `TypeError` for a text that is no str.
        """
        from detector.batch.rows import columns

        self._check_fitted()
        check_rate(max_fpr)
        for chunk in chunks(texts):
            found = columns(self, chunk, max_fpr=max_fpr, explain=explain)
            for values in zip(*found.values(), strict=True):
                yield dict(zip(found, values, strict=True))

    def score_frame(self, frame: Any, text: Hashable = None, **options: Any) -> Any:
        """What `detector.score_frame` gives, from this detector; `options` are those of that function."""
        from detector.batch.frame import score_frame

        self._check_fitted()
        return score_frame(frame, text, detector=self, **options)

    def _judged(self, texts: str | Iterable[str]) -> Iterator[Judged]:
        for chunk in chunks(texts):
            # What counts nothing is not looked for here: most consistency checks cost more than they would tell.
            yield judge(self._model, Evidences.from_texts(chunk, self._model.panel.weightless))


def _shaped(texts: str | Iterable[str], parts: Iterator[np.ndarray], dtype: type = float) -> Any:
    joined = np.concatenate([np.zeros(0, dtype), *parts])
    return joined[0].item() if isinstance(texts, str) else joined


@cache
def _loaded(path: Path, stamp: int) -> Model:
    return modelfile.load(path)


def load(name_or_path: str | Path = "news-en") -> Detector:
    """A fitted detector: a shipped model by name, or a model file by path.

    A str without folders and without the ending ".npz" is a name.  Raises `ModelError`, a
    `ValueError`, that says in one sentence what is wrong with the file.
    """
    given = str(name_or_path)
    named = isinstance(name_or_path, str) and not given.endswith(".npz") and Path(given).name == given
    path = model_path(given) if named else Path(name_or_path)
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return Detector._of(_loaded(path.absolute(), stamp))


def score(texts: str | Iterable[str]) -> Any:
    """The shipped model's probability of machine origin at even prevalence: a float for a str, else an array."""
    return load().score(texts)


def check(text: str, published: date | None = None, headline: str | None = None) -> list[Finding]:
    """What is odd in an article whatever its score, with the shipped model's human base rates."""
    return load().check(text, published, headline)


@overload
def explain(texts: str) -> Report: ...  # type: ignore[overload-overlap]  # as above


@overload
def explain(texts: Iterable[str]) -> list[Report]: ...


def explain(texts: str | Iterable[str]) -> Report | list[Report]:
    """The shipped model's report of one article, or a list of reports of several."""
    return load().explain(texts)
