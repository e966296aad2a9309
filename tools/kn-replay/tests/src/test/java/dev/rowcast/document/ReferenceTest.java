package dev.rowcast.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of the reference pages are those of the code. `ConfigurationDocTest` compares the settings.
class ReferenceTest {

    private static final MarkdownFile HTTP = MarkdownTree.document("docs/http.md");
    private static final MarkdownFile METRICS = MarkdownTree.document("docs/metrics.md");

    @Test
    void reasonsAreThoseOfTheCodeWithTheirMeaning() {
        String source = source("outcome/Reason.java");
        List<String> expected = Arrays.stream(Reason.values())
                .map(reason -> "| `" + reason.code() + "` | " + comment(source, reason) + " |")
                .toList();

        assertThat(HTTP.lines()).containsSubsequence(expected);
        assertThat(HTTP.firstCells().stream().filter(cell -> cell.matches("[a-z]+-[a-z-]+")))
                .hasSameSizeAs(expected);
    }

    @Test
    void answersAreThoseOfTheCode() {
        List<String> outcomes = Arrays.stream(Outcome.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
        String source = source("http/HttpAnswer.java");
        List<String> statuses =
                found(source, "new HttpAnswer\\((\\d+),").distinct().toList();
        List<String> headers = found(source, "= \"((?:kne-|Retry)[\\w-]+)\";").toList();
        String table = String.join(
                "\n",
                HTTP.lines().stream()
                        .filter(line -> line.matches("\\| .* \\| \\d{3} \\|.*"))
                        .toList());

        assertThat(HTTP.firstCells()).containsAll(outcomes);
        assertThat(statuses).hasSize(4).allSatisfy(status -> assertThat(table).contains("| " + status + " |"));
        assertThat(headers).hasSize(4).allSatisfy(header -> assertThat(table).contains("`" + header + "`"));
        assertThat(found(table, "\\| (\\d+) \\|")).containsAll(statuses).isSubsetOf(statuses);
    }

    @Test
    void metricsAreThoseOfTheFunctions() {
        List<String> expected = sources("/functions/")
                .flatMap(text -> found(text, "\"(rowcast(?:\\.[a-z]+)+)\"")
                        .filter(name -> text.contains("io.micrometer") || text.contains("OutcomeCounts"))
                        .filter(name -> !isSetting(name))
                        .map(name -> prometheus(name, text)))
                .distinct()
                .toList();

        assertThat(expected).contains("rowcast_outcomes_total", "rowcast_precondition", "rowcast_drift_psi");
        assertThat(METRICS.firstCells().stream().filter(cell -> cell.startsWith("rowcast_")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void preconditionsAreThoseOfTheFunctions() {
        List<String> expected = sources("/functions/")
                .flatMap(text -> found(text, "preconditions\\s*\\.(?:watch|warn)\\(\\s*\"([a-z-]+)\""))
                .distinct()
                .toList();
        int from = METRICS.lines().indexOf("## Preconditions");
        int to = METRICS.lines().indexOf("## Metrics of others that the alerts read");
        List<String> documented = found(
                        String.join("\n", METRICS.lines().subList(from, to)), "(?m)^\\| `([a-z-]+)` \\|")
                .toList();

        assertThat(expected).contains("flood", "path", "contract");
        assertThat(documented).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void metricsThatAnAlertReadsAreDocumented() {
        List<String> read = found(
                        MarkdownTree.text(Checkout.find().resolve("monitoring/rules.yaml")),
                        "\\b([a-z]+(?:_[a-z0-9]+)+)(?=[{\\[])")
                .distinct()
                .toList();

        assertThat(read).contains("rowcast_precondition", "kafka_consumergroup_lag");
        assertThat(METRICS.firstCells()).containsAll(read);
    }

    @Test
    void partsOfTheContractAreThoseOfTheSchema() throws IOException {
        JsonNode schema = new JsonMapper()
                .readTree(Checkout.find()
                        .resolve("trainer-notebook/contract.schema.json")
                        .toFile());
        List<String> parts = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(parts::add);

        assertThat(MarkdownTree.document("docs/contract.md").firstCells().stream()
                        .filter(Predicate.not(cell -> cell.equals("part") || cell.startsWith("---"))))
                .containsExactlyInAnyOrderElementsOf(parts);
    }

    private static String comment(String source, Reason reason) {
        return found(source, "/// ([^\\n]*)\\n\\s*" + reason.name() + "\\b")
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSetting(String name) {
        return name.startsWith("rowcast.source") || name.startsWith("rowcast.delivery.");
    }

    /// The name as the registry for Prometheus writes it: a counter ends in `_total`, a timer in `_seconds`.
    private static String prometheus(String name, String source) {
        String unit = source.contains("Timer.builder(") ? "_seconds" : "";
        return name.replace('.', '_') + (source.contains("registry.counter(") ? "_total" : unit);
    }

    private static String source(String end) {
        return sources(end).findFirst().orElseThrow();
    }

    private static Stream<String> sources(String part) {
        return MarkdownTree.files().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .filter(file -> file.toString().contains(part))
                .map(MarkdownTree::text);
    }

    private static Stream<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
    }
}
