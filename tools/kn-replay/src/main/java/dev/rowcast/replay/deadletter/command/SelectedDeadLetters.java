package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The letters that are meant: those to send, and those that were accepted before. Their data is not held: it is read
/// again when it is sent.
///
/// @param toSend in the order of the topic
/// @param accepted letters that are left alone, because they were accepted
record SelectedDeadLetters(List<DeadLetter> toSend, List<DeadLetter> accepted) {

    /// Reads the topic once.
    ///
    /// @param sent what became of those that were sent before
    /// @param again whether accepted ones are to be sent, too
    static SelectedDeadLetters of(DeadLetterTopic topic, Map<DeadLetterId, DeadLetterReplay> sent, Predicate<DeadLetter> isMeant, boolean again) {
        SelectedDeadLetters chosen = new SelectedDeadLetters(new ArrayList<>(), new ArrayList<>());
        topic.forEach((letter, _) -> {
            if (isMeant.test(letter)) {
                DeadLetterReplay before = sent.get(letter.id());
                boolean isAccepted = before != null
                        && before.accepted()
                        && before.refusedAt().equals(letter.refusedAt());
                (isAccepted && !again ? chosen.accepted : chosen.toSend).add(letter);
            }
        });
        return chosen;
    }

    /// @throws UsageException when one that was named is not there
    void requireAll(Set<DeadLetterId> named) {
        Set<DeadLetterId> missing = new TreeSet<>(named);
        toSend.forEach(letter -> missing.remove(letter.id()));
        accepted.forEach(letter -> missing.remove(letter.id()));
        if (!missing.isEmpty()) {
            throw new UsageException("there is no letter " + missing.iterator().next());
        }
    }

    /// The functions that refused those to send.
    SortedSet<String> functions() {
        SortedSet<String> functions = new TreeSet<>();
        toSend.forEach(letter -> functions.add(letter.function()));
        return functions;
    }

    /// Where those to send lie.
    Set<DeadLetterId> ids() {
        Set<DeadLetterId> ids = new HashSet<>();
        toSend.forEach(letter -> ids.add(letter.id()));
        return ids;
    }
}
