"""Whatever is given to the Python calls: a TypeError that says where, or a finite score and an abstention's reason.

The paragraphs in other languages are machine-written and about invented places.
"""

import math
import time

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import PLAIN, article

import detector

GERMAN = """
Der Gemeinderat von Unterlarchingen hat am Dienstag beschlossen, die alte Brücke über die Weidach nicht abzureißen,
sondern im kommenden Frühjahr zu sanieren. Nach Angaben der Bürgermeisterin Hedwig Obersteiner soll die Arbeit elf
Monate dauern und rund vier Millionen Taler kosten. Während dieser Zeit wird der Verkehr über die Straße am Mühlbach
geleitet, was bei den Anwohnern auf wenig Begeisterung stößt. Ein Landwirt sagte, er müsse nun jeden Morgen einen
Umweg von sieben Kilometern fahren, um seine Wiesen zu erreichen. Die Bürgermeisterin versprach, dass die Fußgänger
die Brücke weiterhin benutzen dürfen. Im Herbst will der Rat außerdem darüber beraten, ob das Wirtshaus am Markt
unter Denkmalschutz gestellt wird, wie es mehrere Bewohner seit Jahren fordern.
"""
FRENCH = """
Le conseil municipal de Saint-Orvain a décidé mardi soir de ne pas démolir le vieux pont sur la Veude, mais de le
rénover au printemps prochain. Selon la mairesse, Odile Marchevent, les travaux doivent durer onze mois et coûter
près de quatre millions de couronnes. Pendant ce temps, la circulation passera par la route du moulin, ce qui ne
réjouit guère les habitants. Un agriculteur a expliqué qu'il lui faudrait désormais faire chaque matin un détour de
sept kilomètres pour rejoindre ses prés. La mairesse a promis que les piétons pourraient continuer à emprunter le
pont. À l'automne, le conseil veut aussi débattre de l'auberge de la place, que plusieurs riverains demandent depuis
des années de classer parmi les monuments de la commune.
"""
SPANISH = """
El ayuntamiento de Villasendera decidió el martes por la noche no derribar el viejo puente sobre el río Almadrón, sino
restaurarlo la próxima primavera. Según la alcaldesa, Remedios Olmoverde, las obras durarán once meses y costarán
cerca de cuatro millones de coronas. Mientras tanto, el tráfico pasará por el camino del molino, lo que no agrada
mucho a los vecinos. Un agricultor explicó que ahora tendrá que dar cada mañana un rodeo de siete kilómetros para
llegar a sus prados. La alcaldesa prometió que los peatones podrán seguir usando el puente. En otoño el pleno quiere
debatir también si la posada de la plaza debe ser declarada monumento, como piden desde hace años varios habitantes
del barrio antiguo, que temen que se convierta en un hotel.
"""
CHINESE = (
    "云溪镇议会星期二晚上决定不拆除白柳河上的旧桥，而是在明年春天进行修缮。镇长何若林表示，工程将持续十一个月，"
    "费用约为四百万元。在此期间，车辆将改走磨坊路，居民对此并不满意。一位农民说，他现在每天早上必须绕行七公里才能"
    "到达自己的田地。镇长承诺，行人可以继续使用这座桥。秋天，议会还将讨论是否把广场上的老客栈列为保护建筑，这是几位"
    "居民多年来一直要求的。"
) * 2
ENGLISH = article(11, PLAIN, 30)

ABSTAINS = {
    "empty": ("", "empty"),
    "white space": (" \t\r\n\u00a0\u2003\u3000\n", "empty"),
    "controls": ("\x00\x07\u200b\u202e\ufeff", "empty"),
    "one word": ("Floods", "too short: 1 words"),
    "one word and a stop": ("Floods.", "too short: 1 words"),
    "79 words": ("word " * 78 + "end.", "too short: 79 words"),
    "one word, 2 MB": ("flood " * 350_000, "not English"),
    "one letter, 2 MB": ("a" * 2_000_000, "too short: 1 words"),
    "one mark, 2 MB": ("." * 2_000_000, "not prose"),
    "no letters": ("12.5 -- 1,000 ; 44 % (7) \n" * 60, "not prose"),
    "a table": ("Vane 12 44 7 , 9 ; Tern 3 88 6 , 1 |\n" * 60, "not prose"),
    "emoji": ("\U0001f600\U0001f680 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f " * 100, "not prose"),
    "lone surrogates": ("\ud800\udfff \udc80" * 200, "not prose"),
    "German": (GERMAN, "not English"),
    "French": (FRENCH, "not English"),
    "Spanish": (SPANISH, "not English"),
    "Chinese": (CHINESE, ""),
}

# What is put into an article from outside changes no word of it, so it hides nothing and costs no verdict.
DISTURBED = {
    "NUL bytes": ENGLISH.replace("\n\n", "\x00\n\n\x00"),
    "zero-width": ENGLISH.replace(" the ", " the\u200b "),
    "bidirectional": "\u202a" + ENGLISH.replace("\n\n", "\u202c\n\n\u202a"),
    "byte order mark": "\ufeff" + ENGLISH,
    "mixed line ends": ENGLISH.replace("\n\n", "\r\n\r\n", 2).replace("\n\n", "\r\r", 1),
    "surrogate": ENGLISH.replace(" the ", " \ud83d the ", 3),
    "emoji": ENGLISH.replace(" the ", " \U0001f600 the ", 3),
}

NO_STR = [None, 3, 2.5, float("nan"), b"bytes", bytearray(b"bytes"), ["list"], ("a",), {"text": "a"}, object,
          np.array("a"), pd.NA, pd.NaT, np.float64(1), True]  # fmt: skip
SINGLE = [None, 3, float("nan"), True, b"bytes", bytearray(b"bytes"), memoryview(b"bytes"), {"text": "a"}, pd.NA]
TABLES = [pd.DataFrame({"text": ["a"]}), pl.DataFrame({"text": ["a"]}), np.array([["a"]]), np.array("a", object)]

METHODS = ("score", "decision_function", "p_value", "flag", "predict", "predict_proba", "explain")


@pytest.fixture(scope="module")
def shipped():
    return detector.load()


@pytest.mark.parametrize("name", ABSTAINS)
def test_a_str_that_is_no_article_abstains_with_its_reason(shipped, name):
    text, reason = ABSTAINS[name]
    report = shipped.explain(text)
    assert report.abstained.startswith(reason)
    assert (report.tier, report.resembles) == (None, None)
    assert math.isnan(report.p_value)
    assert math.isfinite(report.log_odds)
    assert math.isfinite(report.score)
    assert math.isnan(shipped.p_value(text))
    assert shipped.flag(text, 0.5) is False
    assert all(math.isfinite(one.contribution) for one in report.evidence)


@pytest.mark.parametrize("unit", ["flood ", "a", "."])
def test_time_grows_with_the_length_of_what_is_no_article_and_not_faster(shipped, unit):
    def seconds(size):
        start = time.process_time()
        shipped.explain(unit * (size // len(unit)))
        return time.process_time() - start

    seconds(2_000)
    assert seconds(800_000) < 12 * seconds(200_000)


@pytest.mark.parametrize("name", DISTURBED)
def test_controls_and_odd_characters_cost_no_verdict(shipped, name):
    report = shipped.explain(DISTURBED[name])
    assert report.abstained is None
    assert 0 < report.p_value <= 1
    assert abs(report.words - shipped.explain(ENGLISH).words) <= 1
    for one in report.evidence:
        assert DISTURBED[name][one.start : one.end] == one.text


def test_line_ends_change_no_score(shipped):
    assert shipped.score(ENGLISH.replace("\n", "\r\n")) == shipped.score(ENGLISH)


def test_nothing_is_lost_beside_bad_texts(shipped):
    texts = [ENGLISH, *(text for text, _ in ABSTAINS.values()), ENGLISH, *DISTURBED.values()]
    p_values = shipped.p_value(texts)
    assert np.isfinite(shipped.decision_function(texts)).all()
    assert np.isnan(p_values[1 : 1 + len(ABSTAINS)]).all()
    assert p_values[0] == p_values[1 + len(ABSTAINS)] == shipped.p_value(ENGLISH)


def test_every_reason_is_listed_by_rows(shipped):
    for (text, reason), row in zip(ABSTAINS.values(), shipped.rows(t for t, _ in ABSTAINS.values()), strict=True):
        assert row["abstained"].startswith(reason), text[:40]
        assert (row["p_value"], row["tier"], row["resembles"]) == (None, None, None)


@given(st.text(st.characters(), max_size=500))
def test_no_str_raises(text):
    report = detector.explain(text)
    assert math.isfinite(report.log_odds)
    assert str(report)
    assert report.to_dict()["log_odds"] == report.log_odds


@pytest.mark.parametrize("wrong", NO_STR, ids=lambda wrong: type(wrong).__name__)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_no_str_is_named_by_its_index(shipped, method, wrong):
    expected = rf"^texts\[3\] is {type(wrong).__name__}, not a str$"
    with pytest.raises(TypeError, match=expected):
        getattr(shipped, method)([ENGLISH, "", "short", wrong, ENGLISH])
    with pytest.raises(TypeError, match=expected):
        list(shipped.rows([ENGLISH, "", "short", wrong, ENGLISH]))


def test_the_index_counts_over_all_chunks(shipped):
    with pytest.raises(TypeError, match=r"^texts\[200\] is NoneType, not a str$"):
        shipped.score([*["Short."] * 200, None])


@pytest.mark.parametrize("wrong", SINGLE, ids=lambda wrong: type(wrong).__name__)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_no_iterable_of_str_either(shipped, method, wrong):
    with pytest.raises(TypeError, match=rf"^texts is {type(wrong).__name__}, not a str or an iterable of str$"):
        getattr(shipped, method)(wrong)


@pytest.mark.parametrize("wrong", TABLES, ids=lambda wrong: type(wrong).__module__)
@pytest.mark.parametrize("method", METHODS)
def test_a_table_is_refused_and_not_read_by_its_column_names(shipped, method, wrong):
    with pytest.raises(TypeError, match="dimensions, not one column of str"):
        getattr(shipped, method)(wrong)


def test_a_missing_value_of_a_column_is_named(shipped):
    for column in (pd.Series(["a", None, "b"]), pd.Series(["a", None, "b"], dtype=object), pl.Series(["a", None, "b"])):
        with pytest.raises(TypeError, match=r"^texts\[1\] is \w+, not a str$"):
            shipped.score(column)


def test_the_functions_of_the_package_refuse_the_same():
    with pytest.raises(TypeError, match=r"^texts\[1\] is int, not a str$"):
        detector.score(["a", 1])
    with pytest.raises(TypeError, match=r"^texts is NoneType"):
        detector.score(None)
    with pytest.raises(TypeError, match=r"^texts\[1\] is int, not a str$"):
        detector.explain(["a", 1])
    with pytest.raises(TypeError, match=r"^texts is NoneType"):
        detector.explain(None)


def test_a_subclass_of_str_is_a_str(shipped):
    assert shipped.score(np.str_(ENGLISH)) == shipped.score(ENGLISH)
    assert shipped.score(pd.Series([ENGLISH], dtype="string"))[0] == shipped.score(ENGLISH)
