package dev.rowcast.replay.deadletter.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterOptions;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.output.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows one dead letter in full.
@Command(
        name = "show",
        customSynopsis = "kn replay dead-letters show PARTITION/OFFSET [OPTIONS]",
        description = "Shows one dead letter in full: why it was refused, its attributes, its data.",
        footer = "  kn replay dead-letters show 0/0 --local")
final class ShowCommand extends ReplayCommand {

    private static final String ERROR_DATA = "ce_knativeerrordata";

    @Parameters(paramLabel = "PARTITION/OFFSET", description = "The dead letter, as the list names it.")
    private String id;

    @Mixin
    private DeadLetterOptions letters;

    @Override
    public Integer call() {
        DeadLetterId wanted = DeadLetterId.of(id);
        try (Consumer<byte[], byte[]> consumer = kafka().consumer(1)) {
            ObjectNode document = document(new DeadLetterTopic(consumer, letters.topic()).record(wanted));
            Optional.ofNullable(letters.replays().read(consumer).get(wanted))
                    .ifPresent(replay -> document.set("sentAgain", replay.document()));
            letters.write(out(), document, () -> text(document));
        }
        return ExitCode.DONE;
    }

    private static ObjectNode document(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode document = DeadLetter.of(record).document();
        ObjectNode headers = document.putObject("headers");
        record.headers().forEach(header -> headers.put(header.key(), header.value() == null ? null : text(header)));
        if (record.value() == null) {
            return document.putNull("data");
        }
        try {
            document.set("data", new JsonMapper().readTree(record.value()));
        } catch (IOException noJson) {
            document.put("data", new String(record.value(), UTF_8));
        }
        return document;
    }

    private static String text(Header header) {
        String text = new String(header.value(), UTF_8);
        try {
            return header.key().equals(ERROR_DATA)
                    ? new String(Base64.getDecoder().decode(text), UTF_8)
                    : text;
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }

    private static String text(ObjectNode document) {
        StringBuilder text = new StringBuilder();
        document.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getKey().equals("data")) {
                text.append(line("%-10s %s%n", field));
            }
        });
        if (document.path("sentAgain").isObject()) {
            DeadLetterReplay replay = DeadLetterReplay.of(document.path("sentAgain"));
            text.append("sent again ").append(replay.summary()).append('\n');
        }
        text.append("\nheaders\n");
        document.path("headers").properties().forEach(header -> text.append(line("  %s: %s%n", header)));
        JsonNode data = document.path("data");
        return text.append("\ndata\n")
                .append((data.isTextual() ? data.textValue() : data.toPrettyString())
                        .replaceAll("[\\p{Cntrl}&&[^\n]]", "?"))
                .append('\n')
                .toString();
    }

    private static String line(String format, Map.Entry<String, JsonNode> field) {
        return format.formatted(field.getKey(), Table.printable(field.getValue().asText()));
    }
}
