package dev.rowcast.local.page.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.ApiRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {

    @TempDir
    private Path folder;

    @Test
    void commandGetsTheLetterTheTopicAndTheAddressesOfThisRun() throws Exception {
        DeadLetters letters = letters("echo \"{\\\"words\\\":\\\"$*\\\"}\"; exit 1");

        assertThat(letters.send(request("0/7")).path("words").asText())
                .isEqualTo("dead-letters send 0/7 --topic letters --addresses " + addresses() + " -o json");
    }

    @Test
    void commandThatFailsIsAFailureWithItsMessage() throws IOException {
        DeadLetters letters = letters("echo 'Rowcast is not up' >&2; exit 3");

        assertThatThrownBy(letters::list).isInstanceOf(IOException.class).hasMessage("Rowcast is not up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--all", "0/0 --all", "0/0\n", "0", "-1/0", "0/9999999999999999999"})
    void anythingElseThanAPlaceInTheTopicIsNoArgument(String id) throws IOException {
        DeadLetters letters = letters("touch " + folder.resolve("ran"));

        assertThatThrownBy(() -> letters.send(request(id))).isInstanceOf(ApiRefusal.class);
        assertThatThrownBy(() -> letters.show(request(id))).isInstanceOf(ApiRefusal.class);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    private DeadLetters letters(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("kn-replay"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new DeadLetters(new ReplayProgram(program, addresses()), "letters", new LetterBytes("127.0.0.1:1"));
    }

    private Path addresses() {
        return folder.resolve("addresses.json");
    }

    private static ApiRequest request(String id) {
        return new ApiRequest(JsonNodeFactory.instance.objectNode().put("letter", id));
    }
}
