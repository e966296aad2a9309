package dev.rowcast.testkit.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus's own tool accepts the alerts and the queries of the dashboard, and each alert fires and is silent as its
/// cases say. Without the tool the tests are skipped, and print how to get it.
class PromtoolTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Checkout CHECKOUT = Checkout.find();
    private static final Monitoring MONITORING = Monitoring.read(CHECKOUT.root());

    private static String promtool;

    @TempDir
    Path folder;

    @BeforeAll
    static void findPromtool() throws Exception {
        Ended found = run(List.of(CHECKOUT.resolve("scripts/promtool").toString(), "path"), CHECKOUT.root());
        if (found.code() != 0) {
            System.out.println("PromtoolTest is skipped: " + found.printed().strip());
        }
        assumeTrue(found.code() == 0, found.printed());
        promtool = found.printed().strip();
    }

    @BeforeEach
    void writeTheRulesAsPrometheusReadsThem() throws IOException {
        YAML.writeValue(folder.resolve("rules.groups.yaml").toFile(), MONITORING.rules());
    }

    @Test
    void rulesAreAccepted() throws Exception {
        assertThat(promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.groups.yaml"))
                .contains(MONITORING.alerts().size() + " rules found");
    }

    @Test
    void everyAlertFiresAndIsSilentAsItsCasesSay() throws Exception {
        Files.copy(CHECKOUT.resolve("monitoring/rules_test.yaml"), folder.resolve("rules_test.yaml"));

        assertThat(promtool("test", "rules", "rules_test.yaml")).contains("SUCCESS");
    }

    @Test
    void everyQueryOfTheDashboardIsPromql() throws Exception {
        ObjectNode file = YAML.createObjectNode();
        ArrayNode rules =
                file.putArray("groups").addObject().put("name", "dashboard").putArray("rules");
        for (Panel panel : MONITORING.panels()) {
            for (int i = 0; i < panel.queries().size(); i++) {
                rules.addObject()
                        .put("record", "panel:" + panel.id() + ":" + i)
                        .put("expr", panel.queries().get(i));
            }
        }
        YAML.writeValue(folder.resolve("dashboard.yaml").toFile(), file);

        assertThat(promtool("check", "rules", "dashboard.yaml")).contains(rules.size() + " rules found");
    }

    private String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(promtool));
        command.addAll(List.of(arguments));
        Ended ended = run(command, folder);
        assertThat(ended.code()).as(ended.printed()).isZero();
        return ended.printed();
    }

    private record Ended(int code, String printed) {}

    private static Ended run(List<String> command, Path folder) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), printed);
    }
}
