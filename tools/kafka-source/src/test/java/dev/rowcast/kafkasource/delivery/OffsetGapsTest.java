package dev.rowcast.kafkasource.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetGapsTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final OffsetGaps gaps = new OffsetGaps();

    @Test
    void lowestGapIsCommittedWhateverIsDoneAboveIt() {
        // Given
        begin(0, 6);

        // When
        List.of(0L, 2L, 3L, 5L).forEach(offset -> gaps.end(PARTITION, offset));

        // Then
        assertThat(gaps.toCommit()).containsEntry(PARTITION, new OffsetAndMetadata(1));

        // When the gap closes
        gaps.end(PARTITION, 1);

        // Then
        assertThat(gaps.toCommit()).containsEntry(PARTITION, new OffsetAndMetadata(4));
    }

    @Test
    void allDoneCommitsTheNextOffset() {
        begin(10, 12);

        gaps.end(PARTITION, 11);
        gaps.end(PARTITION, 10);

        assertThat(gaps.toCommit()).containsEntry(PARTITION, new OffsetAndMetadata(12));
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        begin(0, 1);
        gaps.end(PARTITION, 0);

        gaps.committed(gaps.toCommit());

        assertThat(gaps.toCommit()).isEmpty();
    }

    @Test
    void offsetsThatTheTopicDoesNotHoldAreNoGap() {
        gaps.begin(PARTITION, 0);
        gaps.begin(PARTITION, 7);

        gaps.end(PARTITION, 0);

        assertThat(gaps.toCommit()).containsEntry(PARTITION, new OffsetAndMetadata(7));
    }

    @Test
    void deliveryThatEndsAfterItsPartitionWasLostCommitsNothing() {
        begin(0, 1);
        gaps.forget(List.of(PARTITION));

        gaps.end(PARTITION, 0);

        assertThat(gaps.toCommit()).isEmpty();
    }

    private void begin(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            gaps.begin(PARTITION, offset);
        }
    }
}
