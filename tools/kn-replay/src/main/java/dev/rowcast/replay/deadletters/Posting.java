package dev.rowcast.replay.deadletters;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.replay.Interruption;
import dev.rowcast.replay.letter.Letter;
import dev.rowcast.replay.letter.LetterEvent;
import dev.rowcast.replay.letter.LetterId;
import dev.rowcast.replay.letter.SentAgain;
import dev.rowcast.replay.letter.TopicNames;
import dev.rowcast.replay.output.Progress;
import dev.rowcast.replay.read.Span;
import dev.rowcast.replay.read.TopicReader;
import dev.rowcast.replay.send.Ended;
import dev.rowcast.replay.send.Pace;
import dev.rowcast.replay.send.SendOptions;
import dev.rowcast.replay.send.Sender;
import dev.rowcast.replay.send.UnderWay;
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
record Posting(
        Consumer<byte[], byte[]> consumer,
        TopicNames topics,
        Sender sender,
        Addressees addressees,
        Producer<byte[], byte[]> producer,
        SendResult result,
        Progress progress) {

    void send(Chosen chosen, SendOptions options, Interruption interruption) throws InterruptedException {
        Set<LetterId> ids = chosen.ids();
        TopicReader reader = new TopicReader(consumer, topics.letters(), spans(chosen));
        Pace pace = options.pace();
        try (UnderWay underWay = new UnderWay(options.concurrency(), interruption)) {
            while (reader.hasMore() && !interruption.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    Letter letter = Letter.of(record);
                    if (ids.contains(letter.id()) && pace.await(interruption)) {
                        URI sink = addressees.of(letter.function());
                        underWay.begin(() -> send(letter, record, sink));
                    }
                }
            }
            underWay.awaitEnd();
        }
    }

    private void send(Letter letter, ConsumerRecord<byte[], byte[]> record, URI sink) throws InterruptedException {
        Optional<CloudEvent> event = LetterEvent.of(record);
        Ended end = event.isPresent()
                ? sender.send(event.get(), sink)
                : sender.unsendable("it is no CloudEvent: nothing says what it was");
        Optional<SentAgain> sent = SentAgain.of(letter, sink, end, Instant.now());
        if (sent.isPresent()) {
            topics.sentAgain().write(producer, letter.id(), sent.get());
            result.add(letter, sent.get());
            progress.step(1);
        }
    }

    /// From the first to the last letter of each partition.
    private static List<Span> spans(Chosen chosen) {
        Map<Integer, List<Long>> offsets = chosen.toSend().stream()
                .map(Letter::id)
                .collect(Collectors.groupingBy(
                        LetterId::partition, Collectors.mapping(LetterId::offset, Collectors.toList())));
        return offsets.entrySet().stream()
                .map(entry -> new Span(
                        entry.getKey(),
                        entry.getValue().getFirst(),
                        entry.getValue().getLast() + 1))
                .toList();
    }
}
