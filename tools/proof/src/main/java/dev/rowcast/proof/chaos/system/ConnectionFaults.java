package dev.rowcast.proof.chaos.system;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.Stations;
import dev.rowcast.proof.chaos.delivery.DeliveryLog;
import dev.rowcast.proof.chaos.delivery.FaultyDelivery;
import dev.rowcast.proof.chaos.proxy.ElasticsearchProxy;
import dev.rowcast.proof.chaos.proxy.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Puts the faulty delivery before the functions and the proxies before the stores.
public final class ConnectionFaults implements RunOverrides, AutoCloseable {

    /// Shorter than in the manifests, so that a scenario takes seconds: a frozen process stays frozen for
    /// longer than one try, and failed events are retried soon. There are enough tries for every outage of
    /// a scenario.
    public static final RetryPolicy RETRIES =
            new RetryPolicy(120, RetryPolicy.BackOff.LINEAR, Duration.ofMillis(100), Duration.ofSeconds(3));

    private final Path model;
    private final long seed;
    private final FaultyDelivery delivery;
    private Optional<Proxies> proxies = Optional.empty();

    /// The proxies before the stores.
    ///
    /// @param postgres between Postgres and the functions predictor and retention
    /// @param http between indexer and Elasticsearch
    /// @param elasticsearch between indexer and `http`
    public record Proxies(TcpProxy postgres, ElasticsearchProxy http, TcpProxy elasticsearch) {}

    ConnectionFaults(Path model, DeliveryLog log, long seed) {
        this.model = model;
        this.seed = seed;
        this.delivery = new FaultyDelivery(log, seed);
    }

    FaultyDelivery delivery() {
        return delivery;
    }

    /// {@return the proxies of the running system}
    public Proxies proxies() {
        return proxies.orElseThrow();
    }

    @Override
    public Map<String, String> environment(Stations stations) {
        try {
            ElasticsearchProxy http =
                    ElasticsearchProxy.to(stations.elasticsearch().port(), seed);
            proxies = Optional.of(new Proxies(TcpProxy.to(stations.postgres().port()), http, TcpProxy.to(http.port())));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        String postgres = "postgresql://127.0.0.1:" + proxies().postgres().port() + "/rowcast";
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                postgres,
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + postgres,
                "QUARKUS_ELASTICSEARCH_HOSTS",
                "127.0.0.1:" + proxies().elasticsearch().port(),
                "ROWCAST_MODEL_FILE",
                model.toString());
    }

    @Override
    public RetryPolicy retries(RetryPolicy manifest) {
        return RETRIES;
    }

    @Override
    public EventSubscriber before(String source, EventSubscriber function) {
        return delivery.before(source, function);
    }

    @Override
    public int inFlight() {
        return Math.max(Dispatcher.IN_FLIGHT, delivery.window());
    }

    @Override
    public void close() {
        delivery.close();
        proxies.ifPresent(open -> {
            open.postgres().close();
            open.elasticsearch().close();
            open.http().close();
        });
    }
}
