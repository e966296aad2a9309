package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every container of the manifests conforms to the level `restricted` of pod security and declares
/// its resources.
class PodSecurityTest {

    private static final Path ROOT = Checkout.find().root();
    private static List<JsonNode> all;

    @BeforeAll
    static void read() throws IOException {
        all = new ArrayList<>(Rendered.folder(ROOT, "overlays/production"));
        all.addAll(Rendered.folder(ROOT, "examples/loan"));
        all.addAll(Rendered.folder(ROOT, "examples/penguins"));
    }

    @TestFactory
    Stream<DynamicTest> containerGainsNoPrivilegesAndDropsAllCapabilities() {
        return containers()
                .map(each -> dynamicTest(each.name(), () -> {
                    JsonNode security = each.container().path("securityContext");
                    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                    assertThat(security.path("runAsNonRoot").asBoolean()
                                    || each.pod()
                                            .at("/securityContext/runAsNonRoot")
                                            .asBoolean())
                            .isTrue();
                    assertThat(Stream.of(security, each.pod().path("securityContext"))
                                    .map(context ->
                                            context.at("/seccompProfile/type").asText()))
                            .contains("RuntimeDefault");
                }));
    }

    @TestFactory
    Stream<DynamicTest> containerHasRequestsAndAMemoryLimit() {
        return containers()
                .map(each -> dynamicTest(each.name(), () -> {
                    JsonNode resources = each.container().path("resources");
                    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
                    assertThat(resources.at("/requests/memory").asText()).isNotEmpty();
                    assertThat(resources.at("/limits/memory").asText()).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> programWritesOnlyToItsTemporaryFolderAndHasNoToken() {
        return containers()
                .filter(each -> each.name().matches("(Service|CronJob) .*"))
                .map(each -> dynamicTest(each.name(), () -> {
                    assertThat(each.container()
                                    .at("/securityContext/readOnlyRootFilesystem")
                                    .asBoolean())
                            .isTrue();
                    assertThat(each.pod().path("automountServiceAccountToken").asBoolean(true))
                            .isFalse();
                    assertThat(each.pod().path("enableServiceLinks").asBoolean(true))
                            .isFalse();
                    for (JsonNode mount : each.container().path("volumeMounts")) {
                        assertThat(mount.path("readOnly").asBoolean()
                                        || mount.path("mountPath").asText().equals("/tmp"))
                                .isTrue();
                    }
                }));
    }

    @Test
    void everyImageHasAVersion() {
        assertThat(containers()
                        .map(each -> each.container().path("image").asText())
                        .filter(image -> !image.isEmpty()))
                .isNotEmpty()
                .allMatch(image -> image.matches(".*(:\\d[\\w.]*|@sha256:[0-9a-f]{64})"));
    }

    @Test
    void trafficIsDeniedUnlessAPolicyAllowsIt() {
        JsonNode deny = all.stream()
                .filter(document -> document.at("/metadata/name").asText().equals("default-deny"))
                .findFirst()
                .orElseThrow();
        assertThat(deny.at("/spec/podSelector")).isEmpty();
        assertThat(deny.at("/spec/policyTypes")).hasSize(2);
        assertThat(deny.at("/spec").has("ingress")).isFalse();
        assertThat(deny.at("/spec").has("egress")).isFalse();
    }

    /// A container and the pod around it.
    private record Contained(String name, JsonNode pod, JsonNode container) {}

    private static Stream<Contained> containers() {
        List<Contained> found =
                all.stream().flatMap(PodSecurityTest::containers).toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(6);
        return found.stream();
    }

    private static Stream<Contained> containers(JsonNode document) {
        String name = document.path("kind").asText() + " "
                + document.at("/metadata/name").asText();
        return document.findParents("containers").stream()
                .flatMap(pod -> Stream.iterate(
                                0, i -> i < pod.path("containers").size(), i -> i + 1)
                        .map(i ->
                                new Contained(name, pod, pod.path("containers").get(i))));
    }
}
