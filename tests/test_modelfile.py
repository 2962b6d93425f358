"""Model files: the same numbers give the same bytes, and what is no whole model is refused in one sentence."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest
from invented import article, articles, fitted

from detector import ModelError, load, modelfile

TEXTS = [*articles(6)[0], "", "One sentence."]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "own.npz"
    fitted().save(path)
    return path


def members_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path, members, target):
    """A file with these members and a digest that fits them: what a later version might write."""
    members = {name: content for name, content in members.items() if name != "digest.txt"}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {**members, "digest.txt": modelfile._digest(members).encode()}.items():
            archive.writestr(name, content)
    return target


def with_header(path, target, **changes):
    members = members_of(path)
    members["header.json"] = json.dumps({**json.loads(members["header.json"]), **changes}).encode()
    return rewrite(path, members, target)


def refused(path):
    """The message with which a file is refused: one sentence that names the file."""
    with pytest.raises(ModelError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    assert isinstance(caught.value, ValueError)
    return message


def test_a_round_trip_changes_neither_bytes_nor_scores(saved, tmp_path):
    again = load(saved)
    again.save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == saved.read_bytes()
    np.testing.assert_array_equal(again.decision_function(TEXTS), fitted().decision_function(TEXTS))
    np.testing.assert_array_equal(again.p_value(TEXTS), fitted().p_value(TEXTS))
    assert again.explain(TEXTS[1]) == fitted().explain(TEXTS[1])
    assert again.get_params() == fitted().get_params()


def test_the_shipped_model_survives_a_round_trip(tmp_path):
    load().save(tmp_path / "again.npz")
    np.testing.assert_array_equal(
        load(tmp_path / "again.npz").decision_function(TEXTS), load().decision_function(TEXTS)
    )


def test_a_file_without_the_ending_is_read_by_its_path(saved, tmp_path):
    (tmp_path / "own").write_bytes(saved.read_bytes())
    assert load(str(tmp_path / "own")).score(TEXTS[0]) == fitted().score(TEXTS[0])
    assert load(str(saved)).score(TEXTS[0]) == fitted().score(TEXTS[0])


def test_a_file_that_is_replaced_is_read_anew(saved, tmp_path):
    path = tmp_path / "own.npz"
    path.write_bytes(saved.read_bytes())
    assert load(path).score(TEXTS[0]) == fitted().score(TEXTS[0])
    path.write_bytes(b"")
    refused(path)


def test_no_clock_in_the_file(saved):
    with zipfile.ZipFile(saved) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert json.loads(members_of(saved)["header.json"])["about"]["date"] is None


def test_the_date_comes_from_source_date_epoch(monkeypatch):
    from detector.training import build_date

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build_date() == "1970-01-02"


def test_nothing_in_the_file_is_pickled(saved):
    for name, content in members_of(saved).items():
        if name.endswith(".npy"):
            assert np.lib.format.read_array(io.BytesIO(content), allow_pickle=False).dtype != object


def test_a_truncated_file(saved, tmp_path):
    whole, path = saved.read_bytes(), tmp_path / "cut.npz"
    for size in (0, 1, 30, len(whole) // 3, len(whole) - 30, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert "truncated" in refused(path)


def test_an_edited_byte_is_noticed_or_changes_nothing(saved, tmp_path):
    # A bit that nobody reads, such as one of a member's date, is no damage.
    whole, rng, noticed = saved.read_bytes(), np.random.default_rng(7), 0
    for number, at in enumerate(rng.integers(0, len(whole), 60)):
        edited = bytearray(whole)
        edited[at] ^= 1 << int(rng.integers(8))
        path = tmp_path / f"{number}.npz"
        path.write_bytes(edited)
        try:
            model = load(path)
        except ModelError:
            noticed += 1
        else:
            np.testing.assert_array_equal(model.decision_function(TEXTS), fitted().decision_function(TEXTS))
    assert noticed > 40


def test_an_edited_number(saved, tmp_path):
    members = members_of(saved)
    members["heights.npy"] = members["heights.npy"][:-1] + b"\x55"
    with zipfile.ZipFile(tmp_path / "edited.npz", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert "changed after it was written" in refused(tmp_path / "edited.npz")


def test_a_file_without_digest(saved, tmp_path):
    members = members_of(saved)
    del members["digest.txt"]
    with zipfile.ZipFile(tmp_path / "bare.npz", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert "digest" in refused(tmp_path / "bare.npz")


def test_a_newer_format(saved, tmp_path):
    message = refused(with_header(saved, tmp_path / "newer.npz", format=modelfile.FORMAT + 1))
    assert f"format {modelfile.FORMAT + 1}" in message


def test_another_feature_schema(saved, tmp_path):
    message = refused(with_header(saved, tmp_path / "other.npz", schema="0123456789abcdef"))
    assert "0123456789abcdef" in message
    assert modelfile.schema_digest() in message
    assert "train it anew" in message


def test_the_schema_changes_with_the_features(monkeypatch):
    before = modelfile.schema_digest()
    monkeypatch.setattr(modelfile, "FEATURE_NAMES", (*modelfile.FEATURE_NAMES, "one_more"))
    assert modelfile.schema_digest() != before


@pytest.mark.parametrize("missing", ["heights.npy", "band_0_log_odds.npy", "table_word1.npy"])
def test_a_missing_array(saved, tmp_path, missing):
    members = members_of(saved)
    del members[missing]
    assert missing.removesuffix(".npy") in refused(rewrite(saved, members, tmp_path / "fewer.npz"))


def test_a_header_that_is_no_object(saved, tmp_path):
    for content in (b"[1]", b"{}", b"\xff", b'{"format": "new"}', b'"format"'):
        refused(rewrite(saved, {**members_of(saved), "header.json": content}, tmp_path / "odd.npz"))


def test_a_pickle_is_refused_and_not_run(tmp_path):
    class Alarm:
        def __reduce__(self):
            return (pytest.fail, ("the pickle was run",))

    path = tmp_path / "model.npz"
    path.write_bytes(pickle.dumps(Alarm()))
    refused(path)
    np.savez(path, weights=np.array([Alarm()], object))
    refused(path)


def test_other_files(tmp_path):
    np.savez(tmp_path / "random.npz", weights=np.arange(5))
    assert "no readable header" in refused(tmp_path / "random.npz")
    (tmp_path / "article.npz").write_text(article(3, ("Not a model.",)), encoding="utf-8")
    refused(tmp_path / "article.npz")
    (tmp_path / "empty.npz").touch()
    refused(tmp_path / "empty.npz")


def test_a_missing_file_and_a_folder(tmp_path):
    assert "no model file" in refused(tmp_path / "none.npz")
    (tmp_path / "folder.npz").mkdir()
    assert "no model file" in refused(tmp_path / "folder.npz")
    refused(tmp_path)


def test_a_name_that_is_not_shipped():
    with pytest.raises(ValueError, match=r"no shipped model is called 'gazette-xx'; there is: .*news-en"):
        load("gazette-xx")
