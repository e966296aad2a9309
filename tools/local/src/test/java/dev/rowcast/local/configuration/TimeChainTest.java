package dev.rowcast.local.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The time limits of an event, of its sender and of a pod that stops fit together. They are those of the
/// manifests and of the code. `docs/decisions/012-one-chain-of-times.md` explains them.
class TimeChainTest {

    /// Knative's proxy lets a function end when no request has arrived for this time.
    private static final Duration QUIET = Duration.ofSeconds(30);

    /// Requests that still reach the pod restart the quiet time; after the drain the process ends.
    private static final Duration RESERVE = Duration.ofSeconds(20);

    /// `max-revision-timeout-seconds` of Knative, unless an operator raises it.
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private static final Manifests MANIFESTS = Manifests.read(Checkout.find().root(), List.of("examples/loan"));

    private static List<Setting> defaults;

    @BeforeAll
    static void readTheDefaults() throws IOException {
        try (Stream<Path> modules = Files.list(Checkout.find().resolve("functions"))) {
            defaults = DeclaredSettings.of(modules.sorted().toList()).properties();
        }
    }

    @Test
    void podHasTimeForItsProxyItsEventsAndItsEnd() {
        assertThat(MANIFESTS.services())
                .hasSize(4)
                .allSatisfy(service -> assertThat(service.timeout())
                        .as(service.name())
                        .isBetween(QUIET.plus(drain(service)).plus(RESERVE), LONGEST_TIMEOUT));
    }

    @Test
    void noSenderStillWaitsWhenTheProxyLetsTheFunctionEnd() {
        assertThat(MANIFESTS.sources())
                .hasSize(5)
                .allSatisfy(source -> assertThat(source.delivery().timeout())
                        .as(source.name())
                        .isLessThanOrEqualTo(QUIET));
    }

    @Test
    void requestMayTakeAsLongAsItsSenderWaits() {
        assertThat(MANIFESTS.sources())
                .allSatisfy(source -> assertThat(MANIFESTS.service(source).timeout())
                        .as(source.name())
                        .isGreaterThanOrEqualTo(source.delivery().timeout()));
    }

    @Test
    void longestEventEndsBeforeItsSenderAndTheDrainGiveUp() {
        for (KafkaSourceManifest source : MANIFESTS.sources()) {
            KnativeServiceManifest service = MANIFESTS.service(source);
            assertThat(longestEvent(service))
                    .as(service.name())
                    .isBetween(Duration.ofSeconds(1), source.delivery().timeout())
                    .isLessThanOrEqualTo(drain(service));
        }
    }

    /// An event waits for the running batch and then for its own. Of the indexer's requests one may be
    /// running, and each event may need two.
    private static Duration longestEvent(KnativeServiceManifest service) {
        return switch (service.function()) {
            case "predictor" ->
                value(service, "rowcast.predictor.statement-timeout")
                        .plusSeconds(2)
                        .multipliedBy(2);
            case "indexer" -> value(service, "rowcast.indexer.request-timeout").multipliedBy(3);
            case "retention" ->
                value(service, "rowcast.action.statement-timeout").multipliedBy(2 * 5);
            default -> throw new AssertionError(service.function() + " has no longest event");
        };
    }

    private static Duration drain(KnativeServiceManifest service) {
        return value(service, "rowcast.delivery.drain-timeout");
    }

    /// The value of the manifest, or else the default.
    private static Duration value(KnativeServiceManifest service, String setting) {
        String variable = Setting.environmentName(setting);
        return Stream.concat(
                        service.environment().stream()
                                .filter(EnvironmentVariable.Literal.class::isInstance)
                                .map(EnvironmentVariable.Literal.class::cast)
                                .filter(literal -> literal.name().equals(variable))
                                .map(EnvironmentVariable.Literal::value),
                        defaults.stream()
                                .filter(declared -> declared.name().equals(setting))
                                .map(Setting::value))
                .findFirst()
                .map(text -> Duration.parse("PT" + text))
                .orElseThrow();
    }
}
