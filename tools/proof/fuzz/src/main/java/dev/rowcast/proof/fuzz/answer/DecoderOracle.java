package dev.rowcast.proof.fuzz.answer;

import dev.rowcast.change.Change;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.proof.fuzz.input.Input;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares answers with the result of the decoder for the same bytes: a function must reject unreadable
/// events for the decoder's reason and accept the others. It keeps the accepted positions. Thread safe.
public final class DecoderOracle {

    /// Reasons to reject a change that the decoder can read.
    private static final Set<String> REASONS_FOR_A_CHANGE = Set.of(
            Reason.FEATURE_MISSING.code(),
            Reason.FEATURE_TYPE.code(),
            Reason.NOT_STORABLE.code(),
            Reason.TOO_LARGE.code());

    /// The message about a table that the indexer has no file of.
    private static final String UNKNOWN_TABLE = "changes of table ";

    private record Target(String table, Key key) {}

    private final ChangeDecoder decoder;
    private final Predicate<Change> isVisible;
    private final Map<Target, Position> taken = new ConcurrentHashMap<>();

    /// @param decoder configured like the function's decoder
    /// @param isVisible true for a change that can be seen in the store after it was accepted
    public DecoderOracle(ChangeDecoder decoder, Predicate<Change> isVisible) {
        this.decoder = decoder;
        this.isVisible = isVisible;
    }

    /// {@return whether the function rightly asks for a retry until its setup has changed: no setting names the
    /// table of the event}
    boolean waits(RawResponse response) {
        return response.isRetry()
                && response.header("kne-rowcastmessage").orElse("").startsWith(UNKNOWN_TABLE);
    }

    /// {@return the fault of an answer that the outcome table allows; empty when it is correct, or when the
    /// headers determine it too}
    Optional<String> faultOf(Input input, RawResponse response) {
        if (!input.plain() || response.isRetry()) {
            return Optional.empty();
        }
        return switch (decoder.decode(input.body())) {
            case Step.Next<Change>(Change change)
            when response.status() == 204 -> {
                if (isVisible.test(change)) {
                    Target target = new Target(change.origin().qualifiedTable(), change.key());
                    taken.merge(target, change.position(), (one, other) -> one.compareTo(other) < 0 ? other : one);
                }
                yield Optional.empty();
            }
            case Step.Next<Change> _ ->
                response.reason().filter(REASONS_FOR_A_CHANGE::contains).isPresent()
                        ? Optional.empty()
                        : Optional.of("the event is readable, but was rejected: " + response);
            case Step.End<Change>(Skipped skipped) ->
                response.status() == 204
                        ? Optional.empty()
                        : Optional.of("the event has nothing to store (" + skipped.reason() + "), but: " + response);
            case Step.End<Change>(Rejected rejected) ->
                response.reason().filter(rejected.reason().code()::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of("the event is unreadable (" + rejected + "), but: " + response);
            case Step.End<Change>(Outcome other) -> throw new IllegalStateException("decoded to " + other);
        };
    }

    /// {@return the highest accepted position of each key of a table, by the key's id}
    ///
    /// @param table as `schema.table`
    public Map<String, Position> taken(String table) {
        return taken.entrySet().stream()
                .filter(entry -> entry.getKey().table().equals(table))
                .collect(Collectors.toMap(entry -> entry.getKey().key().id(), Map.Entry::getValue));
    }
}
