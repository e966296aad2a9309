package dev.rowcast.replay.deadletter.command;

import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The dead letters that the options select. Their data is not kept in memory: it is read again when
/// it is sent.
///
/// @param toSend in the order of the topic
/// @param accepted dead letters that are not sent, because they were accepted before
record SelectedDeadLetters(List<DeadLetter> toSend, List<DeadLetter> accepted) {

    /// Reads the topic once.
    ///
    /// @param replays results of earlier commands
    /// @param again whether to send accepted dead letters, too
    static SelectedDeadLetters of(
            DeadLetterTopic topic,
            Map<DeadLetterId, DeadLetterReplay> replays,
            Predicate<DeadLetter> isSelected,
            boolean again) {
        SelectedDeadLetters selected = new SelectedDeadLetters(new ArrayList<>(), new ArrayList<>());
        topic.forEach((letter, _) -> {
            if (isSelected.test(letter)) {
                boolean isAccepted = letter.replayIn(replays)
                        .filter(DeadLetterReplay::accepted)
                        .isPresent();
                (isAccepted && !again ? selected.accepted : selected.toSend).add(letter);
            }
        });
        return selected;
    }

    /// @throws UsageException if one of the ids does not exist
    void requireAll(Set<DeadLetterId> ids) {
        Set<DeadLetterId> missing = new TreeSet<>(ids);
        Stream.of(toSend, accepted).flatMap(List::stream).map(DeadLetter::id).forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new UsageException(
                    "there is no dead letter " + missing.iterator().next());
        }
    }

    /// {@return the ids of the dead letters to send}
    Set<DeadLetterId> ids() {
        return toSend.stream().map(DeadLetter::id).collect(Collectors.toSet());
    }

    /// {@return the offsets from the first to the last dead letter to send, of each partition}
    List<OffsetRange> ranges() {
        return toSend.stream()
                .map(DeadLetter::id)
                .collect(Collectors.groupingBy(
                        DeadLetterId::partition, Collectors.summarizingLong(DeadLetterId::offset)))
                .entrySet()
                .stream()
                .map(entry -> new OffsetRange(
                        entry.getKey(),
                        entry.getValue().getMin(),
                        entry.getValue().getMax() + 1))
                .toList();
    }
}
