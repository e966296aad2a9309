package dev.rowcast.replay.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FunctionAddressesTest {

    @TempDir
    Path folder;

    @Test
    void urlIsReturnedUnchanged() {
        assertThat(new FunctionAddresses(Optional.empty(), Optional.empty(), "rowcast")
                        .sink("https://here:8443/path?a=b"))
                .isEqualTo(URI.create("https://here:8443/path?a=b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"predictor", "ftp://here", "http://", "http://a b", "localhost:8080"})
    void invalidSinkIsAUsageError(String sink) {
        assertThatThrownBy(() -> new FunctionAddresses(Optional.empty(), Optional.empty(), "rowcast").sink(sink))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("ksvc:NAME");
    }

    @Test
    void functionOfALocalRunIsFoundInItsAddresses() throws IOException {
        Path file = Files.createDirectories(folder.resolve(".rowcast")).resolve("addresses.json");
        Files.writeString(file, """
                {"launcher": %s, "kafka": "127.0.0.1:9092", "operator": "postgresql://operator@127.0.0.1:5432/rowcast",
                 "functions": [{"name": "predictor", "url": "http://127.0.0.1:4711"}]}""".formatted(launcher(ProcessHandle.current())));
        LocalRun run = LocalRun.find(Files.createDirectories(folder.resolve("deep/inside")));

        FunctionAddresses local = new FunctionAddresses(Optional.of(run), Optional.of("http://NAME"), "rowcast");

        assertThat(run.kafka()).isEqualTo("127.0.0.1:9092");
        assertThat(local.sink("ksvc:predictor")).isEqualTo(URI.create("http://127.0.0.1:4711"));
        assertThatThrownBy(() -> local.sink("ksvc:other"))
                .isInstanceOf(UsageException.class)
                .hasMessage("the local run has no function other");
    }

    @Test
    void capturedTablesOfALocalRunHaveTheTopicOfTheirConnector() throws IOException {
        Path file = folder.resolve("addresses.json");
        Files.writeString(file, """
                {"launcher": %s, "tables": [
                 {"schema": "public", "table": "loan", "notifications": "loan.notifications"},
                 {"schema": "my schema", "table": "a.b", "notifications": "sales.notifications"}]}""".formatted(launcher(ProcessHandle.current())));

        assertThat(LocalRun.read(file).tables())
                .containsExactly(
                        new LocalTable("public", "loan", "loan.notifications"),
                        new LocalTable("my schema", "a.b", "sales.notifications"));
    }

    @Test
    void patternNamesEveryServiceWithoutKn() {
        FunctionAddresses inCluster =
                new FunctionAddresses(Optional.empty(), Optional.of("http://NAME.NAMESPACE.svc.cluster.local"), "team");

        assertThat(inCluster.sink("ksvc:predictor")).isEqualTo(URI.create("http://predictor.team.svc.cluster.local"));
        assertThat(inCluster.address("indexer")).isEqualTo(URI.create("http://indexer.team.svc.cluster.local"));
        assertThat(inCluster.sink("http://here")).isEqualTo(URI.create("http://here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://predictor.rowcast.svc", "NAME.NAMESPACE"})
    void patternThatIsNoAddressOfAServiceIsAUsageError(String pattern) {
        assertThatThrownBy(() -> new FunctionAddresses(Optional.empty(), Optional.of(pattern), "rowcast").address("a"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void addressesOfAKilledRunAreRefused() throws Exception {
        Process launcher = new ProcessBuilder("sleep", "600").start();
        String json = launcher(launcher.toHandle());
        Path file = Files.writeString(folder.resolve("addresses.json"), "{\"launcher\": " + json + "}");
        assertThat(LocalRun.read(file).file()).isEqualTo(file);

        launcher.destroyForcibly().waitFor();

        assertThatThrownBy(() -> LocalRun.read(file))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Rowcast is not up: the run that wrote " + file)
                .hasMessageContaining("make run")
                .message()
                .hasLineCount(1);
    }

    @Test
    void addressesOfAReusedProcessIdAreRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("addresses.json"),
                "{\"launcher\": {\"pid\": %d, \"started\": 1}}"
                        .formatted(ProcessHandle.current().pid()));

        assertThatThrownBy(() -> LocalRun.read(file)).isInstanceOf(UnreachableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"launcher\": 7}", "{\"launcher\": {\"pid\": \"1\", \"started\": 1}}"})
    void addressesWithoutALauncherAreRefused(String addresses) throws IOException {
        Path file = Files.writeString(folder.resolve("addresses.json"), addresses);

        assertThatThrownBy(() -> LocalRun.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not say which run wrote it");
    }

    @Test
    void missingRunIsReportedPlainly() {
        assertThatThrownBy(() -> LocalRun.find(folder))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Rowcast is not up")
                .hasMessageContaining("make run");
    }

    @Test
    void knReturnsTheAddressOfAService() throws IOException {
        String kn = script("echo \"http://$3.$5.example.com/$7\"");

        assertThat(KnCommand.address(kn, "predictor", "rowcast"))
                .isEqualTo(URI.create("http://predictor.rowcast.example.com/url"));
    }

    @Test
    void outputOfAFailingKnIsPassedOn() throws IOException {
        String kn = script("echo \"Error: services.serving.knative.dev \\\"$3\\\" not found\" >&2; exit 1");

        assertThatThrownBy(() -> KnCommand.address(kn, "predictor", "rowcast"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Error: services.serving.knative.dev \"predictor\" not found");
    }

    @Test
    void knThatDoesNotEndIsKilledWithItsChildren() throws IOException {
        Path pid = folder.resolve("pid");
        String kn = script("sleep 600 & echo $! > " + pid + "; echo waiting; wait");

        assertThatThrownBy(() -> KnCommand.address(kn, "predictor", "rowcast", Duration.ofSeconds(2)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("does not end within 2 s");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .map(child -> child.onExit().join().isAlive()))
                .isNotEqualTo(Optional.of(true));
    }

    @Test
    void childOfKnThatKeepsTheOutputOpenIsNotAwaited() throws IOException {
        String kn = script("sleep 60 & echo http://here");

        assertThat(KnCommand.address(kn, "predictor", "rowcast", Duration.ofSeconds(30)))
                .isEqualTo(URI.create("http://here"));
    }

    @Test
    void missingKnIsReportedPlainly() {
        assertThatThrownBy(() -> KnCommand.address(folder.resolve("kn").toString(), "predictor", "rowcast"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no kn on the PATH");
    }

    private static String launcher(ProcessHandle process) {
        long started = process.info().startInstant().orElseThrow().toEpochMilli();
        return "{\"pid\": %d, \"started\": %d}".formatted(process.pid(), started);
    }

    private String script(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("kn"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
