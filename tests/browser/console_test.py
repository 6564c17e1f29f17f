"""HQ's console in a real browser: sign in, list, filter, a person's file with its evidence, three languages, no scripts needed, no errors.

usage: console_test.py ADAL_HQ SOME_RESULTS MANY_ATTEMPTS OUTPUT_FOLDER
Pictures of every page land in the output folder, at 1440x900 and 1280x800.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

PAGES = [("overview", "/"), ("people", "/people?site=balkhash"), ("overdue", "/overdue"), ("terminals", "/terminals"), ("terminal", "/terminals/t-01"), ("person", "/people/p-000001"),
         ("code", "/people/p-000001?duty=code"), ("beginner", "/people/p-000004"), ("analysis", "/analysis/probation"), ("marked", "/analysis/probation?marked=1&group=kk")]
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TITLES = {"kk": "Қызметкерлер", "ru": "Люди", "en": "People"}


class Hq:
    def __init__(self, program, folder):
        self.program, self.data = program, os.path.join(folder, "hq")
        self.password = json.loads(self.run("init", "--demo", "--json"))["password"]
        self.packs = {pack["kind"]: pack["sha256"] for pack in json.loads(self.run("publish", "--json"))["packs"]}
        self.server = subprocess.Popen([program, "serve", "--data", self.data, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True,
                                       env=dict(os.environ, ADAL_LANGUAGE="en"))
        self.url = self.server.stdout.readline().split()[-1]

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments, "--data", self.data], check=True, stdout=subprocess.PIPE, text=True).stdout

    def receive(self, some_results, folder):
        code = json.loads(self.run("terminal", "invite", "--site", "balkhash", "--unit", "balkhash-mechanical", "--json"))["code"]
        subprocess.run([some_results, self.url, code, os.path.join(folder, "terminal")], check=True, stdout=subprocess.DEVNULL)

    def receive_attempts(self, many_attempts, folder):
        code = json.loads(self.run("terminal", "invite", "--site", "balkhash", "--json"))["code"]
        bank = os.path.join(self.data, "packs", self.packs["bank"] + ".pack")
        subprocess.run([many_attempts, self.url, code, os.path.join(folder, "many"), bank], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.server.terminate()
        return self.server.wait(20)


def browser(width, height):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1", f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    driver.implicitly_wait(5)
    return driver


def wait(driver, condition, what):
    """A click returns before the next page is there."""
    WebDriverWait(driver, 20).until(lambda _: condition(), what)


def sign_in(driver, hq, password):
    driver.get(hq.url + "/people")
    assert "/login" in driver.current_url, driver.current_url
    driver.find_element(By.NAME, "login").send_keys("admin")
    driver.find_element(By.NAME, "password").send_keys(password)
    driver.find_element(By.CSS_SELECTOR, ".login button").click()


def check_sign_in(driver, hq):
    sign_in(driver, hq, "not this one")
    wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "[role=alert]"), "a wrong password is not explained")
    sign_in(driver, hq, hq.password)
    wait(driver, lambda: driver.current_url == hq.url + "/people", "the sign-in does not lead back to the page asked for")


def check_list(driver, hq):
    driver.get(hq.url + "/people?lang=ru")
    names = [e.text for e in driver.find_elements(By.CSS_SELECTOR, "tbody .lk")]
    assert len(names) == 40, len(names)
    Select(driver.find_element(By.NAME, "site")).select_by_visible_text("Балхаш")
    driver.find_element(By.NAME, "q").send_keys("сарсенова айгерим")
    driver.find_element(By.CSS_SELECTOR, ".filter button").click()
    wait(driver, lambda: "q=" in driver.current_url, "the filter does not apply")
    rows = driver.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert len(rows) == 1 and "204" in rows[0].text, [r.text for r in rows]
    assert len(rows[0].find_elements(By.CSS_SELECTOR, ".chip.done")) == 3, rows[0].text
    rows[0].find_element(By.CSS_SELECTOR, ".lk").click()


def check_person(driver):
    wait(driver, lambda: driver.find_element(By.TAG_NAME, "h1").text == "Сәрсенова Айгерім Нұрланқызы", "her page does not open")
    steps = [e.text for e in driver.find_elements(By.CSS_SELECTOR, "#evidence .step b")]
    assert len(steps) == 8 and "20 ответов" in steps[2] and steps[-1] == "Проверено при открытии этой страницы", steps
    assert driver.find_element(By.CSS_SELECTOR, "#evidence .chip.done").text == "цела"
    assert [e.text for e in driver.find_elements(By.CSS_SELECTOR, ".topic b")] == ["4 из 4", "3 из 4", "3 из 4", "4 из 4", "2 из 4"]
    assert "gifts-0" not in driver.page_source, "an item's name stands on the page"


def check_analysis(driver, hq):
    """The made-up faults of many_attempts.cpp are marked in words; what items ask is nowhere on the page."""
    driver.get(hq.url + "/analysis?lang=ru")
    assert driver.find_element(By.TAG_NAME, "h1").text == "Анализ заданий: Проверка знаний"
    rows = {row.find_element(By.TAG_NAME, "b").text: row.text for row in driver.find_elements(By.CSS_SELECTOR, "tbody tr")}
    assert "проверьте ключ" in rows["speak-up-01"], rows["speak-up-01"]
    assert any(row.split()[1].isdigit() and "%" in row for row in rows.values()), rows
    tiles = [tile.text for tile in driver.find_elements(By.CSS_SELECTOR, ".tile")]
    assert len(tiles) == 4 and "надёжность" in tiles[2] and "n = 250" in tiles[2] and "0," in tiles[2], tiles
    assert "1 попытка" in driver.find_element(By.TAG_NAME, "main").text  # some_results answers items that no bank has
    driver.find_element(By.PARTIAL_LINK_TEXT, "Только с пометками").click()
    wait(driver, lambda: "marked=1" in driver.current_url, "the filter does not apply")
    assert 0 < len(driver.find_elements(By.CSS_SELECTOR, "tbody tr")) < len(rows)
    stems = [line.split("::", 2)[2][:40] for line in open(os.path.join(SOURCE, "quizzes", "bank", "ru.gift"), encoding="utf-8") if line.startswith("::")]
    assert stems and not [stem for stem in stems if stem.strip() and stem in driver.page_source], "what an item asks stands on the page"


def take_pictures(driver, hq, folder, width):
    for language in ("kk", "ru", "en"):
        for name, path in PAGES:
            driver.get(hq.url + path + ("&" if "?" in path else "?") + "lang=" + language)
            assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
            if name == "people":
                assert driver.find_element(By.TAG_NAME, "h1").text == TITLES[language]
            driver.save_screenshot(os.path.join(folder, f"{name}-{language}-{width}.png"))
            page = driver.find_element(By.TAG_NAME, "main")
            assert page.rect["x"] + page.rect["width"] <= width, f"{name} {language} is wider than {width}"


def check_no_errors(driver):
    errors = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE" and "/login - Failed to load resource: the server responded with a status of 403" not in entry["message"]]
    assert not errors, errors


def main(program, some_results, many_attempts, output):
    os.makedirs(output, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hq = Hq(program, folder)
        try:
            hq.receive(some_results, folder)
            hq.receive_attempts(many_attempts, folder)
            for width, height in ((1440, 900), (1280, 800)):
                driver = browser(width, height)
                try:
                    check_sign_in(driver, hq)
                    check_list(driver, hq)
                    check_person(driver)
                    check_analysis(driver, hq)
                    take_pictures(driver, hq, output, width)
                    check_no_errors(driver)
                finally:
                    driver.quit()
        finally:
            ended = hq.stop()
    assert ended == 0, f"adal-hq serve ended with {ended}"
    print(f"pictures: {output}")


if __name__ == "__main__":
    main(*sys.argv[1:])
