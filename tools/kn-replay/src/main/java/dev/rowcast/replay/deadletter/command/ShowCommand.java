package dev.rowcast.replay.deadletter.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.deadletter.DeadLetter;
import dev.rowcast.replay.deadletter.DeadLetterId;
import dev.rowcast.replay.deadletter.DeadLetterTopic;
import dev.rowcast.replay.deadletter.DeadLetterReplay;
import dev.rowcast.replay.deadletter.DeadLetterTopics;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows one letter whole.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay dead-letters show PARTITION/OFFSET [OPTIONS]",
        description = "Everything that one dead letter holds: why it was refused, its attributes, its data.",
        footerHeading = "%nExample, against a running `make run`:%n",
        footer = "  kn replay dead-letters show 0/0 --local")
final class ShowCommand implements Callable<Integer> {

    private static final String ERROR_DATA = "ce_knativeerrordata";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PARTITION/OFFSET", description = "The letter, as the list names it.")
    private String id;

    @Mixin
    private DeadLetterTopics topics;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        DeadLetterId wanted = DeadLetterId.of(id);
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(1)) {
            ConsumerRecord<byte[], byte[]> record = new DeadLetterTopic(consumer, topics.letters()).letter(wanted);
            Optional<DeadLetterReplay> sent =
                    Optional.ofNullable(topics.sentAgain().read(consumer).get(wanted));
            ObjectNode document = document(record);
            sent.ifPresent(again -> document.set("sentAgain", again.document()));
            output.write(spec.commandLine().getOut(), document, () -> text(document));
        }
        return ExitCode.DONE;
    }

    private static ObjectNode document(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode document = DeadLetter.of(record).document();
        ObjectNode headers = document.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? null : text(header));
        }
        if (record.value() == null) {
            document.putNull("data");
        } else {
            try {
                document.set("data", new JsonMapper().readTree(record.value()));
            } catch (IOException noJson) {
                document.put("data", new String(record.value(), UTF_8));
            }
        }
        return document;
    }

    private static String text(Header header) {
        String text = new String(header.value(), UTF_8);
        if (!header.key().equals(ERROR_DATA)) {
            return text;
        }
        try {
            return new String(Base64.getDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }

    private static String text(ObjectNode document) {
        StringBuilder text = new StringBuilder();
        document.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getKey().equals("data")) {
                text.append("%-10s %s%n"
                        .formatted(
                                field.getKey(), Table.printable(field.getValue().asText())));
            }
        });
        if (document.path("sentAgain").isObject()) {
            text.append("sent again %s%n"
                    .formatted(DeadLetterReplay.of(document.path("sentAgain")).summary()));
        }
        text.append("\nheaders\n");
        document.path("headers")
                .properties()
                .forEach(header -> text.append("  %s: %s%n"
                        .formatted(
                                header.getKey(),
                                Table.printable(header.getValue().asText()))));
        return text.append("\ndata\n")
                .append(data(document.path("data")).replaceAll("[\\p{Cntrl}&&[^\n]]", "?"))
                .append('\n')
                .toString();
    }

    /// What is no JSON stands there as it came.
    private static String data(JsonNode data) {
        return data.isTextual() ? data.textValue() : data.toPrettyString();
    }
}
