package dev.rowcast.local.page.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.page.feed.Poller.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Polls the stations of one table's path, keeps their latest answers, and sends messages to the viewers:
///
/// - `hello`, the first: names, model, the latest rows, the state, and the activity of each function;
/// - `rows`: newly stored predictions, the latency of the latest, and how many rows the message omits;
/// - `state`: counts of each station, functions, sources, the shift of each column, problems of the change
///   path, and the stations that do not answer.
public final class PageFeed implements AutoCloseable {

    /// A receiver of messages. Must not block.
    @FunctionalInterface
    public interface Viewer {
        /// Receives a message.
        ///
        /// @param name name of the event
        /// @param data one line of JSON
        void message(String name, String data);
    }

    private static final int ROWS_KEPT = 40;
    private static final int LATENCIES_KEPT = 1_000;
    private static final int SAMPLES_KEPT = 300;
    private static final Duration PROBLEMS = Duration.ofSeconds(1);
    private static final Duration SHIFTS = Duration.ofSeconds(2);
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final PathNames path;
    private final StationQuery<List<FunctionStatus>> functions;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Deque<Prediction> latest = new ArrayDeque<>();
    private final Latencies warm = new Latencies(LATENCIES_KEPT);
    private final Latencies cold = new Latencies(LATENCIES_KEPT);
    private final Activity activity = new Activity(SAMPLES_KEPT);
    private final List<Poller<?>> pollers = new ArrayList<>();
    private final PageState known = new PageState();
    private String lastState = "";

    private PageFeed(PathNames path, StationQuery<List<FunctionStatus>> functions) {
        this.path = path;
        this.functions = functions;
    }

    /// Starts to poll.
    ///
    /// @param interval shortest time between two queries of a station; not for predictions
    public static PageFeed start(PathNames path, StationQueries queries, Duration interval) {
        PageFeed feed = new PageFeed(path, queries.functions());
        PageState known = feed.known;
        feed.poll("predictions", queries.predictions(), Duration.ZERO, feed::predictions);
        feed.poll("tables", queries.tables(), interval, result -> known.tables = result);
        feed.poll("topics", queries.topics(), interval, result -> known.topics = result);
        feed.poll("indices", queries.indices(), interval, result -> known.indices = result);
        feed.poll("problems", queries.problems(), PROBLEMS, result -> known.problems = result);
        feed.poll("shifts", queries.shifts(), SHIFTS, result -> known.shifts = result);
        feed.poll("functions", queries.functions(), interval, result -> known.functions = result);
        feed.poll("sources", queries.sources(), interval, result -> known.sources = result);
        feed.poll("stations", queries.stations(), interval, result -> known.stations = result);
        feed.pollers.add(new Poller<>("activity", () -> true, SAMPLE, _ -> feed.sample()));
        return feed;
    }

    private <T> void poll(String name, StationQuery<T> query, Duration interval, Consumer<Result<T>> listener) {
        pollers.add(new Poller<>(name, query, interval, result -> update(result, listener)));
    }

    /// The name of the table in the switch between tables.
    public String title() {
        return path.title();
    }

    /// Sends `hello` to the viewer, and then every message.
    public synchronized void join(Viewer viewer) {
        ObjectNode hello = JsonNodeFactory.instance.objectNode();
        hello.set("names", Messages.names(path));
        hello.set("rows", Messages.rows(latest));
        hello.set("latency", Messages.latency(warm, cold));
        hello.set("state", Messages.state(path, known));
        ObjectNode activities = hello.putObject("activity");
        path.functions().forEach(function -> activities.put(function.name(), activity.of(function.name())));
        viewer.message("hello", hello.toString());
        viewers.add(viewer);
    }

    /// Sends the viewer no more messages.
    public synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    private void send(String name, String data) {
        viewers.forEach(viewer -> viewer.message(name, data));
    }

    private synchronized void predictions(Result<List<Prediction>> result) {
        known.predictions = result;
        List<Prediction> predictions = result.orElse(List.of());
        if (predictions.isEmpty()) {
            return;
        }
        List<FunctionStatus.ColdStart> starts = startsOfThePredictor();
        for (Prediction prediction : predictions) {
            prediction.latency().ifPresent((prediction.waitedForOneOf(starts) ? cold : warm)::add);
            latest.addLast(prediction);
            if (latest.size() > ROWS_KEPT) {
                latest.removeFirst();
            }
        }
        int omitted = Math.max(0, predictions.size() - ROWS_KEPT);
        ObjectNode rows = JsonNodeFactory.instance.objectNode();
        rows.set("rows", Messages.rows(predictions.subList(omitted, predictions.size())));
        rows.put("leftOut", omitted);
        rows.set("latency", Messages.latency(warm, cold));
        send("rows", rows.toString());
    }

    /// As of now: the last poll of the functions can be older than the predictions.
    private List<FunctionStatus.ColdStart> startsOfThePredictor() {
        try {
            return functions.read().stream()
                    .filter(function -> function.name().equals(path.predictor().name()))
                    .flatMap(function -> function.starts().stream())
                    .toList();
        } catch (Exception unknown) {
            return List.of();
        }
    }

    private synchronized <T> void update(Result<T> result, Consumer<Result<T>> listener) {
        listener.accept(result);
        String state = Messages.state(path, known).toString();
        if (!state.equals(lastState)) {
            lastState = state;
            send("state", state);
        }
    }

    private synchronized void sample() {
        if (known.functions instanceof Result.Value<List<FunctionStatus>>(List<FunctionStatus> functions)) {
            activity.sample(functions);
        }
    }

    /// Stops polling.
    @Override
    public void close() {
        pollers.forEach(Poller::close);
    }
}
