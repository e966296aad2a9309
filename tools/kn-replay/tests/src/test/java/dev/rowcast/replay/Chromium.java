package dev.rowcast.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A headless Chromium with one page, driven by the DevTools protocol.
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27, "Home", 36);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Chromium(Process process, Path folder) throws IOException, InterruptedException {
        this.process = process;
        Path file = folder.resolve("DevToolsActivePort");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).contains("\n"));
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(file).getFirst() + "/json/list");
        JsonNode list =
                JSON.readTree(client.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
        String address = list.valueStream()
                .filter(page -> page.path("type").asText().equals("page"))
                .map(page -> page.path("webSocketDebuggerUrl").asText())
                .findFirst()
                .orElseThrow();
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Answers())
                .join();
        send("Runtime.enable", JSON.createObjectNode());
        send("Log.enable", JSON.createObjectNode());
    }

    /// The executable: `CHROME_PATH`, or the first of the usual names on the PATH; empty when none is installed.
    static Optional<Path> executable() {
        String chosen = System.getenv("CHROME_PATH");
        Stream<Path> candidates = chosen == null || chosen.isBlank()
                ? Stream.of(System.getenv("PATH").split(":", -1))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                : Stream.of(Path.of(chosen));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /// Starts it.
    ///
    /// @param folder of its profile, which must be empty
    static Chromium start(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "--headless",
                        // The sandbox needs rights that a test has not; the page is our own.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            return new Chromium(process, folder);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    /// Opens an address in a window of a size.
    void open(URI address, int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < height));
        send("Page.navigate", JSON.createObjectNode().put("url", "about:blank"));
        send("Page.navigate", JSON.createObjectNode().put("url", address.toString()));
        await("document.readyState === 'complete'");
    }

    /// Evaluates an expression in the page.
    JsonNode run(String expression) {
        JsonNode answer = send(
                "Runtime.evaluate",
                JSON.createObjectNode()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    /// Waits until an expression is true in the page.
    void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .until(() -> run("(() => { try { return Boolean(" + expression + "); } catch { return false; } })()")
                        .asBoolean());
    }

    /// Exceptions of the page's scripts, and what the browser could not show; not the requests that failed.
    List<String> faults() {
        return List.copyOf(faults);
    }

    /// Presses a key, such as `Tab` or `Enter`.
    void press(String key) {
        ObjectNode event =
                JSON.createObjectNode().put("key", key).put("code", key).put("windowsVirtualKeyCode", KEYS.get(key));
        if (key.equals("Enter")) {
            event.put("text", "\r");
        }
        send("Input.dispatchKeyEvent", event.deepCopy().put("type", "keyDown"));
        event.remove("text");
        send("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    /// Presses Tab until an element has the focus that a selector describes.
    void tabTo(String selector) {
        String found = "document.activeElement.matches('" + selector + "')";
        for (int presses = 0; presses < 200; presses++) {
            press("Tab");
            if (run(found).asBoolean()) {
                return;
            }
        }
        throw new AssertionError("no Tab reaches " + selector);
    }

    /// Types a text into the element that has the focus.
    void type(String text) {
        send("Input.insertText", JSON.createObjectNode().put("text", text));
    }

    private JsonNode send(String method, ObjectNode parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).join();
        JsonNode document =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (document.has("error")) {
            throw new AssertionError(method + ": " + document.path("error"));
        }
        return document.path("result");
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                receive(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void receive(String message) {
            try {
                JsonNode document = JSON.readTree(message);
                String event = document.path("method").asText();
                boolean isError = event.equals("Log.entryAdded")
                        && document.at("/params/entry/level").asText().equals("error")
                        && !document.at("/params/entry/source").asText().equals("network");
                if (isError || event.equals("Runtime.exceptionThrown")) {
                    faults.add(document.path("params").toString());
                }
                Optional.ofNullable(answers.remove(document.path("id").asInt()))
                        .ifPresent(answer -> answer.complete(document));
            } catch (IOException noJson) {
                answers.values().forEach(answer -> answer.completeExceptionally(noJson));
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
