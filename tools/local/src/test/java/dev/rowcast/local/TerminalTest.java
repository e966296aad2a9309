package dev.rowcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void addressesAreInOneColumn() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("Kafka", "127.0.0.1:19092");
        addresses.put("a-function-with-a-long-name", "http://127.0.0.1:1");

        assertThat(Terminal.table(addresses).lines())
                .containsExactly(
                        "  Kafka                        127.0.0.1:19092",
                        "  a-function-with-a-long-name  http://127.0.0.1:1");
    }

    @Test
    void timeOfALineHasSeconds() {
        terminal.line("text");

        assertThat(text()).matches("\\d\\d:\\d\\d:\\d\\d  text\n");
    }

    @Test
    void failureAfterAStopIsNotPrinted() {
        terminal.failure("no Kafka");
        terminal.stopping("Stopping");
        terminal.failure("Kafka ended with 143");

        assertThat(text())
                .contains("Rowcast cannot start: no Kafka")
                .contains("Stopping")
                .doesNotContain("Kafka ended");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
