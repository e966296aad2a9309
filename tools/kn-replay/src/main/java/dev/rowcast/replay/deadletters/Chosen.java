package dev.rowcast.replay.deadletters;

import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.letter.Letter;
import dev.rowcast.replay.letter.LetterId;
import dev.rowcast.replay.letter.LetterTopic;
import dev.rowcast.replay.letter.SentAgain;
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
record Chosen(List<Letter> toSend, List<Letter> accepted) {

    /// Reads the topic once.
    ///
    /// @param sent what became of those that were sent before
    /// @param again whether accepted ones are to be sent, too
    static Chosen of(LetterTopic topic, Map<LetterId, SentAgain> sent, Predicate<Letter> isMeant, boolean again) {
        Chosen chosen = new Chosen(new ArrayList<>(), new ArrayList<>());
        topic.forEach((letter, _) -> {
            if (isMeant.test(letter)) {
                SentAgain before = sent.get(letter.id());
                boolean isAccepted = before != null
                        && before.accepted()
                        && before.refusedAt().equals(letter.refusedAt());
                (isAccepted && !again ? chosen.accepted : chosen.toSend).add(letter);
            }
        });
        return chosen;
    }

    /// @throws Misuse when one that was named is not there
    void requireAll(Set<LetterId> named) {
        Set<LetterId> missing = new TreeSet<>(named);
        toSend.forEach(letter -> missing.remove(letter.id()));
        accepted.forEach(letter -> missing.remove(letter.id()));
        if (!missing.isEmpty()) {
            throw new Misuse("there is no letter " + missing.iterator().next());
        }
    }

    /// The functions that refused those to send.
    SortedSet<String> functions() {
        SortedSet<String> functions = new TreeSet<>();
        toSend.forEach(letter -> functions.add(letter.function()));
        return functions;
    }

    /// Where those to send lie.
    Set<LetterId> ids() {
        Set<LetterId> ids = new HashSet<>();
        toSend.forEach(letter -> ids.add(letter.id()));
        return ids;
    }
}
