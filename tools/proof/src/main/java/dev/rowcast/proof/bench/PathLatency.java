package dev.rowcast.proof.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/// The times from a commit to its visible result, as an application sees them.
///
/// @param rows writes the customers
/// @param jdbc URL of Postgres
/// @param elasticsearch URL of Elasticsearch
record PathLatency(CustomerRows rows, String jdbc, String elasticsearch) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String VISIBLE =
            "SELECT customerid FROM person_churn_history_captured WHERE customerid = ANY (?)";

    /// Times in milliseconds.
    ///
    /// @param p50 half of the rows are faster
    /// @param p99 one row in a hundred is slower
    record Percentiles(double p50, double p99) {
        static Percentiles of(List<Double> millis) {
            List<Double> sorted = millis.stream().sorted().toList();
            return new Percentiles(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
        }
    }

    /// Each row is written after the prediction of the row before: no batches, no queues. From the commit to the
    /// prediction.
    Percentiles oneAtATime(String prefix, int count) throws SQLException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.insert(prefix, i, i);
            long committed = System.nanoTime();
            while (!rows.isPredicted(prefix + "-" + i)) {
                Thread.sleep(1);
            }
            millis.add((System.nanoTime() - committed) / 1e6);
        }
        return Percentiles.of(millis);
    }

    /// Rows at a constant rate, whether or not the rows before have a prediction. From the time at which the row was
    /// due, so that a delay of one row is in the times of the rows behind it too.
    Percentiles atRate(String prefix, int perSecond, int count)
            throws SQLException, InterruptedException, ExecutionException {
        BlockingQueue<Map.Entry<String, Long>> written = new LinkedBlockingQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Double>> seen = threads.submit(() -> watch(written, count));
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = begun + i * 1_000_000_000L / perSecond;
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                rows.insert(prefix, i, i);
                written.add(Map.entry(prefix + "-" + i, due));
            }
            return Percentiles.of(seen.get());
        }
    }

    private List<Double> watch(BlockingQueue<Map.Entry<String, Long>> written, int count)
            throws SQLException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        Map<String, Long> waiting = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(jdbc);
                PreparedStatement query = connection.prepareStatement(VISIBLE)) {
            while (millis.size() < count) {
                if (waiting.isEmpty()) {
                    Map.Entry<String, Long> next = written.take();
                    waiting.put(next.getKey(), next.getValue());
                }
                List<Map.Entry<String, Long>> more = new ArrayList<>();
                written.drainTo(more);
                more.forEach(row -> waiting.put(row.getKey(), row.getValue()));
                for (String key : visible(connection, query, waiting)) {
                    millis.add((System.nanoTime() - waiting.remove(key)) / 1e6);
                }
                Thread.sleep(1);
            }
        }
        return millis;
    }

    private static List<String> visible(Connection connection, PreparedStatement query, Map<String, Long> waiting)
            throws SQLException {
        Array keys = connection.createArrayOf("text", waiting.keySet().toArray());
        query.setArray(1, keys);
        List<String> visible = new ArrayList<>();
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                visible.add(found.getString(1));
            }
        }
        keys.free();
        return visible;
    }

    /// Each row is written after a search has found the row before. From the commit to the first search that finds
    /// the prediction.
    Percentiles untilSearchable(String prefix, int count) throws SQLException, IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < count; i++) {
                rows.insert(prefix, i, i);
                long committed = System.nanoTime();
                while (!isSearchable(client, prefix + "-" + i)) {
                    Thread.sleep(5);
                }
                millis.add((System.nanoTime() - committed) / 1e6);
            }
        }
        return Percentiles.of(millis);
    }

    private boolean isSearchable(HttpClient client, String key) throws IOException, InterruptedException {
        URI search = URI.create(
                elasticsearch + "/person_churn_history_captured/_search?size=0&q=customerid:%22" + key + "%22");
        JsonNode answer =
                JSON.readTree(client.send(HttpRequest.newBuilder(search).build(), BodyHandlers.ofInputStream())
                        .body());
        return answer.at("/hits/total/value").asLong() > 0;
    }
}
