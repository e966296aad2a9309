package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The proxy of one function: queues requests while the function's process is not ready, and forwards as
/// many at a time as the Service allows. {@link Lifecycle} starts and stops the process.
///
/// At most one process of a function takes requests, whatever `max-scale` says, because the
/// machine is small.
public final class Activator implements EventSubscriber, AutoCloseable {

    /// Highest number of waiting requests; the next one is answered with 503.
    static final int MAX_WAITING = 1_000;

    private final ServicePlan plan;
    private final HttpClient client;
    private final Admission admission;
    private final Lifecycle lifecycle;
    private final Map<Integer, Long> answers = new ConcurrentHashMap<>();

    /// @param client posts to the function; the caller closes it
    /// @param log    receives a line for each event in the life of the process
    public Activator(ServicePlan plan, HttpClient client, Consumer<String> log) {
        this.plan = plan;
        this.client = client;
        this.admission = new Admission(plan.scale());
        this.lifecycle = new Lifecycle(plan, admission, this, client, log);
    }

    /// Starts a process now if the Service wants at least one instance.
    public void start() {
        lifecycle.check();
    }

    /// Adds variables to the plan's environment for the next process; a running process keeps its own.
    ///
    /// @param variables by name; empty for the plan's environment
    public void setEnvironment(Map<String, String> variables) {
        lifecycle.setEnvironment(variables);
    }

    @Override
    public Future<FunctionResponse> post(FunctionRequest request, Duration timeout) {
        PendingRequest pending = PendingRequest.of(request, timeout);
        switch (admission.admit(pending)) {
            case Admission.Admitted.Now now -> forward(pending, now.function());
            case Admission.Admitted.Waits _ -> lifecycle.check();
            case Admission.Admitted.Refused _ -> answer(pending, unavailable(whyRefused()));
        }
        return pending.answer().future();
    }

    /// The current status.
    public FunctionStatus status() {
        Admission.Load load = admission.load();
        OptionalLong pid =
                load.state().running().stream().mapToLong(FunctionProcess::pid).findFirst();
        return new FunctionStatus(
                plan.name(),
                load.state().code(),
                pid,
                lifecycle.coldStarts(),
                load.active(),
                load.waiting(),
                new TreeMap<>(answers),
                lifecycle.starts());
    }

    /// The port of the process that is ready; a request there is no request to the function and starts
    /// nothing.
    public OptionalInt port() {
        return admission.load().state() instanceof ProcessState.Up up
                ? OptionalInt.of(up.process().port())
                : OptionalInt.empty();
    }

    /// Refuses new requests, answers the waiting ones with 503, and stops the process: it answers its
    /// requests in progress, then SIGTERM, then SIGKILL.
    @Override
    public void close() {
        ProcessState last = admission.update(new ProcessState.Closed());
        refuseWaiting(shutDown());
        lifecycle.close(last.running());
    }

    /// Sends the waiting requests to a process that is ready.
    void ready(FunctionProcess process) {
        HttpSubscriber function = new HttpSubscriber(client, "127.0.0.1", process.port());
        admission.ready(process, function).forEach(request -> forward(request, function));
    }

    /// Answers the requests that have waited too long.
    void answerExpired() {
        admission
                .remove(PendingRequest::isLate)
                .forEach(request ->
                        answer(request, new FunctionResponse.TimedOut("no process took the request in time")));
        admission
                .remove(request -> request.waitsLongerThan(plan.scale().hold()))
                .forEach(request -> answer(request, unavailable("function " + plan.name() + " is not ready")));
    }

    /// Answers all waiting requests with 503.
    void refuseWaiting(String why) {
        admission.remove(_ -> true).forEach(request -> answer(request, unavailable(why)));
    }

    private void forward(PendingRequest request, HttpSubscriber function) {
        function.post(request.request(), request.remaining()).onSuccess(answer -> {
            switch (answer) {
                case FunctionResponse.Unreachable _ -> requeue(request, function);
                case FunctionResponse.Broken broken -> broken(request, function, broken);
                case FunctionResponse.Answered answered -> finished(request, function, answered);
                case FunctionResponse.TimedOut late -> finished(request, function, late);
            }
        });
    }

    private void requeue(PendingRequest request, HttpSubscriber function) {
        if (!admission.requeue(request, function)) {
            answer(request, unavailable(shutDown()));
        }
        lifecycle.check();
    }

    private void broken(PendingRequest request, HttpSubscriber function, FunctionResponse.Broken broken) {
        admission.requireReadiness(function);
        finished(request, function, FunctionResponse.Answered.of(502, broken.reason()));
        lifecycle.check();
    }

    private void finished(PendingRequest request, HttpSubscriber function, FunctionResponse answer) {
        admission.finished(function).ifPresent(next -> forward(next, function));
        answer(request, answer);
    }

    private void answer(PendingRequest request, FunctionResponse answer) {
        answers.merge(answer instanceof FunctionResponse.Answered answered ? answered.status() : 0, 1L, Long::sum);
        request.answer().tryComplete(answer);
    }

    private String whyRefused() {
        return admission.load().state() instanceof ProcessState.Closed
                ? shutDown()
                : "function " + plan.name() + " has " + MAX_WAITING + " requests waiting";
    }

    private String shutDown() {
        return "function " + plan.name() + " is shut down";
    }

    private static FunctionResponse unavailable(String why) {
        FunctionResponse.Answered answer = FunctionResponse.Answered.of(503, why);
        answer.headers().set("Retry-After", "1");
        return answer;
    }
}
