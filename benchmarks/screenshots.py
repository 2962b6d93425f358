"""Make the pictures of README and documentation in a headless Chromium: python -m benchmarks.screenshots [NAME ...].

Needs chromium, chromium-driver, the extra `test`, and Pillow, which leaves a picture the colours that it needs.  One
picture more is one row of PICTURES.  The articles are the examples in datasets/, which were written for this project.
"""

import argparse
import io
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import detector
from detector.shipped import datasets_folder

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
STRONGEST = '.article mark[style="--s:1.000"]'


def article():
    lines = (datasets_folder() / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: row["text"] for row in map(json.loads, lines)}
    return detector.explain(rows["example-farm-business"]).to_html()


@dataclass(frozen=True)
class Picture:
    """A page in one colour scheme; `focus` is the element whose note is shown."""

    page: Callable[[], str]
    scheme: str
    height: int
    width: int = 1180
    focus: str = ""


PICTURES = {
    "article-light": Picture(article, "light", 1330, focus=STRONGEST),
    "article-dark": Picture(article, "dark", 1330, focus=STRONGEST),
}


def take(driver, picture, folder):
    """Return the PNG of what the window shows, of 256 colours."""
    from PIL import Image

    path = folder / "page.html"
    path.write_text(picture.page(), encoding="utf-8")
    scheme = [{"name": "prefers-color-scheme", "value": picture.scheme}]
    size = {"width": picture.width, "height": picture.height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(path.as_uri())
    if picture.focus:
        script = "document.querySelector(arguments[0]).focus({preventScroll: true})"
        driver.execute_script(script, picture.focus)
    image = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    image.quantize(256).save(png := io.BytesIO(), "PNG", optimize=True)
    return png.getvalue()


def main():
    from selenium import webdriver

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="pictures to make; all where none is named")
    names = parser.parse_args().names or list(PICTURES)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for flag in (*FLAGS, f"--user-data-dir={folder}/profile"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=service)
        for name in names:
            png = take(driver, PICTURES[name], Path(folder))
            (IMAGES / f"{name}.png").write_bytes(png)
            print(f"docs/images/{name}.png: {len(png) / 1000:.0f} kB")
        driver.quit()


if __name__ == "__main__":
    main()
