package dev.rowcast.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.kafkasource.delivery.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SendOptionsTest {

    @Test
    void eventsAreRetriedAsByTheSources() throws IOException {
        JsonNode delivery = new YAMLMapper()
                .readTree(Path.of("../../knative/source-predictor.yaml").toFile())
                .at("/spec/delivery");

        RetryPolicy policy = new SendOptions().retryPolicy();

        assertThat(policy.retries()).isEqualTo(delivery.path("retry").asInt());
        assertThat(policy.backOff().name().toLowerCase(Locale.ROOT))
                .isEqualTo(delivery.path("backoffPolicy").asText());
        assertThat(policy.delay())
                .isEqualTo(Duration.parse(delivery.path("backoffDelay").asText()));
        assertThat(policy.timeout())
                .isEqualTo(Duration.parse(delivery.path("timeout").asText()));
    }
}
