package dev.rowcast.peer.streams;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Collects the changes of a task; a punctuation stores them a few milliseconds later.
record ScoreProcessor(Supplier<PendingChanges> pending) implements Processor<byte[], byte[], Void, Void> {

    static final Duration INTERVAL = Duration.ofMillis(5);

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        context.schedule(
                INTERVAL, PunctuationType.WALL_CLOCK_TIME, _ -> pending.get().write());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        pending.get().add(record.value());
    }
}
