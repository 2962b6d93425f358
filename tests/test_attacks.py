"""Edits of evaders: each does what it says at its rate, the same everywhere, and to any text."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article

from detector import attacks
from detector.attacks import ATTACKS, apply, attack, words
from detector.batchtext import Batch
from detector.lexicon import LISTS, read_list

# Machine-written, about nobody; long enough that rates can be counted.
LONG = "\n\n".join(article(seed, PUFFED if seed % 2 else PLAIN, 40) for seed in range(6))
TEXT = (
    'Halvard Quill said the harbor of Ostermere needs 1250 crowns. "It\'s a bad year," he told the council, and left. '
    "Several experts believe that the government won't pay. The clerk saw an old boat, a roof, and the mill burn."
)
FORMAT = [name for name, edit in ATTACKS.items() if edit.kind == "format"]
WORD = [name for name, edit in ATTACKS.items() if edit.kind == "word"]


def tokens(text):
    return re.findall(r"\w+(?:['’]\w+)*|[^\w\s]", text)


def changed(before, after):
    """The share of places that differ between two equally long sequences."""
    assert len(before) == len(after)
    return np.mean([x != y for x, y in zip(before, after, strict=True)])


def test_the_edits_in_their_order_and_kinds():
    assert [*ATTACKS] == [*FORMAT, *WORD]
    assert (len(FORMAT), len(WORD)) == (7, 5)
    with pytest.raises(TypeError):
        ATTACKS["another"] = ATTACKS["synonym"]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_edit_changes_the_text_and_describes_itself(name):
    assert apply(name, TEXT * 3, 1) != TEXT * 3
    assert ATTACKS[name].description.endswith(".")
    assert "rate" in ATTACKS[name].edit.__doc__


@pytest.mark.parametrize("name", ["homoglyph", "zero_width_space"])
def test_every_character_that_can_be_is_edited(name):
    edited = apply(name, LONG)
    if name == "homoglyph":
        assert len(edited) == len(LONG)
        assert not set("ABCEHIKMNOPTXZaceiopxy") & set(edited)
    else:
        assert edited[1::2] == "\u200b" * len(LONG)
        assert edited[::2] == LONG


def test_white_space_adds_a_space_to_a_fifth_of_the_words():
    edited = apply("white_space", LONG)
    assert edited.split() == LONG.split()
    assert edited.count(" ") - LONG.count(" ") == len(LONG.split(" ")) // 5


def test_upper_lower_swap_flips_one_word_in_twenty():
    edited = apply("upper_lower_swap", LONG)
    assert edited.lower() == LONG.lower()
    assert 0.045 < changed(edited.split(), LONG.split()) < 0.055


def test_paragraph_insertion_breaks_half_of_the_sentence_gaps():
    edited = apply("paragraph_insertion", LONG)
    assert edited.replace("\n", "") == LONG.replace("\n", "")
    gaps = Batch.from_texts([LONG]).sentences[0] - 1
    assert (len(edited) - len(LONG)) // 2 == gaps // 2


def test_spaced_punctuation_begins_half_way():
    edited = apply("spaced_punctuation", LONG)
    half = len(LONG) // 2
    assert edited[:half] == LONG[:half]
    assert edited.replace(" ", "") == LONG.replace(" ", "")
    assert not re.search(r"\w[.,](\s|$)", edited[half:])


def test_quote_mixing_turns_half_of_the_marks():
    edited = apply("quote_mixing", LONG)
    at = [place for place, mark in enumerate(LONG) if mark in "'\""]
    turned = [place for place in at if edited[place] != LONG[place]]
    assert len(turned) == len(at) // 2
    assert {edited[place] for place in turned} <= set("‘’“”")
    assert apply("quote_mixing", "“We can’t” " * 40).count('"') > 20


def test_number_shuffling_redraws_half_of_the_numbers():
    edited = apply("number_shuffling", LONG)
    assert re.sub("[0-9]", "0", edited) == re.sub("[0-9]", "0", LONG)
    # A number drawn may be the one that stood there: of one digit, one in ten is.
    assert 0.4 < changed(re.findall("[0-9]+", edited), re.findall("[0-9]+", LONG)) <= 0.5


def test_alternative_spelling_goes_both_ways_and_keeps_case():
    text = "COLOUR of the Theater: an organisation, a traveler's honor. Colours."
    edited = "COLOR of the Theatre: an organization, a traveler's honour. Colors."
    assert apply("alternative_spelling", text) == edited
    assert apply("alternative_spelling", edited) == text


def test_article_deletion_takes_half():
    edited = apply("article_deletion", LONG)
    pattern = r"(?<=\s)(?:a|an|the)(?=\s\S)"
    before, after = (len(re.findall(pattern, text)) for text in (LONG, edited))
    assert before - after == before // 2


@pytest.mark.parametrize(("name", "most"), [("misspelling", 0.2), ("synonym", 0.5)])
def test_word_swaps_stop_at_their_rate(name, most):
    listed = apply(name, LONG)
    assert 0.01 < changed(tokens(LONG), tokens(listed)) <= most
    only = " ".join(["because", "significant"] * 100)
    assert changed(only.split(), apply(name, only).split()) == most


def test_swapped_words_keep_their_case():
    assert apply("synonym", "Several COMPANIES said so, and we left it at that.") == (
        "Various FIRMS stated so, and we left it at that."
    )


@pytest.mark.parametrize("name", ["misspellings", "spellings", "synonyms"])
def test_lists_have_each_word_once_and_enough_of_them(name):
    lines = read_list(Path(words.__file__).parent / f"{name}.txt")
    pairs = [line.split() for line in lines]
    assert all(len(pair) == 2 and pair[0] != pair[1] and line == line.lower() for pair, line in zip(pairs, lines))
    assert len({first for first, _ in pairs}) == len(pairs) >= 150
    assert [first for first, _ in pairs] == sorted(first for first, _ in pairs)


def test_spellings_include_those_that_a_feature_counts():
    known = words._spellings()
    assert all(known[other] == word for word, other in known.items())
    for name in ("british_spellings", "american_spellings"):
        missing = [word for word in read_list(LISTS / f"{name}.txt") if word not in known]
        assert missing == []


def test_an_unknown_name_is_told_in_one_sentence():
    with pytest.raises(ValueError, match=r"^no attack is called 'x'; there are homoglyph, .*, synonym$"):
        attack(["text"], "x")


def test_texts_are_drawn_on_their_own_and_seeds_differ():
    alone = [apply("upper_lower_swap", LONG, 3), apply("upper_lower_swap", TEXT * 4, 3)]
    assert attack(iter([LONG, TEXT * 4]), "upper_lower_swap", seed=3) == alone
    assert apply("upper_lower_swap", LONG, 4) != alone[0]


def test_a_fresh_process_draws_the_same():
    program = (
        "import hashlib, sys; from detector.attacks import ATTACKS, apply; text = sys.stdin.buffer.read().decode();"
        "print(hashlib.sha256(''.join(apply(name, text, 7) for name in ATTACKS).encode()).hexdigest())"
    )
    folder = str(Path(attacks.__file__).parents[2])
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=LONG.encode(),
            env=os.environ | {"PYTHONPATH": folder, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .,!?'\"\n\u2019\u201cathe19I")), max_size=120)


@pytest.mark.parametrize("name", ATTACKS)
@given(ANY_TEXT)
def test_any_text_is_edited(name, text):
    assert isinstance(apply(name, text), str)


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("text", ["", " ", "\n", "\ud800", "?", "42", "Ostermere"])
def test_hardly_anything_to_edit(name, text):
    assert apply(name, text) in (text, text + "\u200b") or name in ("homoglyph", "zero_width_space")


CANONICAL = [name for name in FORMAT if name != "upper_lower_swap"]


@pytest.mark.parametrize("name", CANONICAL)
def test_the_canonical_view_does_not_see_an_edit_of_format(name):
    plain, edited = (Batch.from_texts([text]) for text in (LONG, apply(name, LONG)))
    assert edited.words.tolist() == plain.words.tolist()
    assert edited.hash.tolist() == plain.hash.tolist()
    assert edited.sentence.tolist() == plain.sentence.tolist()


def test_a_changed_case_keeps_the_words_that_are_hashed():
    plain, edited = (Batch.from_texts([text]) for text in (LONG, apply("upper_lower_swap", LONG)))
    assert edited.hash.tolist() == plain.hash.tolist()
