package dev.rowcast.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.StoreAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final Path SETTINGS = Path.of("../../docs/rowcast.jfc");
    private static final Set<String> OURS = Stream.of(
                    BatchFormed.class, RowsScored.class, RowsStored.class, BulkIndexed.class, EventRefused.class)
            .map(Class::getSimpleName)
            .map("dev.rowcast."::concat)
            .collect(Collectors.toSet());

    @TempDir
    Path folder;

    @Test
    void settingsOfTheDocsEnableEveryEvent() throws Exception {
        Configuration settings = Configuration.create(SETTINGS);

        assertThat(settings.getSettings().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        OURS.stream().map(name -> name + "#enabled").toList());
        assertThat(settings.getSettings().values()).containsOnly("true");
    }

    @Test
    void eventsAreRecordedWithTheSettingsOfTheDocs() throws Exception {
        List<RecordedEvent> events;
        try (Recording recording = new Recording(Configuration.create(SETTINGS))) {
            events = eventsOf(recording);
        }

        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.rowcast.BatchFormed"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("batch")).isEqualTo("recorded");
                    assertThat(event.getInt("items")).isEqualTo(1);
                    assertThat(event.getInt("running")).isEqualTo(1);
                });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.rowcast.RowsStored"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("answer")).isEqualTo("Each"));
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.rowcast.EventRefused"))
                .singleElement()
                .satisfies(event -> assertThat(event.getInt("status")).isEqualTo(422));
    }

    @Test
    void nothingIsRecordedByDefault() throws IOException {
        try (Recording recording = new Recording()) {
            assertThat(eventsOf(recording))
                    .noneMatch(event -> OURS.contains(event.getEventType().getName()));
        }
        assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
                .filteredOn(type -> OURS.contains(type.getName()))
                .isNotEmpty()
                .noneMatch(type -> type.isEnabled());
    }

    private List<RecordedEvent> eventsOf(Recording recording) throws IOException {
        recording.start();
        try (NaturalBatch<String, String> batch = new NaturalBatch<>("recorded", 1, 1, 1, items -> items)) {
            batch.submit("item").join();
        }
        new RowsStored().ended(1, new StoreAnswer.Each(List.of()));
        EventRefused.record("partition:0/offset:7", 422, "column tenure: expected a number, found nothing");
        recording.stop();
        Path file = folder.resolve("rowcast.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }
}
