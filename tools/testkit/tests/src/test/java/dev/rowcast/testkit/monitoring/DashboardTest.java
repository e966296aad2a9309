package dev.rowcast.testkit.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.folder.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The dashboard has the structure that Grafana loads, and each panel says what it shows.
class DashboardTest {

    /// Units of Grafana.
    private static final Set<String> UNITS = Set.of("short", "ops", "s", "ms", "bytes");
    /// Kinds of panels that are part of Grafana.
    private static final Set<String> TYPES = Set.of("stat", "timeseries", "heatmap", "state-timeline");

    private static final int WIDTH = 24;
    private static final Monitoring MONITORING = Monitoring.read(Checkout.find().root());

    @Test
    void everyPanelHasTitleDescriptionUnitAndQuery() {
        assertThat(MONITORING.panels()).allSatisfy(panel -> {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.description()).as(panel.title()).endsWith(".").hasSizeGreaterThan(20);
            assertThat(panel.unit()).as(panel.title()).isIn(UNITS);
            assertThat(panel.type()).as(panel.title()).isIn(TYPES);
            assertThat(panel.queries())
                    .as(panel.title())
                    .isNotEmpty()
                    .allSatisfy(
                            query -> assertThat(Selector.of(query)).as(query).isNotEmpty());
        });
    }

    @Test
    void titlesAndIdsOccurOnce() {
        assertThat(MONITORING.panels()).extracting(Panel::title).doesNotHaveDuplicates();
        assertThat(MONITORING.dashboard().path("panels"))
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @Test
    void dashboardBeginsWithARowOfFigures() {
        JsonNode panels = MONITORING.dashboard().path("panels");

        assertThat(panels.get(0).path("type").asText()).isEqualTo("row");
        assertThat(MONITORING.panels().subList(0, 5))
                .allSatisfy(panel -> assertThat(panel.type()).isEqualTo("stat"))
                .extracting(Panel::title)
                .containsExactly(
                        "Events behind",
                        "Delivery, 99th percentile",
                        "Dead letters in the last hour",
                        "Functions at zero",
                        "Problems of the path");
        assertThat(MONITORING.panels()).extracting(Panel::type).contains("heatmap", "state-timeline");
    }

    @Test
    void noTwoPanelsOverlap() {
        List<JsonNode> places = new ArrayList<>();
        for (JsonNode panel : MONITORING.dashboard().path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(end(place, "x", "w")).as("%s", panel.path("title")).isLessThanOrEqualTo(WIDTH);
            assertThat(places)
                    .as("overlaps with %s", panel.path("title"))
                    .noneMatch(other -> overlap(place, other, "x", "w") && overlap(place, other, "y", "h"));
            places.add(place);
        }
        assertThat(places).hasSizeGreaterThan(20);
    }

    @Test
    void everyQueryAsksThePrometheusThatTheReaderChose() {
        assertThat(MONITORING.dashboard().findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${source}"));
        assertThat(MONITORING.dashboard().at("/templating/list/0/name").asText())
                .isEqualTo("source");
    }

    private static boolean overlap(JsonNode one, JsonNode other, String start, String size) {
        return one.path(start).asInt() < end(other, start, size)
                && other.path(start).asInt() < end(one, start, size);
    }

    private static int end(JsonNode place, String start, String size) {
        return place.path(start).asInt() + place.path(size).asInt();
    }
}
