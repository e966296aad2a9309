package dev.rowcast.indexer.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.document.Draft;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The position and time of the change that a stored document shows.
///
/// @param epoch part of the position
/// @param commit part of the position; empty if an older release stored the document without it
/// @param lsn part of the position
/// @param changedAt the time of the change in the source, if the document has it
public record StoredVersion(int epoch, OptionalLong commit, long lsn, Optional<Instant> changedAt) {

    /// The result of comparing another version of the document with the stored one.
    public enum Comparison {
        /// The other version is newer.
        NEWER,
        /// The other version shows the same change, or an older one.
        STALE,
        /// The other version has no higher position but a later time, so the source's log was reset.
        OTHER_HISTORY
    }

    /// A change with a lower position belongs to another history if it is later by more than this. The
    /// times of commits can be slightly out of order, because the server's clock can be corrected.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /// Reads the version of a stored document.
    ///
    /// @param rowcast the document's object `rowcast`
    /// @return empty if the indexer did not write the document
    public static Optional<StoredVersion> of(JsonNode rowcast) {
        JsonNode epoch = rowcast.path("epoch");
        JsonNode commit = rowcast.path("commit");
        JsonNode lsn = rowcast.path("lsn");
        if (!epoch.isInt() || !lsn.isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(new StoredVersion(
                epoch.intValue(),
                commit.isIntegralNumber() ? OptionalLong.of(commit.longValue()) : OptionalLong.empty(),
                lsn.longValue(),
                time(rowcast.path("timestamp").asText())));
    }

    /// The version that the document of `draft` has once it is stored.
    public static StoredVersion of(Draft draft) {
        Position position = draft.position();
        return new StoredVersion(
                position.epoch(), OptionalLong.of(position.commit()), position.lsn(), draft.changedAt());
    }

    /// Compares another version of the document with this one. All snapshot reads have the same position; a
    /// read counts as newer than a stored read.
    ///
    /// @param position the position of the other version
    /// @param time the time of its change in the source; without it, another history cannot be detected
    public Comparison compare(Position position, Optional<Instant> time) {
        int order = position.compareToStored(epoch, commit, lsn);
        boolean read = position.equals(Position.floor(position.epoch()));
        if (order > 0 || (order == 0 && read)) {
            return Comparison.NEWER;
        }
        boolean later = !read
                && changedAt
                        .flatMap(stored -> time.map(stored.plus(TOLERANCE)::isBefore))
                        .orElse(false);
        return later ? Comparison.OTHER_HISTORY : Comparison.STALE;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
