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
        end(0, 2, 3, 5);

        // Then
        assertCommits(1);

        // When the gap closes
        end(1);

        // Then
        assertCommits(4);
    }

    @Test
    void allDoneCommitsTheNextOffset() {
        begin(10, 12);

        end(11, 10);

        assertCommits(12);
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        begin(0, 1);
        end(0);

        gaps.committed(gaps.toCommit());

        assertThat(gaps.toCommit()).isEmpty();
    }

    @Test
    void offsetsThatTheTopicDoesNotHoldAreNoGap() {
        gaps.begin(PARTITION, 0);
        gaps.begin(PARTITION, 7);

        end(0);

        assertCommits(7);
    }

    @Test
    void deliveryThatEndsAfterItsPartitionWasLostCommitsNothing() {
        begin(0, 1);
        gaps.forget(List.of(PARTITION));

        end(0);

        assertThat(gaps.toCommit()).isEmpty();
    }

    private void begin(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            gaps.begin(PARTITION, offset);
        }
    }

    private void end(long... offsets) {
        for (long offset : offsets) {
            gaps.end(PARTITION, offset);
        }
    }

    private void assertCommits(long offset) {
        assertThat(gaps.toCommit()).containsEntry(PARTITION, new OffsetAndMetadata(offset));
    }
}
