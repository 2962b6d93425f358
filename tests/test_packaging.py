"""What is built, shipped and installed is what lies in the folders, and nothing else."""

import configparser
import email
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import numpy as np
import pytest

import detector
from detector import shipped

ROOT = Path(__file__).resolve().parents[1]
PACKAGED = ("detector", "models", "datasets")
DESCRIBING = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")


def settings():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def files_under(folder):
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return [path.relative_to(folder).as_posix() for path in paths]


def project_files():
    """Files that are, or would be, tracked; in an unpacked archive, which git does not know, the shipped ones."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=False) if shutil.which("git") else None
    if listing is not None and listing.returncode == 0:
        paths = [ROOT / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
        return [path for path in paths if path.is_file()]
    return [ROOT / top / name for top in (*PACKAGED, "tests") for name in files_under(ROOT / top)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Folder with the source archive, and the wheel that was built from that archive.

    Built from a copy: a stale ``build`` folder can slip nothing in, and the checkout stays as it was.
    """
    source, dist = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for top in PACKAGED:
        shutil.copytree(ROOT / top, source / top, ignore=shutil.ignore_patterns("__pycache__"))
    for name in DESCRIBING:
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(source)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return dist


@pytest.fixture(scope="module")
def wheel(built):
    [path] = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Folder of a new environment that holds the wheel, and finds its dependencies where the tests find theirs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    command = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-index", "--no-deps", str(wheel)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    # Entries of a .pth file come after the environment's own packages, so an installed detector elsewhere cannot win.
    where = run_installed(folder, "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    theirs = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(where.stdout.strip(), "dependencies.pth").write_text("\n".join(sorted(theirs)), encoding="utf-8")
    return folder


def run_installed(folder, program, *arguments, cwd):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(folder / "bin" / program), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_packages_are_the_folders_on_disk():
    with_code = {path.parent for path in (ROOT / "detector").rglob("*.py")}
    on_disk = {".".join(folder.relative_to(ROOT).parts) for folder in with_code}
    listed = settings()["options"]["packages"].split()
    assert sorted(listed) == sorted(on_disk | {"detector.models", "detector.datasets"})
    assert all((folder / "__init__.py").is_file() for folder in with_code)


@pytest.mark.parametrize("name", ["models", "datasets"])
def test_data_folders_are_not_importable_packages(name):
    assert (ROOT / name).is_dir()
    assert not list((ROOT / name).rglob("*.py"))
    assert not (ROOT / "detector" / name).exists()
    assert not (ROOT / "detector" / f"{name}.py").exists()


def test_wheel_holds_the_files_of_the_folders(wheel):
    expected = [f"detector/{name}" for name in files_under(ROOT / "detector")]
    expected += [f"detector/{top}/{name}" for top in ("models", "datasets") for name in files_under(ROOT / top)]
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert sorted(names) == sorted(expected)


def test_source_archive_holds_what_it_is_built_from(built):
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    data = {f"{top}/{name}" for top in PACKAGED for name in files_under(ROOT / top)}
    assert data | set(DESCRIBING) <= names


def test_wheel_says_what_setup_cfg_says(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    needed = {line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line}
    assert metadata["Version"] == detector.__version__
    assert metadata["Requires-Python"] == settings()["options"]["python_requires"]
    assert needed == set(settings()["options"]["install_requires"].split())


@pytest.mark.parametrize("command", [("python", "-m", "detector", "info"), ("detector", "info")])
def test_installed_wheel_runs_from_another_folder(installed, tmp_path, command):
    result = run_installed(installed, *command, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "news-en" in result.stdout


def test_installed_wheel_uses_its_own_files(installed, tmp_path):
    code = (
        "import json; from detector.shipped import datasets_folder, model_path; "
        "print(json.dumps([str(model_path('news-en')), str(datasets_folder())]))"
    )
    result = run_installed(installed, "python", "-c", code, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    for path in map(Path, json.loads(result.stdout)):
        assert path.exists()
        assert path.is_relative_to(installed.resolve())


def test_missing_model_is_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"no shipped model is called '\.\./setup'; there is: .*news-en"):
        shipped.model_path("../setup")


def test_models_are_plain_arrays_without_pickles():
    paths = sorted(shipped.models_folder().glob("*.npz"))
    assert paths
    for path in paths:
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files if isinstance(arrays[name], np.ndarray))


def test_no_pickle_lies_in_the_project():
    suffixes = {".pickle", ".pkl", ".p", ".joblib", ".dill"}
    # Protocol 2 and later begin with this byte; no text file in UTF-8 can.
    found = [path for path in project_files() if path.suffix in suffixes or path.read_bytes()[:1] == b"\x80"]
    assert found == []


def test_no_file_names_a_folder_of_one_machine():
    pattern = re.compile(rb"(?<![\w.])/(?:home|root|tmp|work)/")
    assert [path for path in project_files() if pattern.search(path.read_bytes())] == []


def test_continuous_integration_runs_the_command_of_the_readme():
    command = 'pip install -e ".[test]" && python -m pytest'
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
