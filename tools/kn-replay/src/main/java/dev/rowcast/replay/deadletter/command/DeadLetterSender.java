package dev.rowcast.replay.deadletter.command;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterEvent;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopics;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.SendOutcome;
import dev.rowcast.replay.send.RateLimiter;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.BoundedTasks;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/// Sends the chosen letters, and records each when its answer is there.
record DeadLetterSender(
        Consumer<byte[], byte[]> consumer,
        DeadLetterTopics topics,
        EventSender sender,
        Addressees addressees,
        Producer<byte[], byte[]> producer,
        DeadLetterSendResult result,
        ProgressDisplay progress) {

    void send(SelectedDeadLetters chosen, SendOptions options, Interruption interruption) throws InterruptedException {
        Set<DeadLetterId> ids = chosen.ids();
        TopicReader reader = new TopicReader(consumer, topics.letters(), spans(chosen));
        RateLimiter pace = options.pace();
        try (BoundedTasks underWay = new BoundedTasks(options.concurrency(), interruption)) {
            while (reader.hasMore() && !interruption.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    DeadLetter letter = DeadLetter.of(record);
                    if (ids.contains(letter.id()) && pace.await(interruption)) {
                        URI sink = addressees.of(letter.function());
                        underWay.begin(() -> send(letter, record, sink));
                    }
                }
            }
            underWay.awaitEnd();
        }
    }

    private void send(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, URI sink) throws InterruptedException {
        Optional<CloudEvent> event = DeadLetterEvent.of(record);
        SendOutcome end = event.isPresent()
                ? sender.send(event.get(), sink)
                : sender.unsendable("it is no CloudEvent: nothing says what it was");
        Optional<DeadLetterReplay> sent = DeadLetterReplay.of(letter, sink, end, Instant.now());
        if (sent.isPresent()) {
            topics.sentAgain().write(producer, letter.id(), sent.get());
            result.add(letter, sent.get());
            progress.step(1);
        }
    }

    /// From the first to the last letter of each partition.
    private static List<OffsetRange> spans(SelectedDeadLetters chosen) {
        Map<Integer, List<Long>> offsets = chosen.toSend().stream()
                .map(DeadLetter::id)
                .collect(Collectors.groupingBy(
                        DeadLetterId::partition, Collectors.mapping(DeadLetterId::offset, Collectors.toList())));
        return offsets.entrySet().stream()
                .map(entry -> new OffsetRange(
                        entry.getKey(),
                        entry.getValue().getFirst(),
                        entry.getValue().getLast() + 1))
                .toList();
    }
}
