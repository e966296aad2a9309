package dev.rowcast.local.page.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.page.feed.Poller.Heard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Keeps what the page shows, and tells everyone who looks. Messages are:
///
/// - `hello`, first and once: names, model, the latest rows, the state, and when each function was there;
/// - `rows`: predictions that were stored, the latency of the latest, and how many rows a message left out;
/// - `state`: counts at each station, functions, sources, how far each column has shifted, what is wrong
///   with the path of changes, and which stations do not answer.
public final class PageFeed implements AutoCloseable {

    /// Someone who looks. Must not block.
    @FunctionalInterface
    public interface Viewer {
        /// Takes a message.
        ///
        /// @param name of the event
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
    private final List<Viewer> viewers = new ArrayList<>();
    private final Deque<Prediction> latest = new ArrayDeque<>();
    private final Latencies latencies = new Latencies(LATENCIES_KEPT);
    private final Activity activity = new Activity(SAMPLES_KEPT);
    private final List<Poller<?>> pollers = new ArrayList<>();
    private final PageState known = new PageState();
    private String lastState = "";

    private PageFeed(PathNames path) {
        this.path = path;
    }

    /// Starts to ask.
    ///
    /// @param interval shortest time between two questions to the same station; the predictions wait by themselves
    public static PageFeed start(PathNames path, StationQueries inputs, Duration interval) {
        PageFeed watch = new PageFeed(path);
        PageState known = watch.known;
        watch.pollers.addAll(List.of(
                Poller.start("predictions", inputs.predictions(), Duration.ZERO, watch::predictions),
                Poller.start("tables", inputs.tables(), interval, heard -> watch.hear(() -> known.tables = heard)),
                Poller.start("topics", inputs.topics(), interval, heard -> watch.hear(() -> known.topics = heard)),
                Poller.start("indices", inputs.indices(), interval, heard -> watch.hear(() -> known.indices = heard)),
                Poller.start(
                        "problems", inputs.problems(), PROBLEMS, heard -> watch.hear(() -> known.problems = heard)),
                Poller.start("shifts", inputs.shifts(), SHIFTS, heard -> watch.hear(() -> known.shifts = heard)),
                Poller.start(
                        "functions", inputs.functions(), interval, heard -> watch.hear(() -> known.functions = heard)),
                Poller.start("sources", inputs.sources(), interval, heard -> watch.hear(() -> known.sources = heard)),
                Poller.start("activity", () -> true, SAMPLE, _ -> watch.sample())));
        return watch;
    }

    /// From now on `viewer` hears everything, beginning with `hello`.
    public synchronized void join(Viewer viewer) {
        ObjectNode hello = JsonNodeFactory.instance.objectNode();
        hello.set("names", Messages.names(path));
        hello.set("rows", Messages.rows(latest));
        hello.set("latency", Messages.latency(latencies));
        hello.set("state", Messages.state(path, known));
        hello.putObject("activity")
                .put(path.predictor(), activity.of(path.predictor()))
                .put(path.indexer(), activity.of(path.indexer()));
        viewer.message("hello", hello.toString());
        viewers.add(viewer);
    }

    /// From now on `viewer` hears nothing.
    public synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    private void tell(String name, String data) {
        viewers.forEach(viewer -> viewer.message(name, data));
    }

    private synchronized void predictions(Heard<List<Prediction>> heard) {
        if (heard instanceof Heard.Answer<List<Prediction>>(List<Prediction> predictions) && !predictions.isEmpty()) {
            for (Prediction prediction : predictions) {
                prediction.latency().ifPresent(latencies::add);
                latest.addLast(prediction);
                if (latest.size() > ROWS_KEPT) {
                    latest.removeFirst();
                }
            }
            int shown = Math.min(predictions.size(), ROWS_KEPT);
            ObjectNode rows = JsonNodeFactory.instance.objectNode();
            rows.set("rows", Messages.rows(predictions.subList(predictions.size() - shown, predictions.size())));
            rows.put("leftOut", predictions.size() - shown);
            rows.set("latency", Messages.latency(latencies));
            tell("rows", rows.toString());
        }
        hear(() -> known.predictions = heard);
    }

    private synchronized void hear(Runnable note) {
        note.run();
        String state = Messages.state(path, known).toString();
        if (!state.equals(lastState)) {
            lastState = state;
            tell("state", state);
        }
    }

    private synchronized void sample() {
        if (known.functions instanceof Heard.Answer<List<FunctionState>>(List<FunctionState> functions)) {
            activity.sample(functions);
        }
    }

    /// Asks no more.
    @Override
    public void close() {
        pollers.forEach(Poller::close);
    }
}
