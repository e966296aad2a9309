package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.ScriptFolder;
import dev.rowcast.testkit.folder.ScriptFolder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of the setup job, with a stand-in for curl that records each address and answers as Kibana does.
class SetupScriptTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "ELASTICSEARCH_URL", "https://elasticsearch",
            "KIBANA_URL", "https://kibana",
            "ELASTICSEARCH_USERNAME", "setup",
            "ELASTICSEARCH_PASSWORD", "secret");

    @TempDir
    Path root;

    private ScriptFolder folder;

    @BeforeEach
    void copyTheScript() throws IOException {
        folder = new ScriptFolder(root);
        folder.write("setup.sh", Files.readString(Checkout.find().resolve("eck/setup.sh")));
        folder.write("mounted/lifecycle/rowcast.json", "{}");
        folder.write("mounted/index-templates/customers.json", "{}");
        folder.write("mounted/boards/rowcast.ndjson", "{}");
    }

    @Test
    void boardsFollowLifecycleAndTemplates() throws Exception {
        answer("{\"successCount\":10,\"success\":true}");

        Ended ended = run();

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(addresses())
                .containsExactly(
                        "https://elasticsearch/_ilm/policy/rowcast",
                        "https://elasticsearch/_index_template/customers",
                        "https://kibana/api/saved_objects/_import?overwrite=true");
    }

    @Test
    void importThatKibanaDidInPartIsAFailureThatShowsItsAnswer() throws Exception {
        answer("{\"successCount\":9,\"success\":false,\"errors\":[\"missing_references\"]}");

        Ended ended = run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).contains("boards of rowcast.ndjson: ", "missing_references");
    }

    private void answer(String answer) throws IOException {
        folder.write("bin/curl", """
                #!/bin/sh
                for address; do :; done
                echo "$address" >> "%s"
                echo '%s'
                """.formatted(root.resolve("addresses"), answer));
    }

    private Ended run() throws Exception {
        return folder.run(ENVIRONMENT, "setup.sh", root.resolve("mounted").toString());
    }

    private List<String> addresses() throws IOException {
        return Files.readAllLines(root.resolve("addresses"));
    }
}
