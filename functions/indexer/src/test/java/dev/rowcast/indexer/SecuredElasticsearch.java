package dev.rowcast.indexer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.station.Elasticsearch;
import dev.rowcast.testkit.tls.Credential;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy in front of a real Elasticsearch with TLS, one user and the privileges of its role, because the
/// security module cannot run in the tests. It answers 401 and 403 as that module does.
final class SecuredElasticsearch implements AutoCloseable {

    /// The only user.
    static final String USER = "indexer";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> CHALLENGES =
            List.of("Basic realm=\"security\", charset=\"UTF-8\"", "Bearer realm=\"security\"", "ApiKey");

    /// A request that needs a privilege.
    ///
    /// @param request a pattern of its method and path
    /// @param action its name in Elasticsearch
    /// @param granting the privileges that include it, as Elasticsearch lists them
    private record Right(String request, String privilege, String action, String granting) {}

    private static final List<Right> RIGHTS = List.of(
            new Right(
                    "POST /_bulk",
                    "index",
                    "indices:data/write/bulk",
                    "index privileges [create_doc,create,delete,index,write,all]"),
            new Right(
                    "POST /_mget", "indices:data/read/mget*", "indices:data/read/mget", "index privileges [read,all]"),
            new Right(
                    "PUT /[a-z][^/]*",
                    "indices:admin/create",
                    "indices:admin/create",
                    "index privileges [create_index,manage,all]"),
            new Right(
                    "GET /[a-z][^/]*",
                    "view_index_metadata",
                    "indices:admin/get",
                    "index privileges [view_index_metadata,manage,all]"),
            new Right(
                    "POST /_index_template/_simulate_index/[^/]*",
                    "indices:admin/index_template/simulate_index",
                    "indices:admin/index_template/simulate_index",
                    "cluster privileges [manage_index_templates,manage,all]"));

    private record Refusal(int status, String reason) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Elasticsearch target;
    private HttpServer server;
    private volatile String password = UUID.randomUUID().toString();
    private volatile Set<String> privileges;

    /// Starts the proxy.
    ///
    /// @param privileges of the role of the user
    SecuredElasticsearch(Elasticsearch target, Credential certificate, Set<String> privileges) {
        this.target = target;
        this.privileges = Set.copyOf(privileges);
        this.server = listen(certificate, 0);
    }

    /// The address as the setting `quarkus.elasticsearch.hosts` takes it.
    String hosts() {
        return "127.0.0.1:" + server.actualPort();
    }

    String password() {
        return password;
    }

    /// The value of the header `Authorization` for the user and a password.
    static String authorization(String password) {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(UTF_8));
    }

    /// The reasons of all refusals, in order.
    List<String> refused() {
        return List.copyOf(refused);
    }

    /// Closes all connections and presents another certificate from now on.
    void present(Credential certificate) {
        int port = server.actualPort();
        join(server.close());
        server = listen(certificate, port);
    }

    /// Changes the password of the user.
    void setPassword(String changed) {
        password = changed;
    }

    /// Changes the privileges of the user.
    void grant(Set<String> changed) {
        privileges = Set.copyOf(changed);
    }

    private HttpServer listen(Credential certificate, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.certificate()))
                        .setKeyValue(Buffer.buffer(certificate.key())));
        return join(vertx.createHttpServer(options).requestHandler(this::handle).listen());
    }

    private void handle(HttpServerRequest in) {
        in.body().onSuccess(body -> refusal(in).ifPresentOrElse(refusal -> refuse(in, refusal), () -> pass(in, body)));
    }

    private Optional<Refusal> refusal(HttpServerRequest in) {
        String credentials = in.headers().get("Authorization");
        if (credentials == null) {
            return Optional.of(
                    new Refusal(401, "missing authentication credentials for REST request [%s]".formatted(in.uri())));
        }
        if (!credentials.equals(authorization(password))) {
            return Optional.of(new Refusal(
                    401, "unable to authenticate user [%s] for REST request [%s]".formatted(USER, in.uri())));
        }
        String request = in.method() + " " + in.path();
        return RIGHTS.stream()
                .filter(right -> request.matches(right.request()))
                .findFirst()
                .map(right -> privileges.contains(right.privilege())
                        ? Optional.<Refusal>empty()
                        : Optional.of(forbidden(right)))
                .orElseGet(() -> Optional.of(new Refusal(403, "the role has no privilege for " + request)));
    }

    private static Refusal forbidden(Right right) {
        return new Refusal(
                403,
                "action [%s] is unauthorized for user [%s] with effective roles [rowcast_indexer], this action is granted by the %s"
                        .formatted(right.action(), USER, right.granting()));
    }

    private void refuse(HttpServerRequest in, Refusal refusal) {
        refused.add(refusal.reason());
        ObjectNode error = JSON.createObjectNode();
        error.put("type", "security_exception").put("reason", refusal.reason());
        if (refusal.status() == 401) {
            in.response().putHeader("WWW-Authenticate", CHALLENGES);
            error.putObject("header").set("WWW-Authenticate", JSON.valueToTree(CHALLENGES));
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode whole = answer.putObject("error");
        whole.putArray("root_cause").add(error);
        whole.setAll(error);
        answer.put("status", refusal.status());
        answer(in, refusal.status(), Buffer.buffer(answer.toString()));
    }

    private void pass(HttpServerRequest in, Buffer body) {
        String type = in.getHeader("Content-Type");
        client.request(in.method(), target.port(), "127.0.0.1", in.uri())
                .compose(out -> (type == null ? out : out.putHeader("Content-Type", type)).send(body))
                .compose(back -> back.body().onSuccess(read -> answer(in, back.statusCode(), read)))
                .onFailure(broken -> in.connection().close());
    }

    private static void answer(HttpServerRequest in, int status, Buffer body) {
        in.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-elastic-product", "Elasticsearch")
                .end(body);
    }

    @Override
    public void close() {
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
