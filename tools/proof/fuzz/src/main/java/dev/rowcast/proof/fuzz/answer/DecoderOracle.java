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

/// Holds an answer against what the decoder says of the bytes: nothing unreadable is taken, nothing is rejected for
/// another
/// reason, and what is taken is remembered. Thread safe.
public final class DecoderOracle {

    /// What may be said of a change that can be read.
    private static final Set<String> OF_A_CHANGE = Set.of(
            Reason.FEATURE_MISSING.code(),
            Reason.FEATURE_TYPE.code(),
            Reason.NOT_STORABLE.code(),
            Reason.TOO_LARGE.code());

    private record Target(String table, Key key) {}

    private final ChangeDecoder decoder;
    private final Predicate<Change> leavesATrace;
    private final Map<Target, Position> taken = new ConcurrentHashMap<>();

    /// @param decoder one like that of the function
    /// @param leavesATrace whether a change that is taken can be seen in the store afterwards
    public DecoderOracle(ChangeDecoder decoder, Predicate<Change> leavesATrace) {
        this.decoder = decoder;
        this.leavesATrace = leavesATrace;
    }

    /// What is wrong with an answer that stands in the table; nothing when it is as it should be, or when the headers
    /// have
    /// a say in it too.
    Optional<String> faultOf(Input input, RawResponse reply) {
        if (!input.plain() || reply.isLater()) {
            return Optional.empty();
        }
        return switch (decoder.decode(input.body())) {
            case Step.Next<Change>(Change change)
            when reply.status() == 204 -> {
                if (leavesATrace.test(change)) {
                    Target target = new Target(change.origin().qualifiedTable(), change.key());
                    taken.merge(target, change.position(), (one, other) -> one.compareTo(other) < 0 ? other : one);
                }
                yield Optional.empty();
            }
            case Step.Next<Change> _ ->
                reply.reason().filter(OF_A_CHANGE::contains).isPresent()
                        ? Optional.empty()
                        : Optional.of("it can be read, and is rejected as if not: " + reply);
            case Step.End<Change>(Skipped skipped) ->
                reply.status() == 204
                        ? Optional.empty()
                        : Optional.of("there is nothing to store (" + skipped.reason() + "), but: " + reply);
            case Step.End<Change>(Rejected rejected) ->
                reply.reason().filter(rejected.reason().code()::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of("it cannot be read (" + rejected + "), but: " + reply);
            case Step.End<Change>(Outcome other) -> throw new IllegalStateException("decoded to " + other);
        };
    }

    /// The highest position of each key of a table among all that the function said it has taken.
    ///
    /// @param table as `schema.table`
    /// @return by the key's id
    public Map<String, Position> taken(String table) {
        return taken.entrySet().stream()
                .filter(entry -> entry.getKey().table().equals(table))
                .collect(Collectors.toMap(entry -> entry.getKey().key().id(), Map.Entry::getValue));
    }
}
