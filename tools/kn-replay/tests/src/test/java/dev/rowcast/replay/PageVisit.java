package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

/// A visit of a person to the live page.
///
/// @param browser shows the page
/// @param page    its address
record PageVisit(Chromium browser, URI page) {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;

    /// Opens the page for the first time, and skips its tour with the keyboard.
    void begin() {
        open("path");
        browser.await("document.activeElement.textContent === 'Next'");
        browser.press("Escape");
        browser.await("document.getElementById('tour').hidden");
    }

    private void open(String view) {
        browser.open(URI.create(page + "#0/" + view), WIDTH, HEIGHT);
        browser.await("document.querySelector('#link.live')");
    }

    /// Changes a customer in the form, and follows it to its score, its documents and its case.
    void changeCustomer(String key) {
        open("do/" + key);
        browser.await("document.getElementById('field-customerid').value === '" + key + "'");
        browser.await("document.querySelector('#what-if .score')");
        for (String[] field : new String[][] {
            {"tenure", "1"}, {"contract", "Month-to-month"}, {"internetservice", "Fiber optic"},
            {"paymentmethod", "Electronic check"}, {"monthlycharges", "95"}, {"totalcharges", "95"},
            {"onlinesecurity", "No"}, {"techsupport", "No"}
        }) {
            browser.run("(() => { const field = document.getElementById('field-%s'); field.value = '%s';"
                            .formatted(field[0], field[1])
                    + " field.dispatchEvent(new Event('input', { bubbles: true })); })()");
        }
        browser.await("document.querySelector('#what-if .label.positive')");
        browser.run("document.getElementById('change-update').click()");
        browser.await("document.querySelector('#change-said a')");
        browser.run("document.querySelector('#change-said a').click()");
        // The row is read again when its prediction is stored; its documents follow.
        browser.await(readAgainUntil("document.querySelector('#row-view .label.positive')"
                + " && /status\\s*open/.test(document.querySelector('#row-view').textContent)"
                + " && document.querySelectorAll('#row-view details summary').length >= 3"
                + " && /person_churn_history_captured, version/.test(document.querySelector('#row-view').textContent)"
                + " && /retention_case, version/.test(document.querySelector('#row-view').textContent)"));
        assertThat(browser.run("[...document.querySelectorAll('#row-view tbody')][0].textContent")
                        .asText())
                .contains("committed", "in the WAL", "read by Debezium", "stored", "in the topic of predictions");
    }

    private static String readAgainUntil(String condition) {
        return "(" + condition + ") || (() => { if (document.getElementById('row-status').textContent === '')"
                + " document.querySelector('#row-view button').click(); return false; })()";
    }

    /// Replays the latest dead letter, with the keyboard alone.
    void replayLatestDeadLetterByKeyboard(String result) {
        open("path");
        browser.tabTo("#views a[data-view=letters]");
        browser.press("Enter");
        browser.await("document.querySelector('#letters-rows button')");
        browser.tabTo("#letters-rows button");
        browser.press("Enter");
        browser.await("document.querySelector('#letter-details button.primary')");
        browser.tabTo("#letter-details button.primary");
        browser.press("Enter");
        browser.await(
                "document.querySelector('#letter-details [role=status]').textContent.startsWith('" + result + "')");
    }

    /// Opens a row from the list with the keyboard alone.
    void openRowByKeyboard() {
        open("path");
        browser.await("document.querySelector('#rows a')");
        browser.tabTo("#rows a");
        String key = browser.run("document.activeElement.textContent").asText();
        browser.press("Enter");
        browser.await("document.querySelector('#row-view .score')");
        assertThat(browser.run("document.getElementById('row-key').textContent").asText())
                .isEqualTo(key);
        assertThat(browser.run("document.activeElement.id").asText()).isEqualTo("row-title");
    }

    /// Shows every view on a phone: nothing scrolls sideways, the path runs downwards, and key, percentage and label
    /// of a prediction are side by side.
    void phone() {
        for (String view : new String[] {"path", "row", "letters", "do", "model"}) {
            browser.open(URI.create(page + "#0/" + view), PHONE_WIDTH, PHONE_HEIGHT);
            browser.await("document.querySelector('#link.live') && document.querySelector('#rows a')");
            assertThat(browser.run("document.documentElement.scrollWidth").asInt())
                    .as(view)
                    .isLessThanOrEqualTo(PHONE_WIDTH);
            if (view.equals("path")) {
                assertThat(browser.run(
                                        "(() => { const top = (id) => document.getElementById(id).getBoundingClientRect()"
                                                + ".top; return top('source-table') < top('predictor') && top('predictor') <"
                                                + " top('retention') && top('retention') < top('indexer'); })()")
                                .asBoolean())
                        .isTrue();
                assertThat(browser.run(
                                        "[...document.querySelectorAll('#rows tr')].find((row) => !row.classList.contains('gone'))"
                                                + ".innerText.split(/\\s+/).length")
                                .asInt())
                        .as("key, percentage with its sign, label")
                        .isEqualTo(4);
            }
        }
    }
}
