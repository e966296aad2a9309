package dev.rowcast.local.knative.serving;

import static dev.rowcast.local.knative.serving.ToyPlan.NEVER;
import static dev.rowcast.local.knative.serving.ToyPlan.PATIENCE;
import static dev.rowcast.local.knative.serving.ToyPlan.post;
import static dev.rowcast.local.knative.serving.ToyPlan.scale;
import static dev.rowcast.local.knative.serving.ToyPlan.status;
import static dev.rowcast.local.knative.serving.ToyPlan.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ActivatorIT {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(200));
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Activator> activators = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        activators.forEach(Activator::close);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void requestsWaitForTheStartAndOneProcessAnswersAll() throws Exception {
        // Given
        Activator activator = activator(Map.of("START_MILLIS", "300"), scale(0, NEVER, PATIENCE));
        assertThat(activator.status().state()).isEqualTo("zero");

        // When
        List<FunctionResponse> answers = answers(posts(activator, 40, 0));

        // Then
        assertThat(answers).allMatch(answer -> status(answer) == 200);
        assertThat(pids(answers)).containsExactly(activator.status().pid().orElseThrow());
        assertThat(activator.status().coldStarts()).isEqualTo(1);
        assertThat(activator.status().answers()).containsExactly(Map.entry(200, 40L));
    }

    @Test
    void idleFunctionStopsAndTheNextRequestStartsIt() throws Exception {
        // Given
        Activator activator = activator(Map.of(), scale(0, Duration.ofMillis(100), PATIENCE));
        long first = pid(ToyPlan.await(post(activator, 0)));

        // When
        await().atMost(PATIENCE).until(() -> !isAlive(first));

        // Then
        assertThat(activator.status().state()).isEqualTo("zero");
        assertThat(activator.status().pid()).isEmpty();
        assertThat(pid(ToyPlan.await(post(activator, 0)))).isNotEqualTo(first);
        assertThat(activator.status().coldStarts()).isEqualTo(2);
    }

    @Test
    void functionIsNotIdleWhileItStarts() throws Exception {
        // Given a start that takes longer than the idle time and the longest wait of a request
        Duration hold = Duration.ofMillis(100);
        Activator activator = activator(
                Map.of("START_MILLIS", "1500"),
                new ServicePlan.Scale(0, false, Duration.ofMillis(100), PATIENCE, hold));

        // When
        FunctionResponse late = ToyPlan.await(post(activator, 0));

        // Then it still becomes ready, and its idle time starts then
        assertThat(status(late)).isGreaterThanOrEqualTo(500);
        await().atMost(PATIENCE).until(() -> log.stream().anyMatch(line -> line.contains("had nothing to do")));
        assertThat(log).anyMatch(line -> line.contains("function toy is up"));
        assertThat(activator.status().coldStarts()).isEqualTo(1);
    }

    @Test
    void functionKilledUnderLoadIsReplacedAndAllRequestsAnswered() throws Exception {
        // Given
        Activator activator = activator(Map.of(), scale(10, NEVER, PATIENCE));
        long first = pid(ToyPlan.await(post(activator, 0)));

        // When
        List<Future<FunctionResponse>> posted = posts(activator, 100, 5);
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        posted.addAll(posts(activator, 100, 5));
        List<FunctionResponse> answers = answers(posted);

        // Then the requests in progress are answered with 502, because their result is unknown
        assertThat(answers).extracting(ToyPlan::status).containsOnly(200, 502);
        assertThat(answers).filteredOn(answer -> status(answer) == 502).hasSizeBetween(1, 10);
        Set<Long> pids =
                pids(answers.stream().filter(answer -> status(answer) == 200).toList());
        pids.remove(first);
        assertThat(pids).containsExactly(activator.status().pid().orElseThrow());
        assertThat(activator.status().coldStarts()).isEqualTo(2);
        assertThat(log).anyMatch(line -> line.contains("died with 137"));
    }

    @Test
    void failedStartIsExplainedAndRetriedLater() throws Exception {
        // Given
        Path broken = Files.createFile(folder.resolve("broken"));
        Activator activator = activator(Map.of("BROKEN_WHILE", broken.toString()), scale(0, NEVER, PATIENCE));
        long begin = System.nanoTime();

        // When
        FunctionResponse refused = ToyPlan.await(post(activator, 0));
        FunctionResponse refusedAgain = ToyPlan.await(post(activator, 0));
        Duration untilSecondEnd = Duration.ofNanos(System.nanoTime() - begin);
        Files.delete(broken);
        FunctionResponse answered = ToyPlan.await(post(activator, 0));
        Duration untilThird = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        assertThat(status(refused)).isEqualTo(503);
        assertThat(((FunctionResponse.Answered) refused).headers().get("Retry-After"))
                .isEqualTo("1");
        assertThat(text(refused)).contains("ended with 3 before it was ready", "toy: there is no model");
        assertThat(status(refusedAgain)).isEqualTo(503);
        assertThat(log.getFirst()).contains("function toy ended with 3", "toy: there is no model");
        assertThat(status(answered)).isEqualTo(200);
        // One second after the first failure, two seconds after the second.
        assertThat(untilSecondEnd).isGreaterThan(Duration.ofSeconds(1));
        assertThat(untilThird).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void missingProgramIsNamed() throws Exception {
        ServicePlan plan = new ServicePlan(
                "toy",
                () -> List.of("/no/such/program"),
                folder,
                Map.of(),
                scale(0, NEVER, PATIENCE),
                "/ready",
                Optional.empty(),
                folder.resolve("log"));
        Activator activator = new Activator(plan, client, log::add);
        activators.add(activator);

        FunctionResponse refused = ToyPlan.await(post(activator, 0));

        assertThat(status(refused)).isEqualTo(503);
        assertThat(text(refused)).contains("/no/such/program");
    }

    @Test
    void processThatNoLongerRespondsIsReplaced() throws Exception {
        Path hung = folder.resolve("hung");
        Activator activator = activator(Map.of("HUNG_WHILE", hung.toString()), scale(0, NEVER, PATIENCE));
        long first = pid(ToyPlan.await(post(activator, 0)));

        Files.createFile(hung);
        await().atMost(PATIENCE).until(() -> log.stream().anyMatch(line -> line.contains("fails its liveness probe")));
        Files.delete(hung);

        await().atMost(PATIENCE)
                .until(() ->
                        !ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false));
        assertThat(pid(ToyPlan.await(post(activator, 0)))).isNotEqualTo(first);
    }

    @Test
    void concurrencyOfTheServiceIsTheLimit() throws Exception {
        Activator activator = activator(Map.of(), scale(3, NEVER, PATIENCE));

        List<FunctionResponse> answers = answers(posts(activator, 30, 10));

        assertThat(answers).allMatch(answer -> status(answer) == 200);
        assertThat(answers).extracting(answer -> text(answer).split(" ", -1)[1]).contains("3");
        assertThat(answers)
                .extracting(answer -> Integer.parseInt(text(answer).split(" ", -1)[1]))
                .allMatch(most -> most <= 3);
    }

    @Test
    void stoppedFunctionFinishesItsRequests() throws Exception {
        // Given
        Activator activator = activator(Map.of(), scale(0, NEVER, PATIENCE));
        long pid = pid(ToyPlan.await(post(activator, 0)));
        Future<FunctionResponse> inProgress = post(activator, 1_000);
        await().until(() -> activator.status().active() == 1);

        // When
        activator.close();

        // Then
        assertThat(isAlive(pid)).isFalse();
        assertThat(status(ToyPlan.await(inProgress))).isEqualTo(200);
        assertThat(status(ToyPlan.await(post(activator, 0)))).isEqualTo(503);
        assertThat(text(ToyPlan.await(post(activator, 0)))).isEqualTo("function toy is shut down");
    }

    @Test
    void requestsAreAnsweredBeforeTheFunctionGetsSigterm() throws Exception {
        // Given
        Activator activator = activator(Map.of("ABRUPT", "yes"), scale(0, NEVER, PATIENCE));
        long pid = pid(ToyPlan.await(post(activator, 0)));
        List<Future<FunctionResponse>> inProgress = posts(activator, 5, 1_000);
        await().until(() -> activator.status().active() == 5);

        // When
        activator.close();

        // Then
        assertThat(isAlive(pid)).isFalse();
        assertThat(answers(inProgress)).extracting(ToyPlan::status).containsOnly(200);
    }

    @Test
    void requestThatOutlastsTheGracePeriodIsBroken() throws Exception {
        Activator activator = activator(Map.of("DEAF", "yes"), scale(0, NEVER, Duration.ofMillis(200)));
        long pid = pid(ToyPlan.await(post(activator, 0)));
        Future<FunctionResponse> endless = post(activator, (int) NEVER.toMillis());
        await().until(() -> activator.status().active() == 1);

        activator.close();

        assertThat(isAlive(pid)).isFalse();
        assertThat(status(ToyPlan.await(endless))).isEqualTo(502);
    }

    @Test
    void functionIsKilledAfterItsGracePeriod() throws Exception {
        Activator activator = activator(Map.of("DEAF", "yes"), scale(0, NEVER, Duration.ofMillis(200)));
        long pid = pid(ToyPlan.await(post(activator, 0)));

        activator.close();

        assertThat(isAlive(pid)).isFalse();
    }

    @Test
    void closedActivatorAnswersAllRequestsOfADyingFunction() throws Exception {
        for (int round = 0; round < 5; round++) {
            // Given
            Activator activator = activator(Map.of(), scale(5, NEVER, PATIENCE));
            long pid = pid(ToyPlan.await(post(activator, 0)));

            // When
            List<Future<FunctionResponse>> posted = posts(activator, 20, 1);
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            posted.addAll(posts(activator, 40, 1));
            activator.close();

            // Then
            assertThat(answers(posted)).extracting(ToyPlan::status).isSubsetOf(200, 502, 503);
            activator.close();
        }
    }

    @Test
    void functionEndsWhenTheJvmOfItsActivatorIsKilled() throws Exception {
        // Given
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ActivatorHost.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid;
        try (BufferedReader printed =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            pid = Long.parseLong(printed.readLine());
        }
        assertThat(isAlive(pid)).isTrue();

        // When
        host.destroyForcibly().waitFor();

        // Then
        await().atMost(PATIENCE).until(() -> !isAlive(pid));
    }

    private Activator activator(Map<String, String> environment, ServicePlan.Scale scale) {
        Activator activator = new Activator(ToyPlan.of(folder, environment, scale), client, log::add);
        activators.add(activator);
        return activator;
    }

    private static List<Future<FunctionResponse>> posts(Activator activator, int requests, int workMillis) {
        return Stream.generate(() -> post(activator, workMillis))
                .limit(requests)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<FunctionResponse> answers(List<Future<FunctionResponse>> posted) throws Exception {
        List<FunctionResponse> answers = new ArrayList<>();
        for (Future<FunctionResponse> each : posted) {
            answers.add(ToyPlan.await(each));
        }
        return answers;
    }

    private static Set<Long> pids(List<FunctionResponse> answers) {
        Set<Long> pids = new HashSet<>();
        answers.forEach(answer -> pids.add(pid(answer)));
        return pids;
    }

    private static long pid(FunctionResponse answer) {
        return Long.parseLong(text(answer).split(" ", -1)[0]);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
