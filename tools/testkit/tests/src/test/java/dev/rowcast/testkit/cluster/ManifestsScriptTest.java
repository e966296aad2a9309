package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.cluster.FakeCluster.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `make manifests`: one file for each overlay, in which every image of Rowcast is fixed.
class ManifestsScriptTest {

    private static final List<String> IMAGES = List.of("predictor", "indexer", "retention", "kn-replay", "connect");
    private static final String DIGEST = "@sha256:" + "0a".repeat(32);

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = FakeCluster.empty(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "production"})
    void everyImageHasTheVersionAndTheRegistry(String overlay) throws Exception {
        assertThat(manifests("")).returns(0, Result::code);

        String written = cluster.read("out/rowcast-1.2.3-" + overlay + ".yaml");
        for (String image : IMAGES) {
            assertThat(written).contains("image: ghcr.io/you/rowcast/" + image + ":1.2.3\n");
        }
        assertThat(written.replace("ghcr.io/you/rowcast/", "rowcast/").replace(":1.2.3\n", ":0.1.0\n"))
                .isEqualTo(cluster.read("rendered/" + overlay));
    }

    @Test
    void everyImageHasTheDigestThatWasGiven() throws Exception {
        assertThat(manifests(String.join(DIGEST + " ", IMAGES) + DIGEST)).returns(0, Result::code);

        String written = cluster.read("out/rowcast-1.2.3-laptop.yaml");
        for (String image : IMAGES) {
            assertThat(written).contains("image: ghcr.io/you/rowcast/" + image + DIGEST + "\n");
        }
        assertThat(written).doesNotContain(":0.1.0\n").contains("image: docker.io/curlimages/curl:");
    }

    @Test
    void imageWithoutItsDigestIsNamed() throws Exception {
        Result result = manifests("predictor" + DIGEST + " connect" + DIGEST);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("No digest was given for:", "rowcast/kn-replay:1.2.3");
        assertThat(cluster.has("out/rowcast-1.2.3-laptop.yaml")).isFalse();
    }

    @Test
    void malformedDigestIsRefused() throws Exception {
        assertThat(manifests("predictor@sha256:12"))
                .isEqualTo(new Result(1, "predictor@sha256:12 is not NAME@sha256:DIGEST\n"));
    }

    @Test
    void writtenFileIsDeployedAsItIs() throws Exception {
        cluster = FakeCluster.complete(folder);
        assertThat(manifests("")).returns(0, Result::code);
        cluster.without("rendered");

        Result result =
                cluster.cluster("deploy", "MANIFESTS=" + folder.resolve("out/rowcast-1.2.3-laptop.yaml"), "REGISTRY=");

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(cluster.read("rowcast/services.serving.knative.dev/predictor"))
                .contains("image: ghcr.io/you/rowcast/predictor:1.2.3\n");
    }

    @Test
    void manifestsAndOverlayExcludeEachOther() throws Exception {
        cluster.with("server", "v1.34.0");

        assertThat(cluster.cluster("deploy", "MANIFESTS=any.yaml", "OVERLAY=laptop")
                        .output())
                .isEqualTo("MANIFESTS and OVERLAY are both given; MANIFESTS already is an overlay\n");
        assertThat(cluster.cluster("deploy", "MANIFESTS=none.yaml").output())
                .endsWith("MANIFESTS is none.yaml, which cannot be read\n");
    }

    private Result manifests(String digests) throws Exception {
        return cluster.bash("exec scripts/manifests " + digests, "VERSION=1.2.3", "FOLDER=" + folder.resolve("out"));
    }
}
