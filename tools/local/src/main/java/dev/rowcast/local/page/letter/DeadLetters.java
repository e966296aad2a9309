package dev.rowcast.local.page.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.ApiRequest;
import java.io.IOException;
import java.util.List;

/// The requests of the view of dead letters.
///
/// @param replay runs the commands
/// @param topic  topic of the dead letters
/// @param bytes  reads the record of a dead letter
public record DeadLetters(ReplayProgram replay, String topic, LetterBytes bytes) {

    private static final String COMMAND = "dead-letters";

    /// Every dead letter, and the result of each that was sent again.
    public JsonNode list() throws IOException, InterruptedException {
        return replay.run(List.of(COMMAND, "list", "--each", "--topic", topic));
    }

    /// One dead letter with its headers, data and bytes, and the command that sends it again.
    public JsonNode show(ApiRequest request) throws IOException, InterruptedException {
        String id = id(request);
        JsonNode letter = replay.run(List.of(COMMAND, "show", id, "--topic", topic));
        if (letter instanceof ObjectNode document) {
            document.set("bytes", bytes.read(topic, id));
            document.put("command", "tools/kn-replay/kn-replay dead-letters send " + id + " --local");
        }
        return letter;
    }

    /// Sends one dead letter again.
    public JsonNode send(ApiRequest request) throws IOException, InterruptedException {
        return replay.run(List.of(COMMAND, "send", id(request), "--topic", topic));
    }

    /// The id is an argument of a command, so it must have the form of one.
    private static String id(ApiRequest request) {
        String id = request.text("letter");
        if (!id.matches("\\d{1,9}/\\d{1,18}")) {
            throw ApiRefusal.wrong(id + " is no dead letter");
        }
        return id;
    }
}
