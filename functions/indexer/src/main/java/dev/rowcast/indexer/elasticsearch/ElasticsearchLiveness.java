package dev.rowcast.indexer.elasticsearch;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Liveness check: fails once the client's threads have ended, which only an error of the virtual machine,
/// such as out of memory, causes. Only a new process can send requests then.
@Liveness
@Singleton
class ElasticsearchLiveness implements HealthCheck {

    private final ElasticsearchClient elasticsearch;

    ElasticsearchLiveness(ElasticsearchClient elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("elasticsearch client")
                .status(elasticsearch.isRunning())
                .build();
    }
}
