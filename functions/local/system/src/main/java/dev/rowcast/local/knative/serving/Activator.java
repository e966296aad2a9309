package dev.rowcast.local.knative.serving;

import dev.rowcast.local.knative.http.Answer;
import dev.rowcast.local.knative.http.FunctionRequest;
import dev.rowcast.local.knative.http.HttpSubscriber;
import dev.rowcast.local.knative.http.Subscriber;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Stands before one function: holds requests while there is no process that takes them, and passes them on, as many
/// at a time as the Service allows. {@link Lifecycle} starts and stops the process.
///
/// Never more than one process of a function takes requests, whatever `max-scale` says: the machine is small.
public final class Activator implements Subscriber, AutoCloseable {

    /// Requests that wait at most; the next is answered 503.
    static final int MAX_WAITING = 1_000;

    final ServicePlan plan;
    private final HttpClient client;
    private final Lifecycle lifecycle;
    private final AnswerCounts answers = new AnswerCounts();

    private final ReentrantLock lock = new ReentrantLock();
    private final RequestQueue queue = new RequestQueue(MAX_WAITING);
    private State state = new State.Zero(System.nanoTime());
    private int active;
    private long lastUsed = System.nanoTime();

    /// @param client posts to the function; it stays the caller's
    /// @param log    takes a line for people
    public Activator(ServicePlan plan, HttpClient client, Consumer<String> log) {
        this.plan = plan;
        this.client = client;
        this.lifecycle = new Lifecycle(this, new Readiness(client, plan.readyPath()), log);
    }

    /// Starts a process at once when the Service wants one always.
    public void start() {
        lifecycle.look();
    }

    @Override
    public Future<Answer> post(FunctionRequest request, Duration timeout) {
        Held held = Held.of(request, timeout);
        Optional<HttpSubscriber> function = Optional.empty();
        boolean taken = true;
        lock.lock();
        try {
            lastUsed = System.nanoTime();
            if (state instanceof State.Up up && queue.isEmpty() && hasRoom()) {
                active++;
                function = Optional.of(up.function());
            } else {
                taken = !(state instanceof State.Closed) && queue.offer(held);
            }
        } finally {
            lock.unlock();
        }
        if (function.isPresent()) {
            forward(held, function.get());
        } else if (taken) {
            lifecycle.look();
        } else {
            answer(held, unavailable(whyNotTaken()));
        }
        return held.answer().future();
    }

    private String whyNotTaken() {
        return state() instanceof State.Closed
                ? shutDown()
                : "function " + plan.name() + " has " + MAX_WAITING + " requests waiting";
    }

    private String shutDown() {
        return "function " + plan.name() + " is shut down";
    }

    /// What it is doing now.
    public FunctionStatus status() {
        lock.lock();
        try {
            OptionalLong pid =
                    state.running().stream().mapToLong(FunctionProcess::pid).findFirst();
            return new FunctionStatus(
                    plan.name(), state.code(), pid, lifecycle.coldStarts(), active, queue.size(), answers.byStatus());
        } finally {
            lock.unlock();
        }
    }

    /// Refuses new requests, answers those that wait with 503, and stops the process: SIGTERM, then SIGKILL.
    @Override
    public void close() {
        State last = become(new State.Closed());
        refuseWaiting(shutDown());
        lifecycle.close(last.running());
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Takes another state, unless the activator is closed.
    ///
    /// @return the state before
    State become(State next) {
        lock.lock();
        try {
            State before = state;
            if (!(before instanceof State.Closed)) {
                state = next;
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    /// The process takes requests: those that wait are passed on.
    void takesRequests(FunctionProcess process) {
        HttpSubscriber function = new HttpSubscriber(client, "127.0.0.1", process.port());
        List<Held> now = new ArrayList<>();
        lock.lock();
        try {
            if (state instanceof State.Starting starting && starting.process() == process) {
                state = new State.Up(process, function);
                lastUsed = System.nanoTime();
            }
            while (state instanceof State.Up && hasRoom() && !queue.isEmpty()) {
                active++;
                queue.poll().ifPresent(now::add);
            }
        } finally {
            lock.unlock();
        }
        now.forEach(held -> forward(held, function));
    }

    /// Goes to zero when nothing has come for the idle time.
    ///
    /// @return the process that is not needed any more
    Optional<FunctionProcess> goToZeroWhenIdle() {
        lock.lock();
        try {
            boolean idle = active == 0
                    && queue.isEmpty()
                    && !plan.scale().alwaysOn()
                    && System.nanoTime() - lastUsed >= plan.scale().idle().toNanos();
            Optional<FunctionProcess> process = idle ? state.running() : Optional.empty();
            if (process.isPresent()) {
                state = new State.Zero(System.nanoTime());
            }
            return process;
        } finally {
            lock.unlock();
        }
    }

    boolean isWanted() {
        lock.lock();
        try {
            return plan.scale().alwaysOn() || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Answers those that have waited too long.
    void answerLate() {
        List<Held> late;
        List<Held> tired;
        lock.lock();
        try {
            late = queue.removeIf(Held::isLate);
            tired = queue.removeIf(held -> held.waitsLongerThan(plan.scale().hold()));
        } finally {
            lock.unlock();
        }
        late.forEach(held -> answer(held, new Answer.TimedOut("no process took the request in time")));
        tired.forEach(held -> answer(held, unavailable("function " + plan.name() + " does not get ready")));
    }

    /// Answers all that wait with 503.
    void refuseWaiting(String why) {
        List<Held> all;
        lock.lock();
        try {
            all = queue.removeIf(held -> true);
        } finally {
            lock.unlock();
        }
        all.forEach(held -> answer(held, unavailable(why)));
    }

    private boolean hasRoom() {
        return plan.scale().concurrency() == 0 || active < plan.scale().concurrency();
    }

    private void forward(Held held, HttpSubscriber function) {
        function.post(held.request(), held.remaining()).onSuccess(answer -> {
            switch (answer) {
                case Answer.Unreachable nobody -> putBack(held, function);
                case Answer.Broken broken -> broken(held, function, broken);
                case Answer.Answered answered -> finished(held, function, answered);
                case Answer.TimedOut late -> finished(held, function, late);
            }
        });
    }

    private void finished(Held held, HttpSubscriber function, Answer answer) {
        Optional<Held> next = Optional.empty();
        lock.lock();
        try {
            active--;
            lastUsed = System.nanoTime();
            if (state instanceof State.Up up && up.function() == function && hasRoom()) {
                next = queue.poll();
                active += next.isPresent() ? 1 : 0;
            }
        } finally {
            lock.unlock();
        }
        answer(held, answer);
        next.ifPresent(waiting -> forward(waiting, function));
    }

    /// The process may be gone: the next request waits until it has shown that it is there.
    private void broken(Held held, HttpSubscriber function, Answer.Broken broken) {
        lock.lock();
        try {
            doubt(function);
        } finally {
            lock.unlock();
        }
        finished(held, function, Answer.Answered.of(502, broken.reason()));
        lifecycle.look();
    }

    private void doubt(HttpSubscriber function) {
        if (state instanceof State.Up up && up.function() == function) {
            state = new State.Starting(up.process(), true);
        }
    }

    /// Nothing was sent, so it waits again, and the process must show again that it is ready.
    private void putBack(Held held, HttpSubscriber function) {
        boolean closed;
        lock.lock();
        try {
            active--;
            closed = state instanceof State.Closed;
            if (!closed) {
                queue.putBack(held);
            }
            doubt(function);
        } finally {
            lock.unlock();
        }
        if (closed) {
            answer(held, unavailable(shutDown()));
        }
        lifecycle.look();
    }

    private void answer(Held held, Answer answer) {
        answers.count(answer);
        held.answer().tryComplete(answer);
    }

    private static Answer unavailable(String why) {
        Answer.Answered answer = Answer.Answered.of(503, why);
        answer.headers().set("Retry-After", "1");
        return answer;
    }
}
