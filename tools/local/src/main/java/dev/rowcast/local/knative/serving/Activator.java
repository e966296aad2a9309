package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Stands before one function: holds requests while there is no process that takes them, and passes them on, as many
/// at a time as the Service allows. {@link Lifecycle} starts and stops the process.
///
/// Never more than one process of a function takes requests, whatever `max-scale` says: the machine is small.
public final class Activator implements EventSubscriber, AutoCloseable {

    /// Requests that wait at most; the next is answered 503.
    static final int MAX_WAITING = 1_000;

    private final ServicePlan plan;
    private final HttpClient client;
    private final Admission admission;
    private final Lifecycle lifecycle;
    private final AnswerCounts answers = new AnswerCounts();

    /// @param client posts to the function; it stays the caller's
    /// @param log    takes a line for people
    public Activator(ServicePlan plan, HttpClient client, Consumer<String> log) {
        this.plan = plan;
        this.client = client;
        this.admission = new Admission(plan.scale(), MAX_WAITING);
        this.lifecycle = new Lifecycle(plan, admission, this, new Readiness(client, plan.readyPath()), log);
    }

    /// Starts a process at once when the Service wants one always.
    public void start() {
        lifecycle.look();
    }

    /// The next process is started with these variables on top of the plan's; one that runs goes on without.
    ///
    /// @param variables by name; none for the plan's alone
    public void setEnvironment(Map<String, String> variables) {
        lifecycle.setEnvironment(variables);
    }

    @Override
    public Future<FunctionResponse> post(FunctionRequest request, Duration timeout) {
        Held held = Held.of(request, timeout);
        switch (admission.admit(held)) {
            case Admission.Admitted.Now now -> forward(held, now.function());
            case Admission.Admitted.Waits waits -> lifecycle.look();
            case Admission.Admitted.Refused refused -> answer(held, unavailable(whyRefused()));
        }
        return held.answer().future();
    }

    /// What it is doing now.
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
                answers.byStatus());
    }

    /// Refuses new requests, answers those that wait with 503, and stops the process: SIGTERM, then SIGKILL.
    @Override
    public void close() {
        State last = admission.become(new State.Closed());
        refuseWaiting(shutDown());
        lifecycle.close(last.running());
    }

    /// The process takes requests: those that wait are passed on.
    void takesRequests(FunctionProcess process) {
        HttpSubscriber function = new HttpSubscriber(client, "127.0.0.1", process.port());
        admission.up(process, function).forEach(held -> forward(held, function));
    }

    /// Answers those that have waited too long.
    void answerLate() {
        Predicate<Held> tired = held -> held.waitsLongerThan(plan.scale().hold());
        admission
                .takeOut(Held::isLate)
                .forEach(held -> answer(held, new FunctionResponse.TimedOut("no process took the request in time")));
        admission
                .takeOut(tired)
                .forEach(held -> answer(held, unavailable("function " + plan.name() + " does not get ready")));
    }

    /// Answers all that wait with 503.
    void refuseWaiting(String why) {
        admission.takeOut(held -> true).forEach(held -> answer(held, unavailable(why)));
    }

    private void forward(Held held, HttpSubscriber function) {
        function.post(held.request(), held.remaining()).onSuccess(answer -> {
            switch (answer) {
                case FunctionResponse.Unreachable nobody -> putBack(held, function);
                case FunctionResponse.Broken broken -> broken(held, function, broken);
                case FunctionResponse.Answered answered -> finished(held, function, answered);
                case FunctionResponse.TimedOut late -> finished(held, function, late);
            }
        });
    }

    private void putBack(Held held, HttpSubscriber function) {
        if (!admission.putBack(held, function)) {
            answer(held, unavailable(shutDown()));
        }
        lifecycle.look();
    }

    private void broken(Held held, HttpSubscriber function, FunctionResponse.Broken broken) {
        admission.doubt(function);
        finished(held, function, FunctionResponse.Answered.of(502, broken.reason()));
        lifecycle.look();
    }

    private void finished(Held held, HttpSubscriber function, FunctionResponse answer) {
        admission.finished(function).ifPresent(waiting -> forward(waiting, function));
        answer(held, answer);
    }

    private void answer(Held held, FunctionResponse answer) {
        answers.count(answer);
        held.answer().tryComplete(answer);
    }

    private String whyRefused() {
        return admission.load().state() instanceof State.Closed
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
