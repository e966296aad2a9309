package dev.rowcast.testkit.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each alert has a paragraph in the runbook, a panel of the dashboard, and its tests.
class AlertsTest {

    private static final Path ROOT = Checkout.find().root();
    private static final Monitoring MONITORING = Monitoring.read(ROOT);
    private static final String RUNBOOK = "docs/runbook.md";

    @Test
    void everyAlertHasAFiringAndASilentCase() throws IOException {
        JsonNode tests = new YAMLMapper()
                .readTree(ROOT.resolve("monitoring/rules_test.yaml").toFile())
                .path("tests");
        for (Alert alert : MONITORING.alerts()) {
            assertThat(tests)
                    .as("%s fires", alert.name())
                    .filteredOn(test -> test.path("name").asText().equals(alert.name() + " fires"))
                    .singleElement()
                    .satisfies(test -> assertThat(test.at("/promql_expr_test/0/exp_samples"))
                            .isNotEmpty());
            assertThat(tests)
                    .as("%s is silent", alert.name())
                    .filteredOn(test -> test.path("name").asText().startsWith(alert.name() + " is silent "))
                    .singleElement()
                    .satisfies(test -> {
                        assertThat(test.path("input_series")).isNotEmpty();
                        assertThat(test.path("promql_expr_test"))
                                .isNotEmpty()
                                .allSatisfy(moment ->
                                        assertThat(moment.path("exp_samples")).isEmpty());
                    });
        }
        assertThat(tests)
                .hasSize(2 * MONITORING.alerts().size())
                .allSatisfy(test -> assertThat(test.findValuesAsText("expr"))
                        .containsOnly("ALERTS{alertname=\""
                                + test.path("name").asText().replaceAll(" .*", "") + "\", alertstate=\"firing\"}"));
    }

    @Test
    void everyAlertLinksToItsParagraphInTheRunbook() throws IOException {
        Map<String, String> paragraphs = paragraphs();

        assertThat(paragraphs.keySet())
                .containsExactlyElementsOf(
                        MONITORING.alerts().stream().map(Alert::name).toList());
        assertThat(MONITORING.alerts())
                .allSatisfy(alert -> assertThat(alert.annotations().get("runbook_url"))
                        .isEqualTo(RUNBOOK + "#" + alert.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void everyParagraphHasMeaningFirstLookCommandAndRemedy() throws IOException {
        assertThat(paragraphs())
                .allSatisfy((alert, text) -> assertThat(text)
                        .as(alert)
                        .containsSubsequence("**Meaning.**", "**First look.**", "    ", "**Remedy.**"));
    }

    @Test
    void everyAlertLinksToAPanelThatShowsItsMetricAndLinksBack() {
        for (Alert alert : MONITORING.alerts()) {
            assertThat(alert.annotations())
                    .as(alert.name())
                    .containsEntry(
                            "__dashboardUid__",
                            MONITORING.dashboard().path("uid").asText());
            Panel panel = panel(alert);
            assertThat(metrics(panel.queries())).as(alert.name()).containsAll(metrics(List.of(alert.query())));
            assertThat(panel.links())
                    .as(alert.name())
                    .contains("${docs}/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void noPanelLinksToAnAlertThatDoesNotExist() throws IOException {
        List<String> anchors = paragraphs().keySet().stream()
                .map(name -> "${docs}/runbook.md#" + name.toLowerCase(Locale.ROOT))
                .toList();

        assertThat(MONITORING.panels()).allSatisfy(panel -> assertThat(anchors).containsAll(panel.links()));
    }

    private static Panel panel(Alert alert) {
        return MONITORING.panels().stream()
                .filter(found ->
                        Integer.toString(found.id()).equals(alert.annotations().get("__panelId__")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(alert.name() + " names no panel of the dashboard"));
    }

    private static List<String> metrics(List<String> queries) {
        return queries.stream()
                .flatMap(query -> Selector.of(query).stream())
                .map(Selector::metric)
                .distinct()
                .toList();
    }

    /// The paragraphs by their headings.
    private static Map<String, String> paragraphs() throws IOException {
        return Pattern.compile("(?ms)^## (Rowcast\\w+)\n(.*?)(?=^## |\\z)")
                .matcher(Files.readString(ROOT.resolve(RUNBOOK)))
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1),
                        found -> found.group(2),
                        (first, second) -> {
                            throw new AssertionError("two paragraphs have one heading");
                        },
                        LinkedHashMap::new));
    }
}
