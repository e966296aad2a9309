package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rowcast.local.Addresses;
import dev.rowcast.local.PageSetup;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The live page in a headless Chromium, with the whole local system and a table of each kind of output: the views of
/// every table, the tour, and all that a person can cause there.
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageST {

    @TempDir
    private static Path folder;

    private static LocalSystem system;
    private static Chromium browser;
    private static PageActions page;

    @BeforeAll
    static void start() throws Exception {
        if (Chromium.executable().isEmpty()) {
            String reason =
                    "No Chromium is installed (CHROME_PATH, or chromium on the PATH): the page is not tested in it";
            System.out.println("  " + reason);
            abort(reason);
        }
        RunSettings settings = RunSettings.quiet()
                .withIdle(Duration.ofMinutes(2))
                .withAlso(List.of("examples/loan", "examples/penguins", "examples/ridership"));
        Path data = Files.createDirectories(folder.resolve(".rowcast"));
        system = LocalSystem.start(Checkout.find(), data, settings, line -> System.out.println("  " + line));
        URI address = PageSetup.show(system, settings, line -> System.out.println("  " + line));
        system.with(new Addresses(system, address, system.addresses()));
        browser = Chromium.start(Files.createDirectories(folder.resolve("chromium")));
        page = new PageActions(browser, address);
        page.open(0, "path");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Order(1)
    void tourIsWalkedWithTheKeyboard() {
        page.tour();
    }

    @Test
    @Order(2)
    void systemWithoutRowsSaysTheNextCommand() {
        assertThat(browser.run("document.getElementById('empty').checkVisibility() + ' '"
                                + " + document.querySelector('#empty-command button').getAttribute('aria-label')")
                        .asText())
                .isEqualTo("true copy: make run LOAD=on");
    }

    @Test
    @Order(3)
    void everyViewIsThatOfTheChosenTable() {
        page.table(1, "loan_application", " %");
        page.table(2, "penguin", " %");
        page.table(3, "station_day", " – ");
        page.table(0, "person_churn_history", " %");
        page.switchAtARow(0, 3);

        assertThat(browser.faults()).isEmpty();
    }

    @Test
    @Order(4)
    void everyFaultCanBeCausedAndUndone() {
        page.faults(0, List.of("Elasticsearch", "Kafka Connect", "Kafka", "Postgres"));
        page.everyFaultIsADeadLetter(0);
    }
}
