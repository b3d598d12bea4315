"""Drives the page of --heap=OUT.html in headless Chromium, by the WebDriver protocol.

    heap_page.py PAGE.html [SCREENSHOT.png]

Run by heap_page.sh under any Python 3; prints a line "ok NAME" or "fail NAME: WHAT" for each check.
"""

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time


class Browser:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", "--port=%d" % self.port],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions",
                     "--disable-background-networking", "--disable-dev-shm-usage",
                     "--no-first-run", "--window-size=1600,950", "--user-data-dir=" + folder]
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}}
        for attempt in range(100):
            try:
                self.session = self.send("POST", "/session", wanted)["sessionId"]
                return
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise SystemExit("chromedriver does not answer")

    def send(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, None if body is None else json.dumps(body))
        answer = json.loads(connection.getresponse().read())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(answer["message"])
        return answer

    def call(self, method, path, body=None):
        return self.send(method, "/session/%s%s" % (self.session, path), body)

    def find(self, selector):
        found = self.call("POST", "/element", {"using": "css selector", "value": selector})
        return next(iter(found.values()))

    def click(self, selector):
        self.call("POST", "/element/%s/click" % self.find(selector), {})

    def type(self, selector, text):
        self.call("POST", "/element/%s/value" % self.find(selector), {"text": text})

    def text(self, selector):
        return self.call("GET", "/element/%s/text" % self.find(selector))

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(10)


def check(name, good, seen=""):
    print("ok " + name if good else "fail %s: %s" % (name, seen), flush=True)


def drive(browser, page, screenshot):
    browser.call("POST", "/url", {"url": "file://" + os.path.abspath(page)})
    check("the page opens with the last snapshot", browser.text("#snapshots .now")
          .startswith("at exit"), browser.text("#snapshots"))
    boxes = browser.run("return document.querySelectorAll('main .box[data-node]').length")
    check("its objects are drawn", boxes > 5, boxes)
    check("nothing comes from a network",
          browser.run("return performance.getEntriesByType('resource').length") == 0)
    browser.click("#back")
    check("a step back shows the snapshot before", browser.text("#snapshots .now")
          .startswith("built"), browser.text("#snapshots .now"))
    browser.click("#on")
    browser.type("#search", "node")
    hits = browser.text("#hits")
    check("search counts what it finds", hits == "4 objects", hits)
    check("and marks it", browser.run("return document.querySelectorAll('.hit').length") == 4)
    browser.type("#search", "\ue007")  # Enter
    first = browser.text("#details h3")
    check("Enter goes to the first hit", first == "class Node", first)
    browser.click("main .box[data-node='2'] text")
    check("a click on a box tells of the object", "0x" in browser.text("#details dl"),
          browser.text("#details"))
    near = browser.run("return document.querySelectorAll('.edge.near').length")
    check("and shows its references", near > 1, near)
    before = browser.text("#details dl dd:nth-of-type(2)")
    browser.run("[...document.querySelectorAll('#details ul li')]"
                ".find(row => row.textContent.includes('children')).click()")
    check("a reference is followed by a click", browser.text("#details h3").startswith("list of")
          and browser.text("#details dl dd:nth-of-type(2)") != before, browser.text("#details"))
    browser.click("#bases li:nth-child(2)")
    changed = browser.text("#differences")
    check("a comparison tells what is new", "NEW (1)" in changed, changed)
    check("what changed", "CHANGED (" in changed, changed)
    check("and what is gone", "GONE (2)" in changed, changed)
    if screenshot:
        with open(screenshot, "wb") as file:
            file.write(base64.b64decode(browser.call("GET", "/screenshot")))
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    check("Escape lets go of the object",
          browser.run("return document.querySelectorAll('.self').length") == 0)


def main():
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(folder)
        try:
            drive(browser, sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
        finally:
            browser.close()


main()
