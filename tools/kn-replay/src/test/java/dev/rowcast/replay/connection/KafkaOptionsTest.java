package dev.rowcast.replay.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaOptionsTest {

    @TempDir
    Path folder;

    @Test
    void propertyIsReadFromAMountedFile() throws IOException {
        Files.writeString(folder.resolve("servers"), "of-the-file");
        Path properties = Files.writeString(folder.resolve("client.properties"), """
                config.providers=directory
                config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
                config.providers.directory.param.allowed.paths=%1$s
                bootstrap.servers=${directory:%1$s:servers}
                """.formatted(folder));

        assertRefused(properties, "of-the-file");
    }

    @Test
    void missingFileOfPropertiesIsNamed() {
        assertRefused(folder.resolve("none"), "the client properties " + folder.resolve("none"));
    }

    private static void assertRefused(Path properties, String message) {
        KafkaOptions options = new KafkaOptions();
        CommandLine.populateCommand(options, "--client-properties", properties.toString());

        assertThatThrownBy(options::consumer).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }
}
