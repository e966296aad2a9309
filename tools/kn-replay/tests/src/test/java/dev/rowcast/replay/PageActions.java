package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

/// What a person can press on the live page: the switch between tables, the tour, and every button of the view *Do*.
///
/// @param browser shows the page
/// @param page    its address
record PageActions(Chromium browser, URI page) {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    /// Opens a view of a table; the first visit begins the tour, which is skipped.
    void open(int table, String view) {
        browser.open(URI.create(page + "#" + table + "/" + view), WIDTH, HEIGHT);
        browser.await("document.querySelector('#link.live')");
        browser.run("document.getElementById('tour').hidden || [...document.querySelectorAll('#tour button')]"
                + ".find(one => one.textContent === 'Skip the tour').click()");
    }

    /// The tour, with the keyboard alone: to its end, again from its beginning, back, and out of it.
    void tour() {
        browser.tabTo("#tour-again");
        browser.press("Enter");
        for (String step : List.of("1 path", "2 path", "3 path", "4 do", "5 letters")) {
            browser.await("document.querySelector('#tour p').textContent === 'Step %s of 5'".formatted(step.charAt(0))
                    + " && document.querySelector('#tour .primary') === document.activeElement"
                    + " && document.querySelector('.toured').checkVisibility()"
                    + " && location.hash.endsWith('/%s')".formatted(step.substring(2)));
            browser.press("Enter");
        }
        browser.await("document.getElementById('tour').hidden && document.activeElement.id === 'path-title'");
        browser.tabTo("#tour-again");
        browser.press("Enter");
        browser.await("document.activeElement.textContent === 'Next'");
        browser.press("Escape");
        browser.await("document.getElementById('tour').hidden && document.activeElement.id === 'path-title'");
    }

    /// Chooses a table in the switch, and shows in every view that it is the one of that table.
    ///
    /// @param score what the score of a row must contain
    void table(int table, String name, String score) {
        browser.run("document.querySelectorAll('#tables a')[" + table + "].click()");
        browser.await("document.querySelector('#source-table .name').textContent === '" + name + "'");
        go(table, "do");
        browser.await("document.querySelector('#what-if .score')");
        assertThat(browser.run("document.getElementById('what-if').innerText").asText())
                .contains(score);
        String key = browser.run("document.querySelector('#change-fields .key-field input').value")
                .asText();
        press("insert", "change-said", "insert is committed: ");
        go(table, "path");
        browser.await("[...document.querySelectorAll('#rows a')].some(one => one.textContent === '" + key + "')");
        go(table, "row/" + key);
        browser.await("document.querySelector('#row-view .part .score')");
        assertThat(browser.run("document.querySelector('#row-view .score').innerText")
                        .asText())
                .contains(score);
        assertThat(browser.run("document.getElementById('row-view').innerText").asText())
                .contains("stored", "insert")
                .doesNotContain("undefined", "NaN", "[object");
        browser.run("document.querySelector('#row-view a.button').click()");
        browser.await("document.querySelector('#change-fields .key-field input')?.value === '" + key + "'");
        press("update", "change-said", "update is committed: ");
        press("delete", "change-said", "delete is committed: ");
        press("delete", "change-said", "no row has key " + key);
        go(table, "model");
        browser.await(
                "document.querySelectorAll('#model-features tr').length >= 5 && document.querySelector('#meter-rows tr')");
        assertThat(browser.run("document.getElementById('model-facts').innerText")
                        .asText())
                .doesNotContain("undefined", "NaN");
    }

    /// Chooses another table while a row is shown: it is not shown as a row of that table.
    void switchAtARow(int from, int to) {
        go(from, "path");
        browser.await("document.querySelector('#rows a')");
        browser.run("document.querySelector('#rows a').click()");
        browser.await("document.querySelector('#row-view .part')");
        browser.run("document.querySelectorAll('#tables a')[" + to + "].click()");
        browser.await("location.hash === '#" + to + "/row'"
                + " && document.getElementById('row-key').textContent === ''"
                + " && document.getElementById('row-view').textContent === ''");
    }

    /// Causes load and every fault, and starts again what was stopped.
    void faults(int table, List<String> stores) {
        go(table, "do");
        browser.await("document.querySelector('#kill-buttons button')");
        pressNamed("Continue the load", "load-said", "a burst of ");
        pressNamed("Pause the load", "load-said", "paused");
        pressNamed("Burst now", "load-said", " changes are on their way");
        for (String kind : kinds()) {
            browser.run("document.getElementById('faulty-kind').value = '" + kind + "'");
            browser.run("document.getElementById('faulty-said').textContent = ''");
            browser.run("document.getElementById('faulty-send').click()");
            browser.await("document.getElementById('faulty-said').textContent.startsWith('written to ')");
        }
        browser.await(
                "[...document.querySelectorAll('.function:not([hidden])')].every(one => one.classList.contains('up'))");
        for (String button : texts("#kill-buttons button")) {
            pressNamed(button, "kill-said", " is killed");
        }
        for (String store : stores) {
            pressNamed("Stop " + store, "store-said", store + " is stopping");
            browser.await(button("Start " + store));
            go(table, "path");
            browser.await("document.getElementById('away').textContent.startsWith('" + store + " is stopped.')");
            browser.tabTo("#away button");
            browser.press("Enter");
            browser.await("document.getElementById('away').hidden && document.activeElement.id === 'path-title'");
            go(table, "do");
            browser.await(button("Stop " + store));
        }
    }

    /// Waits until each kind of faulty event is a dead letter of each reader of the topic.
    void everyFaultIsADeadLetter(int table) {
        for (String kind : kinds()) {
            go(table, "path");
            go(table, "letters");
            browser.await("[...document.querySelectorAll('#letters-reason option')].some(one => one.value === '" + kind
                    + "') || (() => { if (!document.getElementById('letters-status').textContent.startsWith('reading'))"
                    + " document.getElementById('letters-again').click(); return false; })()");
        }
    }

    private List<String> kinds() {
        return texts("#faulty-kind option", "value");
    }

    private List<String> texts(String selector) {
        return texts(selector, "textContent");
    }

    private List<String> texts(String selector, String property) {
        return List.of(browser.run("[...document.querySelectorAll('%s')].map(one => one.%s).join('|')"
                        .formatted(selector, property))
                .asText()
                .split("\\|"));
    }

    private void go(int table, String view) {
        browser.run("location.hash = '#" + table + "/" + view + "'");
    }

    private static String button(String text) {
        return "[...document.querySelectorAll('main button')].find(one => one.textContent === '" + text + "')";
    }

    private void pressNamed(String text, String place, String said) {
        browser.await(button(text));
        browser.run("document.getElementById('" + place + "').textContent = ''");
        browser.run(button(text) + ".click()");
        browser.await("document.getElementById('" + place + "').textContent.includes('" + said + "')");
    }

    private void press(String operation, String place, String said) {
        browser.run("document.getElementById('" + place + "').textContent = ''");
        browser.run("document.getElementById('change-" + operation + "').click()");
        browser.await("document.getElementById('" + place + "').textContent.startsWith('" + said + "')");
    }
}
