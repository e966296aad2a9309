package dev.rowcast.indexer.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.HttpEntity;
import org.elasticsearch.client.Cancellable;
import org.elasticsearch.client.HttpAsyncResponseConsumerFactory.HeapBufferedResponseConsumerFactory;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;

/// Sends requests to the REST API of Elasticsearch. Each request ends within a time limit, and an
/// answer larger than 16 MiB is not read.
public final class ElasticsearchClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final RequestOptions BOUNDED = RequestOptions.DEFAULT.toBuilder()
            .setHttpAsyncResponseConsumerFactory(new HeapBufferedResponseConsumerFactory(MAX_ANSWER_BYTES))
            .build();

    private final RestClient client;
    private final Duration timeout;

    /// @param timeout time limit for a request, from getting a connection to the last byte of the answer
    public ElasticsearchClient(RestClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /// Time limit for a whole request.
    public Duration timeout() {
        return timeout;
    }

    /// Returns false once an unexpected error has ended the client's threads. No request can be sent then.
    public boolean isRunning() {
        return client.isRunning();
    }

    /// Sends `request`; blocks until it is answered or the time limit is reached.
    public ElasticsearchReply send(Request request) {
        request.setOptions(BOUNDED);
        CompletableFuture<Response> response = new CompletableFuture<>();
        Cancellable running = client.performRequestAsync(request, listener(response));
        try {
            return answered(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            running.cancel();
            return new ElasticsearchReply.NoAnswer("Elasticsearch did not answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            running.cancel();
            Thread.currentThread().interrupt();
            return new ElasticsearchReply.NoAnswer("interrupted while waiting for Elasticsearch");
        } catch (ExecutionException e) {
            return e.getCause() instanceof ResponseException other
                    ? answered(other.getResponse())
                    : unanswered(e.getCause());
        }
    }

    /// Tells a certificate that an operator must change from a connection that failed.
    private static ElasticsearchReply unanswered(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException)
                .findFirst()
                .<ElasticsearchReply>map(cause -> new ElasticsearchReply.Untrusted(
                        "the certificate of Elasticsearch is not trusted: " + cause.getMessage()))
                .orElseGet(() -> new ElasticsearchReply.NoAnswer("Elasticsearch could not be reached: " + failure));
    }

    private static ResponseListener listener(CompletableFuture<Response> response) {
        return new ResponseListener() {
            @Override
            public void onSuccess(Response success) {
                response.complete(success);
            }

            @Override
            public void onFailure(Exception failure) {
                response.completeExceptionally(failure);
            }
        };
    }

    private static ElasticsearchReply answered(Response response) {
        int status = response.getStatusLine().getStatusCode();
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new ElasticsearchReply.Answered(status, MissingNode.getInstance());
        }
        try (InputStream body = entity.getContent()) {
            JsonNode json = JSON.readTree(body);
            return new ElasticsearchReply.Answered(status, json == null ? MissingNode.getInstance() : json);
        } catch (JsonProcessingException e) {
            return new ElasticsearchReply.Answered(status, MissingNode.getInstance());
        } catch (IOException e) {
            return new ElasticsearchReply.NoAnswer("the answer of Elasticsearch could not be read: " + e);
        }
    }
}
