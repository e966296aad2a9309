package dev.rowcast.proof.system;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends records to Kafka.
final class RecordSender {

    private RecordSender() {}

    /// Sends records in their order, each after the acknowledgement of the one before.
    static void send(String kafka, Stream<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records.toList()) {
                producer.send(record).get();
            }
        }
    }
}
