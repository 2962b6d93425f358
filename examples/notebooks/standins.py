"""Invented articles that stand in for yours: sentences put together at random by this program, about nothing.

Both styles come out of the same machine.  `PLAIN` stands in for what your writers wrote, `PUFFED` for what a machine
wrote, only so that the notebooks have something to calibrate and to train on.  Put in your own articles.
"""

from random import Random

WHO = ("Asta Brask", "Oren Tilley", "Maja Fenn", "Piet Lorrimer", "Dora Quist", "Sam Harrow", "Ilse Renn", "Bo Karr")
WHERE = ("Oddvik", "Stelling", "Harrowby", "Marit", "Brell", "Low Ferry", "Ostvik", "Tarn")
WHAT = ("the bridge", "the swimming hall", "the bus line", "the old brewery", "the choir", "the harbour wall")
WHEN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

PLAIN = (
    "{who} said on {when} that {what} in {where} would cost {number} crowns.",
    "It rained, and {small} people stood under the roof of the library.",
    '"We had {small} of them, and now we have none," {who} told the council of {where}.',
    "The vote on {what} was put off until {when}, because the clerk was ill.",
    "{who}, who is {small} and drives a van in {where}, was not asked.",
    "A fire in {where} burned {what} down to the ground floor {small} years ago.",
    "Police found {small} bicycles behind {what} on {when}; nobody has come for them.",
    "It didn't open, {who} said, and the {number} crowns went back to the bank.",
    "The train from {where} was late by {small} minutes.",
    "Then {who} walked out, and {small} others went along.",
)
PUFFED = (
    "{what} in {where} stands as a testament to the enduring spirit of its vibrant community.",
    "Experts say the remarkable vision of {who} will play a crucial role for generations to come.",
    "Moreover, the initiative underscores an unwavering commitment to excellence in {where}.",
    "Looking ahead, stakeholders remain optimistic, highlighting the lasting impact of {what}.",
    "It is not only a milestone for {where}, but also a beacon of hope, innovation and progress.",
    "{who} has consistently demonstrated outstanding leadership, fostering trust among {number} residents.",
    "Many observers agree that {what} seamlessly blends tradition and modernity.",
    "As the journey continues, {who} deserves heartfelt praise for this inspiring success.",
    "Furthermore, the remarkable growth of {where} reflects a broader shift in the landscape of the region.",
    "We wish {who} and everyone at {what} continued success in all future endeavours.",
)


def article(number, style=PLAIN, sentences=16, mixed=0.15):
    """One article; a share `mixed` of its sentences is taken from both styles.  The same number gives the same text."""
    random = Random(f"{number} {style[0]}")
    parts = [_sentence(random, PLAIN + PUFFED if random.random() < mixed else style) for _ in range(sentences)]
    return "\n\n".join(" ".join(parts[at : at + 3]) for at in range(0, sentences, 3))


def _sentence(random, style):
    filled = random.choice(style).format(
        who=random.choice(WHO),
        where=random.choice(WHERE),
        what=random.choice(WHAT),
        when=random.choice(WHEN),
        number=f"{random.randrange(1_000, 90_000):,}",
        small=random.randrange(13, 90),
    )
    return filled[0].upper() + filled[1:]
