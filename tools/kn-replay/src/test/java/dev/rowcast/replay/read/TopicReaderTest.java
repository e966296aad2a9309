package dev.rowcast.replay.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void eachPartitionIsReadFromItsBeginToBeforeItsEnd() {
        TopicReader reader = reader(new OffsetRange(0, 2, 4), new OffsetRange(1, 0, 1));
        fill(FIRST, 6);
        fill(SECOND, 3);

        List<String> read = new ArrayList<>();
        while (reader.hasMore()) {
            reader.poll().forEach(record -> read.add(record.partition() + "/" + record.offset()));
        }

        assertThat(read).containsExactlyInAnyOrder("0/2", "0/3", "1/0");
    }

    @Test
    void emptyRangeIsReadAtOnce() {
        assertThat(reader(new OffsetRange(0, 5, 5)).hasMore()).isFalse();
    }

    @Test
    void kafkaThatFailsWhileReadingIsUnreachable() {
        TopicReader reader = reader(new OffsetRange(0, 0, 4));
        consumer.setPollException(new KafkaException("the broker is gone"));

        assertThatThrownBy(reader::poll)
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("the broker is gone");
    }

    private TopicReader reader(OffsetRange... spans) {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        return new TopicReader(consumer, "t", List.of(spans));
    }

    private void fill(TopicPartition partition, int records) {
        for (int offset = 0; offset < records; offset++) {
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, new byte[0], "v".getBytes(UTF_8)));
        }
    }
}
