package dev.rowcast.replay.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.DeadLetterRecord;
import dev.rowcast.kafkasource.http.ErrorExtensions;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterEventTest {

    @Test
    void eventOfADeadLetterEqualsTheRefusedEvent() {
        CloudEvent event = new CloudEvent(
                Map.of(
                        "specversion", "1.0",
                        "id", "partition:3/offset:17",
                        "type", "dev.knative.kafka.event",
                        "source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#t",
                        "partitionkey", "Zoë",
                        "key", "Zoë",
                        "kafkaheaderfrom", "somewhere"),
                Optional.of("application/json"),
                Optional.of(Buffer.buffer("{\"op\":")));
        FunctionResponse refusal = new FunctionResponse.Answered(
                422,
                MultiMap.caseInsensitiveMultiMap()
                        .set("kne-rowcastreason", "not-json")
                        .set("kne-rowcastmessage", "the body is no JSON")
                        .set("kne-rowcastfunction", "predictor"),
                Buffer.buffer("why"));

        ProducerRecord<byte[], byte[]> letter = DeadLetterRecord.of(
                event.with(ErrorExtensions.extensions("http://predictor.rowcast.svc.cluster.local", refusal)),
                "letters");

        assertThat(DeadLetterEvent.of(received(letter))).contains(event);
    }

    @Test
    void recordThatIsNoCloudEventHasNoEvent() {
        assertThat(DeadLetterEvent.of(DeadLetterFixture.record(new DeadLetterId(0, 0), "k", "v", Map.of("ce_id", "1"))))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
