package dev.rowcast.replay.deadletter.command;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterEvent;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterReplayTopic;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.BoundedTasks;
import dev.rowcast.replay.send.EventSender;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.SendOutcome;
import dev.rowcast.replay.send.SendRate;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/// Sends the selected dead letters, and records the result of each.
///
/// @param replays receives the result of each
/// @param sinks address for each function
record DeadLetterSender(
        DeadLetterReplayTopic replays,
        Producer<byte[], byte[]> producer,
        EventSender sender,
        Map<String, URI> sinks,
        DeadLetterSendResult result) {

    void send(TopicReader reader, SendOptions options, ProgressDisplay progress) throws InterruptedException {
        Set<DeadLetterId> ids = result.selected().ids();
        SendRate limiter = options.rateLimiter();
        try (BoundedTasks tasks = new BoundedTasks(options.concurrency(), sender.interruption())) {
            while (reader.hasMore() && !sender.interruption().isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    DeadLetter letter = DeadLetter.of(record);
                    if (ids.contains(letter.id()) && limiter.await(sender.interruption())) {
                        tasks.start(() -> send(letter, record, progress));
                    }
                }
            }
            tasks.awaitEnd();
        }
    }

    private void send(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, ProgressDisplay progress)
            throws InterruptedException {
        URI sink = sinks.get(letter.function());
        Optional<DeadLetterReplay> replay = DeadLetterReplay.of(letter, sink, send(record, sink), Instant.now());
        if (replay.isPresent()) {
            replays.write(producer, letter.id(), replay.get());
            result.add(letter, replay.get());
            progress.step(1);
        }
    }

    private SendOutcome send(ConsumerRecord<byte[], byte[]> record, URI sink) throws InterruptedException {
        Optional<CloudEvent> event = DeadLetterEvent.of(record);
        if (event.isPresent()) {
            return sender.send(event.get(), sink);
        }
        SendOutcome unsendable = new SendOutcome.Unsendable("it is no CloudEvent: the attributes are missing");
        sender.counts().add(unsendable);
        return unsendable;
    }
}
