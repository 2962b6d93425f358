"""Texts for the tests, all machine-written: put together at random from invented parts, and about nothing.

`articles` gives texts of two styles, so that a detector can be fitted to tell them apart; class 1 is no more made by a
machine than class 0 is.
"""

from functools import cache

import numpy as np

from detector.model import Detector

NAMES = ("Halvard Quill", "Ines Borrow", "Tobin Marsh", "Petra Lindqvist-Oar", "Ruud Canter", "Maud Ferrow")
TOWNS = ("Ostermere", "Low Candle", "Brackwater", "Sallow Bridge", "Tern Hollow", "Vane")
THINGS = ("the ferry", "a new roof", "the tram line", "the old mill", "a flood wall", "the night market")
DAYS = ("Monday", "Tuesday", "Thursday", "Friday", "Saturday")

PLAIN = (
    "{name} said on {day} that {thing} in {town} would cost {number} crowns.",
    "It didn't rain, but {number} people stayed at home.",
    '"We can\'t pay for {thing}," {name} told the council.',
    "The vote was {small} to {small2}.",
    "{name}, who is {small} and lives in {town}, was not asked.",
    "Nobody from {town} came, and the clerk went home at {small}.",
    "Police found {small} bicycles behind {thing}, {name} said.",
)
PUFFED = (
    "Moreover, {thing} stands as a testament to the remarkable resilience of the {town} community.",
    "Experts believe that this truly transformative effort will undoubtedly inspire future generations.",
    "Looking ahead, stakeholders remain optimistic, highlighting the vital role of collaboration.",
    "It is not only a milestone for {town}, but also a beacon of hope, innovation and progress.",
    "Furthermore, the initiative underscores an unwavering commitment to sustainable growth.",
    "Observers note that {thing} seamlessly blends tradition and modernity, fostering vibrant dialogue.",
    "As the journey continues, everyone involved deserves heartfelt praise for this outstanding success.",
)


def article(seed, style, sentences=14):
    """A text of 100 to 200 words in one of the two styles, in paragraphs of three sentences."""
    rng = np.random.default_rng([seed, len(style)])

    def sentence():
        first, second = rng.integers(2, 60, 2)
        return str(rng.choice(style if rng.random() < 0.85 else PLAIN + PUFFED)).format(
            name=rng.choice(NAMES),
            town=rng.choice(TOWNS),
            thing=rng.choice(THINGS),
            day=rng.choice(DAYS),
            number=rng.integers(100, 9000),
            small=first,
            small2=second,
        )

    parts = [sentence() for _ in range(sentences)]
    return "\n\n".join(" ".join(parts[at : at + 3]) for at in range(0, sentences, 3))


@cache
def articles(size=120):
    """`size` texts and their labels, alternating."""
    labels = [seed % 2 for seed in range(size)]
    return [article(seed, PUFFED if label else PLAIN, 16 + seed % 5) for seed, label in enumerate(labels)], labels


@cache
def fitted():
    """A detector that was fitted on `articles`."""
    texts, labels = articles()
    return Detector(folds=3).fit(texts, labels, sources=["here" if seed % 3 else "there" for seed in range(len(texts))])
