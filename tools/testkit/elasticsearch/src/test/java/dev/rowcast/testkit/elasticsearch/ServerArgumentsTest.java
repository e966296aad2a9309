package dev.rowcast.testkit.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerArgumentsTest {

    @Test
    void folderBecomesAbsolute() {
        ServerArguments arguments = ServerArguments.of("data/../node", "9200", "9300");

        assertThat(arguments).isEqualTo(new ServerArguments(Path.of("node").toAbsolutePath(), 9200, 9300, Map.of()));
    }

    @Test
    void settingsOfTheNodeFollow() {
        assertThat(ServerArguments.of("node", "9200", "9300", "action.auto_create_index=.*,logs-*", "a.b=c=d")
                        .settings())
                .isEqualTo(Map.of("action.auto_create_index", ".*,logs-*", "a.b", "c=d"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerArguments.of("node", "9200", "9300", "nothing"))
                .withMessageContaining("a setting of nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "99999", "http", "", "9200 "})
    void portThatIsNoneIsRefusedWithTheUsage(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerArguments.of("node", port, "9300"))
                .withMessageContaining("a port of " + port)
                .withMessageContaining("usage: Server <data folder> <HTTP port> <transport port>");
    }

    @Test
    void wrongNumberOfArgumentsIsRefusedWithTheUsage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerArguments.of("node", "9200"))
                .withMessageContaining("2 arguments")
                .withMessageContaining("usage: ");
    }
}
