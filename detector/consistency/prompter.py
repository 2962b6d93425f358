"""Prompter: sentences that speak to whoever ordered the text, beyond those that `chat_leftovers` lists."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.speech import is_quoted
from detector.consistency.triggers import Pairs, hashes, is_any, word_set
from detector.patterns import Pattern

_TEXT = r"(?:article|story|piece|draft|rewrite|text|passage|report|version|content|summary|response|headline)"
_FACTS = r"(?:information|details|facts|topic|notes|prompt|source text|input|narrative|statement|sentence|data|outline)"
_YOU = r"you(?:['’]ve| have)?"
_NO_FACT = r"(?:fictional|fictitious|hypothetical|fictionali[sz]ed|imaginary|a work of fiction)"
_ADVERB = r"(?:(?:entirely|purely|completely|wholly|all) )?"
_MODEL = r"(?:an? )?(?:AI|artificial intelligence|(?:AI )?language model|ChatGPT|OpenAI)"
_ORDER = r"(?:your (?:request|instructions?|prompt|specifications?|guidelines)|the (?:given |provided )?prompt)"
_INVENTED = r"(?:names|quotes|quotations|people|characters|places|events|details)"
_EDIT = r"(?:adjust|modify|edit|change|customi[sz]e|tweak|expand|adapt|let me know|ask (?:me|for))"
_WISHES = r"(?:you (?:need (?!any)|want|have any|would like)|there(?:['’]s| is) any|this (?:works|meets|helps))"
_SUITS = rf"(?:{_TEXT} (?:helps|meets)|(?:{_TEXT} )?(?:works for you|is what you|fits your|suits your|satisfies))"
_FORMS = (
    rf"\b(?:{_TEXT}|{_FACTS}) (?:that |which )?{_YOU} (?:requested|asked for|provided|ordered|supplied|shared|gave)\b",
    rf"\b[Aa]s (?:{_YOU} (?:requested|asked|instructed|specified)|per your (?:request|instructions?|prompt))\b",
    rf"\b(?:[Pp]er|[Ff]ollowing|[Bb]ased on|[Ii]n (?:response|line|accordance) (?:to|with)) {_ORDER}\b",
    r"\b[Tt]o your (?:specifications|guidelines)\b",
    rf"\b[Tt]h(?:is|e|e (?:above|following|preceding)) (?:news )?{_TEXT}(?: above| below)? (?:is|was) (?:an? )?"
    rf"{_ADVERB}{_NO_FACT}\b",
    rf"\b{_INVENTED}(?: (?:used|mentioned|included|described|depicted))?(?: in (?:this|the) {_TEXT})? are "
    rf"{_ADVERB}(?:{_NO_FACT}|placeholders)\b",
    rf"\b[Tt]his (?:news )?{_TEXT} (?:is|was) (?:written|generated|created|produced) (?:by|with|using) {_MODEL}",
    rf"\b[Tt]his is (?:an? )?{_ADVERB}(?:(?:fictional|fictitious|hypothetical) (?:news )?{_TEXT}|work of fiction)\b",
    r"\b[Ff]or (?:illustrative|demonstration) purposes only\b",
    rf"\b[Ff]eel free to {_EDIT}\b",
    rf"\b[Ll]et me know if {_WISHES}\b",
    rf"\b[Hh]ope (?:this|the) {_SUITS}\b",
    r"\b(?:[Hh]ere is|[Hh]ere['’]s|[Bb]elow is) (?:a|your|my) (?:[\w-]+ ){0,2}"
    rf"(?:rewritten|revised|edited|polished|requested) {_TEXT}\b",
    r"\b(?:only|just|merely|solely|as) an? (?:\w+ )?(?:AI )?language model\b",
    r"\bI(?:['’]m| am) an? (?:AI )?language model\b",
    rf"\bI(?:['’]ve| have) (?:written|rewritten|drafted|revised|kept) (?:the|your) {_TEXT}\b",
    r"\b(?:[Rr]eplace|[Ff]ill in) the (?:placeholders?|bracketed|blanks|brackets)\b",
    r"\b[Ww]ord [Cc]ount: ?~?(?:approximately |about )?\d{2,5}",
    r"\b[Ee]nd of (?:generated )?article\b",
)
_SAID_TO_IT = Pattern("|".join(_FORMS))


def words_to_a_prompter(article: Article) -> Iterator[Suspect]:
    """A sentence speaks to whoever ordered the text, and not to its readers.

    >>> show(words_to_a_prompter, "The pier opened in May. I hope this article meets your needs.")
    [['hope this article meets']]
    """
    text = article.text
    for first, last in article.sentences_of(_asked):
        for found in _SAID_TO_IT.finditer(text, first, last):
            if not is_quoted(text, found.start()):
                phrase = " ".join(found[0].split())
                yield Suspect(f"“{phrase}” speaks to whoever ordered the text.", (found.span(),))


_TEXTS = "article story piece draft rewrite text passage report version content summary response headline"
_PAIRS = Pairs(
    ("you you've", "requested asked provided ordered supplied shared gave instructed specified"),
    ("have", "requested asked provided ordered supplied shared gave instructed specified"),
    ("per", "your"),
    ("your", "request instruction instructions prompt specification specifications guidelines"),
    ("the given provided", "prompt"),
    ("is was are an a entirely purely completely wholly all", "fictional fictitious hypothetical imaginary"),
    ("is was are an a entirely purely completely wholly all", "fictionalised fictionalized placeholders"),
    ("of", "fiction"),
    ("by with using an", "ai artificial chatgpt openai"),
    ("illustrative demonstration", "purposes"),
    ("feel", "free"),
    ("me", "know"),
    ("hope", "this the"),
    ("rewritten revised edited polished requested", _TEXTS),
    ("language", "model"),
    ("i've have", "written rewritten drafted revised kept"),
    ("the", "placeholder placeholders bracketed blanks brackets"),
    ("word", "count"),
    ("of generated", "article"),
)

_HAVE = hashes("have")[0]
_WHO = word_set("you i", collected=False)


def _asked(batch: Batch) -> np.ndarray:
    """The pairs; of those with "have" what you or I have done."""
    at = batch.keep(_PAIRS)
    return at[(batch.hash[at] != _HAVE) | is_any(batch, _WHO, at - 1)]


CHECKS: tuple[Check, ...] = (Check("voice", words_to_a_prompter, _asked),)

__all__ = ["CHECKS", "show"]
