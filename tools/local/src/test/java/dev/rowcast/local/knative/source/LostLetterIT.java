package dev.rowcast.local.knative.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The events for which Knative's KafkaSource writes no dead letter.
@Timeout(300)
class LostLetterIT extends WithToySources {

    /// Key, reason and coordinates make a letter larger than its record.
    @Test
    void letterAboveTheLimitOfTheSinkIsLostAndCommitted() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> got.answer(422));
        topics.send(List.of(record("fits", 1_047_000), record("too large", 1_048_300)));

        // When
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);
        awaitEnd(dispatcher, 2);

        // Then
        assertThat(topics.committed(topic)).isEqualTo(2);
        assertThat(topics.all(sources.deadLetterTopic()))
                .extracting(letter -> new String(letter.key(), UTF_8))
                .containsExactly("fits");
        assertThat(dispatcher.counts()).isEqualTo(new SourceCounts.Snapshot(0, 2, 1, 1, 0));
        assertThat(sources.log())
                .anyMatch(line -> line.contains("does not take event") && line.contains("max.request.size"))
                .anyMatch(line -> line.contains("offset 1 LOST") && line.contains("status 503"));
    }

    @Test
    void keyWithALineBreakIsLostAndCommitted() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> got.answer(204));
        topics.send(List.of(SourceTopics.record(topic, "a\nb", "{}"), SourceTopics.record(topic, "c", "{}")));

        // When
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);
        awaitEnd(dispatcher, 2);

        // Then
        assertThat(topics.committed(topic)).isEqualTo(2);
        assertThat(function.all()).extracting(ToySubscriber.Got::key).containsExactly("c");
        assertThat(topics.all(sources.deadLetterTopic())).isEmpty();
        assertThat(dispatcher.counts()).isEqualTo(new SourceCounts.Snapshot(1, 4, 0, 1, 0));
    }

    @Test
    void headerWithASecondHyphenHoldsSlotAndOffset() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> got.request()
                .response()
                .setStatusCode(got.offset() == 1 ? 422 : 204)
                .putHeader("kne-rowcast-reason", "x")
                .end());
        topics.send(topic, 5, 0);

        // When
        Dispatcher stuck = sources.start(function, THREE_TRIES);
        patiently().until(() -> stuck.counts().delivered() == 4 && stuck.inFlight() == 1 && isStuck());

        // Then
        assertThat(stuck.counts().stuck()).isEqualTo(1);
        stuck.close();
        assertThat(topics.committed(topic)).isEqualTo(1);

        // When it starts again
        Dispatcher again = sources.start(sources.subscriber(got -> got.answer(204)), THREE_TRIES);

        // Then the event is delivered again
        awaitEnd(again, 4);
        assertThat(topics.committed(topic)).isEqualTo(5);
    }

    private boolean isStuck() {
        return sources.log().stream().anyMatch(line -> line.contains("offset 1 STUCK"));
    }

    /// Waits until so many events have ended, and closes the dispatcher, which commits at once.
    private static void awaitEnd(Dispatcher dispatcher, int events) {
        patiently().until(() -> ended(dispatcher.counts()) == events);
        dispatcher.close();
    }

    private static long ended(SourceCounts.Snapshot counts) {
        return counts.delivered() + counts.deadLettered() + counts.dropped();
    }

    private ProducerRecord<byte[], byte[]> record(String key, int bytes) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), new byte[bytes]);
    }
}
