package dev.rowcast.local.page.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// The paths below `/api/`. A GET reads; a POST changes something.
///
/// | request | answer |
/// |---|---|
/// | `Origin` or `Sec-Fetch-Site` of another site | 403 |
/// | a POST without the token of this page | 403 |
/// | a POST that is not `application/json` | 415 |
/// | a POST of more than 256 KiB | 413 |
/// | wrong parameters | 400, with `error` |
/// | a station does not answer | 502, with `error` |
public final class PageApi {

    /// Header with the token.
    public static final String TOKEN_HEADER = "Rowcast-Token";

    private static final String PREFIX = "/api/";
    private static final int MOST_BYTES = 256 << 10;
    private static final int TOKEN_BYTES = 24;
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ApiHandler> reads;
    private final Map<String, ApiHandler> changes;
    private final String token = newToken();

    /// @param reads   handlers of GET, by the path below `/api/`
    /// @param changes handlers of POST, by the path below `/api/`
    public PageApi(Map<String, ApiHandler> reads, Map<String, ApiHandler> changes) {
        this.reads = Map.copyOf(reads);
        this.changes = Map.copyOf(changes);
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /// The token that a POST needs, a new one for each run.
    public String token() {
        return token;
    }

    /// Whether a path is one of this interface.
    public static boolean has(String path) {
        return path.startsWith(PREFIX);
    }

    /// Answers a request whose host name is known to be a local one.
    ///
    /// @param origins of the page itself
    public void answer(HttpExchange exchange, Set<String> origins) throws IOException {
        ObjectNode failure = JsonNodeFactory.instance.objectNode();
        try {
            requireOwnSite(exchange.getRequestHeaders(), origins);
            send(exchange, 200, handler(exchange).answer(request(exchange)));
        } catch (ApiRefusal refusal) {
            send(exchange, refusal.status(), failure.put("error", refusal.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            send(exchange, 503, failure.put("error", "the page is closing"));
        } catch (Exception notNow) {
            send(exchange, 502, failure.put("error", message(notNow)));
        }
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().lines().findFirst().orElse("");
    }

    private static void requireOwnSite(Headers headers, Set<String> origins) {
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        if ((origin != null && !origins.contains(origin)) || (site != null && !OWN_SITE.contains(site))) {
            throw new ApiRefusal(403, "the request is from another site");
        }
    }

    private ApiHandler handler(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        boolean isChange = exchange.getRequestMethod().equals("POST");
        if (!isChange && !exchange.getRequestMethod().equals("GET")) {
            throw new ApiRefusal(405, "only GET and POST are answered");
        }
        if (isChange) {
            requireToken(exchange.getRequestHeaders());
        }
        ApiHandler handler = (isChange ? changes : reads).get(path);
        if (handler == null) {
            throw new ApiRefusal(404, "there is no " + path);
        }
        return handler;
    }

    private void requireToken(Headers headers) {
        String given = headers.getFirst(TOKEN_HEADER);
        if (given == null
                || !MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            throw new ApiRefusal(403, "the request has no token of this run: load the page again");
        }
        if (!"application/json".equals(headers.getFirst("Content-Type"))) {
            throw new ApiRefusal(415, "the request is not application/json");
        }
    }

    private static ApiRequest request(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            return new ApiRequest(query(exchange.getRequestURI().getRawQuery()));
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ApiRefusal(413, "the request has more than " + MOST_BYTES + " bytes");
        }
        try {
            JsonNode document = JSON.readTree(body);
            if (document instanceof ObjectNode) {
                return new ApiRequest(document);
            }
        } catch (IOException noJson) {
            throw ApiRefusal.wrong("the request is no JSON");
        }
        throw ApiRefusal.wrong("the request is no JSON object");
    }

    private static ObjectNode query(String query) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String part : (query == null ? "" : query).split("&", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2) {
                parameters.put(decoded(pair[0]), decoded(pair[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiRefusal.wrong("the query is malformed");
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode document) throws IOException {
        byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
