"""A headless Chromium for the tests of pages: what it shows, what it asked for, and what it complained about."""

import json
import os
import shutil
from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

READ = """
// The article as text without its notes, in code points, and where marks, sentences and anchors begin in it.
const article = document.querySelector('.article'), length = text => Array.from(text).length;
const walker = document.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
  node.classList && node.classList.contains('note') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
let text = '', found = {mark: [], sentence: [], at: []};
while (walker.nextNode()) {
  const node = walker.currentNode;
  if (node.nodeType === Node.TEXT_NODE) { text += node.data; continue; }
  const kind = node.tagName === 'MARK' ? 'mark' : node.className;
  const copy = node.cloneNode(true);
  copy.querySelectorAll('.note').forEach(note => note.remove());
  const color = getComputedStyle(node).backgroundColor;
  found[kind].push({id: node.id, start: length(text), text: copy.textContent, color});
}
return {text, ...found};
"""


def programs():
    """Paths of Chromium and its driver, or None where one of them is missing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


class Browser:
    """Pages in a headless Chromium; `folder` takes its user data and the pages that are shown."""

    def __init__(self, folder):
        from selenium import webdriver

        self.folder = Path(folder)
        chromium, driver = programs()
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*FLAGS, f"--user-data-dir={self.folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
        self.driver.set_page_load_timeout(60)
        self.number = 0

    def close(self):
        self.driver.quit()

    def command(self, name, **parameters):
        """A command of the Chrome DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def look(self, scheme="light", width=1280, height=900, media="screen"):
        """How pages are shown from now on."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.command("Emulation.setEmulatedMedia", media=media, features=features)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setTouchEmulationEnabled", enabled=False)

    def show(self, page):
        """Open a page that is given as text; what was said of the one before is forgotten."""
        self.number += 1
        path = self.folder / f"{self.number}.html"
        path.write_text(page, encoding="utf-8")
        self.driver.get("about:blank")
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(path.as_uri())
        return path.as_uri()

    def run(self, script, *arguments):
        """What a script returns; it is run by the driver, whatever the page's policy allows."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector):
        return self.driver.find_element("css selector", selector)

    def every(self, selector):
        return self.driver.find_elements("css selector", selector)

    def by_id(self, name):
        return self.driver.find_element("id", name)

    def complaints(self):
        """What stands in the console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for since the page was opened, itself among them."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def article(self):
        """The article's text as shown, without notes, and its marks, tinted sentences and anchors with their places."""
        return self.run(READ)

    def awaited(self, condition):
        """What a function gives as soon as it is true; `TimeoutException` after ten seconds."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 10, poll_frequency=0.05).until(lambda _: condition())

    def notes(self):
        """What the notes say that can be seen."""
        script = "return [...document.querySelectorAll('.note')].filter(n => n.offsetHeight).map(n => n.innerText)"
        return self.run(script)

    def hover(self, element):
        from selenium.webdriver import ActionChains

        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.driver, duration=0).move_to_element(element).perform()

    def leave(self):
        """Move the pointer to the corner of the window, and take the focus from whatever has it."""
        self.run("document.activeElement.blur()")
        self.command("Input.dispatchMouseEvent", type="mouseMoved", x=0, y=0)

    def press(self, key):
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(key).perform()

    def tap(self, element):
        """Touch the middle of an element's first line; what that does may take a moment."""
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        x, y = self.run(
            "const b = arguments[0].getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2]", element
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=True)
        self.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": round(x), "y": round(y)}])
        self.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def faults(self):
        """Serious faults that axe-core finds, each with the element and the reason."""
        self.run(Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8"))
        script = "const done = arguments[0]; axe.run().then(done, error => done({violations: [{id: String(error)}]}));"
        found = self.driver.execute_async_script(script)["violations"]
        return [
            (fault["id"], node["html"], node.get("failureSummary"))
            for fault in found
            if fault.get("impact") not in ("minor", "moderate")
            for node in fault.get("nodes", [{"html": ""}])
        ]
