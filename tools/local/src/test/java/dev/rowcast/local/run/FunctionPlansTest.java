package dev.rowcast.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.local.aot.TrainedStart;
import dev.rowcast.local.knative.serving.ServicePlan;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionPlansTest {

    private static final Map<String, String> SECRETS = Map.of(
            "rowcast-postgres-predictor-login/username", "predictor",
            "rowcast-postgres-predictor-login/password", "secret");

    private static final String FROM_A_MOUNT = "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS";

    private static final ModelFiles NO_MORE_TABLES = new ModelFiles(Checkout.find(), List.of());

    @TempDir
    Path built;

    private final KnativeServiceManifest predictor = Manifests.read(
                    Checkout.find().root())
            .services()
            .stream()
            .filter(service -> service.name().equals("predictor"))
            .findFirst()
            .orElseThrow();

    @BeforeEach
    void build() throws IOException {
        Path jar = built.resolve("functions/predictor/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
    }

    @Test
    void environmentIsTheManifestsWithAddressesAndSecrets() {
        ServicePlan plan = functions(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://here/rowcast"), SECRETS)
                .plan(predictor);

        assertThat(plan.environment())
                .containsOnlyKeys(predictor.environment().stream()
                        .map(variable -> variable.name())
                        .filter(name -> !name.equals(FROM_A_MOUNT))
                        .toArray(String[]::new))
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://here/rowcast")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret")
                .containsEntry("ORT_DISABLE_TELEMETRY", "1");
    }

    @Test
    void variableOfAMountedSecretIsOmitted() {
        assertThat(predictor.environment().stream().map(variable -> variable.name()))
                .contains(FROM_A_MOUNT);
        assertThat(functions(Map.of(), SECRETS).plan(predictor).environment()).doesNotContainKey(FROM_A_MOUNT);
    }

    @Test
    void foldersThatALocalRunHasReplaceTheMountedOnes() throws IOException {
        Path jar = built.resolve("functions/indexer/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        KnativeServiceManifest indexer = Manifests.read(Checkout.find().root()).services().stream()
                .filter(service -> service.name().equals("indexer"))
                .findFirst()
                .orElseThrow();

        Map<String, String> environment = functions(
                        Map.of("ROWCAST_INDEXER_TABLES_FOLDER", "/tables"),
                        Map.of(
                                "rowcast-elasticsearch-indexer-login/username", "indexer",
                                "rowcast-elasticsearch-indexer-login/password", "none"))
                .plan(indexer)
                .environment();

        assertThat(environment)
                .containsEntry("ROWCAST_INDEXER_TABLES_FOLDER", "/tables")
                .doesNotContainKey("QUARKUS_TLS_ELASTICSEARCH_TRUST_STORE_PEM_CERTS");
    }

    @Test
    void idleTimeOfTheUserOverridesTheManifest() {
        FunctionPlans asTheManifestSays = functions(Map.of(), SECRETS);
        FunctionPlans quicker = new FunctionPlans(
                new Checkout(built), built, Map.of(), SECRETS, NO_MORE_TABLES, Optional.of(Duration.ofSeconds(3)));

        assertThat(asTheManifestSays.plan(predictor).scale().idle())
                .isEqualTo(predictor.scale().idle());
        assertThat(asTheManifestSays.plan(predictor).scale().concurrency()).isEqualTo(predictor.concurrency());
        assertThat(quicker.plan(predictor).scale().idle()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void functionOfAnotherTableHasTheModelOfItsFolder() {
        List<String> tables = List.of("examples/loan");
        Checkout checkout = Checkout.find();
        KnativeServiceManifest loan =
                Manifests.read(checkout.root(), tables).services().getLast();

        ServicePlan plan = new FunctionPlans(
                        new Checkout(built),
                        built,
                        Map.of(),
                        SECRETS,
                        new ModelFiles(checkout, tables),
                        Optional.empty())
                .plan(loan);

        assertThat(plan.name()).isEqualTo("predictor-loan");
        assertThat(plan.command().get()).contains(built + "/functions/predictor/target/quarkus-app/quarkus-run.jar");
        assertThat(plan.environment())
                .containsEntry(
                        "ROWCAST_MODEL_FILE",
                        checkout.resolve("examples/loan/loan.onnx").toString());
        assertThat(functions(Map.of(), SECRETS).plan(predictor).environment())
                .containsEntry("ROWCAST_MODEL_FILE", "model/churn.onnx");
    }

    @Test
    void startUsesTheAotCacheOfItsBuildOnceItExists() throws IOException {
        FunctionPlans plans = functions(Map.of(), SECRETS);
        ServicePlan plan = plans.plan(predictor);
        TrainedStart trained = plans.trained(predictor).orElseThrow();
        assertThat(plan.command().get()).isEqualTo(trained.command()).noneMatch(word -> word.contains("AOTCache"));

        Files.createFile(trained.cache().file());

        assertThat(plan.command().get())
                .contains("-XX:AOTCache=" + trained.cache().file());
        assertThat(trained.environment()).isEqualTo(plan.environment());

        Files.writeString(built.resolve("functions/predictor/target/quarkus-app/quarkus-run.jar"), "another build");

        assertThat(plan.command().get()).isEqualTo(trained.command());
    }

    @Test
    void missingSecretIsNamed() {
        assertThatThrownBy(() -> functions(Map.of(), Map.of()).plan(predictor))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("predictor")
                .hasMessageContaining("rowcast-postgres-predictor-login/username");
    }

    /// A local run has one server, whichever server the manifests of a table name.
    @Test
    void loginOfATableInAnotherServerIsThatOfTheRole() {
        KnativeServiceManifest elsewhere = new KnativeServiceManifest(
                predictor.name(),
                predictor.function(),
                List.of(new EnvironmentVariable.FromSecret(
                        "QUARKUS_DATASOURCE_PASSWORD", "rowcast-postgres-my-shop-predictor-login", "password")),
                predictor.scale(),
                predictor.concurrency(),
                predictor.timeout(),
                predictor.port(),
                predictor.readyPath(),
                predictor.liveness());

        assertThat(functions(Map.of(), SECRETS).plan(elsewhere).environment())
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret");
    }

    @Test
    void missingBuildNamesTheBuildCommand() {
        assertThatThrownBy(() -> FunctionPlans.jar(new Checkout(built), "unbuilt"))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("unbuilt is not built")
                .hasMessageContaining("make build");
    }

    private FunctionPlans functions(Map<String, String> addresses, Map<String, String> secrets) {
        return new FunctionPlans(new Checkout(built), built, addresses, secrets, NO_MORE_TABLES, Optional.empty());
    }
}
