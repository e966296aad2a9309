package dev.rowcast.indexer.bulk;

import static dev.rowcast.indexer.bulk.StoredVersion.Comparison.NEWER;
import static dev.rowcast.indexer.bulk.StoredVersion.Comparison.OTHER_HISTORY;
import static dev.rowcast.indexer.bulk.StoredVersion.Comparison.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares a version of a document with the stored version.
class StoredVersionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final StoredVersion stored = new StoredVersion(1, OptionalLong.of(800), 840, Optional.of(NOON));

    @Test
    void higherPositionIsNewerWhateverItsTime() {
        assertThat(stored.compare(new Position(1, 800, 848), at(0))).isEqualTo(NEWER);
        assertThat(stored.compare(new Position(1, 808, 8), at(-3_600))).isEqualTo(NEWER);
        assertThat(stored.compare(new Position(2, 0, 0), Optional.empty())).isEqualTo(NEWER);
    }

    @Test
    void redeliveryIsStale() {
        assertThat(stored.compare(new Position(1, 800, 840), at(0))).isEqualTo(STALE);
    }

    @Test
    void olderChangeIsStaleUpToTheToleranceOfTime() {
        assertThat(stored.compare(new Position(1, 800, 832), at(-60))).isEqualTo(STALE);
        assertThat(stored.compare(new Position(1, 792, 900), at(2))).isEqualTo(STALE);
        assertThat(stored.compare(new Position(0, 999, 999), at(0))).isEqualTo(STALE);
    }

    @Test
    void lowerPositionAtALaterTimeIsOfAnotherHistory() {
        assertThat(stored.compare(new Position(1, 792, 900), at(3))).isEqualTo(OTHER_HISTORY);
        assertThat(stored.compare(new Position(1, 800, 840), at(3))).isEqualTo(OTHER_HISTORY);
        assertThat(stored.compare(new Position(0, 999, 999), at(3))).isEqualTo(OTHER_HISTORY);
    }

    @Test
    void readOfASnapshotIsNeverOfAnotherHistory() {
        assertThat(stored.compare(Position.floor(1), at(3_600))).isEqualTo(STALE);
    }

    @Test
    void withoutATimeNothingTellsAnotherHistory() {
        StoredVersion timeless = new StoredVersion(1, OptionalLong.of(800), 840, Optional.empty());

        assertThat(timeless.compare(new Position(1, 8, 8), at(3))).isEqualTo(STALE);
        assertThat(stored.compare(new Position(1, 8, 8), Optional.empty())).isEqualTo(STALE);
    }

    @Test
    void readOverwritesARead() {
        StoredVersion read = new StoredVersion(1, OptionalLong.of(0), 0, Optional.of(NOON));

        assertThat(read.compare(Position.floor(1), at(-60))).isEqualTo(NEWER);
        assertThat(read.compare(Position.floor(0), at(60))).isEqualTo(STALE);
    }

    @Test
    void documentOfAReleaseWithoutCommitsIsComparedByTheLargerNumber() {
        StoredVersion old = new StoredVersion(1, OptionalLong.empty(), 840, Optional.of(NOON));

        assertThat(old.compare(new Position(1, 800, 840), at(0))).isEqualTo(STALE);
        assertThat(old.compare(new Position(1, 800, 848), at(0))).isEqualTo(NEWER);
        assertThat(old.compare(new Position(1, 848, 100), at(0))).isEqualTo(NEWER);
        assertThat(old.compare(new Position(1, 100, 200), at(0))).isEqualTo(STALE);
    }

    @Test
    void documentTellsWhatItShows() throws JsonProcessingException {
        assertThat(shown("""
                {"epoch": 1, "commit": 800, "lsn": 840, "timestamp": "2026-03-01T12:00:00Z"}""")).contains(stored);
        assertThat(shown("{\"epoch\": 1, \"lsn\": 840}"))
                .contains(new StoredVersion(1, OptionalLong.empty(), 840, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "{}", "{\"epoch\": \"1\", \"lsn\": 840}", "{\"epoch\": 1}"})
    void documentOfSomebodyElseShowsNothing(String rowcast) throws JsonProcessingException {
        assertThat(shown(rowcast)).isEmpty();
    }

    private static Optional<StoredVersion> shown(String rowcast) throws JsonProcessingException {
        return StoredVersion.of(new JsonMapper().readTree(rowcast));
    }

    private static Optional<Instant> at(long seconds) {
        return Optional.of(NOON.plusSeconds(seconds));
    }
}
