package dev.rowcast.replay.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// `-o`: writes a result as a table or as a document.
public final class OutputOption {

    /// Describes the formats of `-o`.
    public static final String FORMATS = "${COMPLETION-CANDIDATES}, in any case. Default: ${DEFAULT-VALUE}.";

    @Option(
            names = {"-o", "--output"},
            order = 2,
            paramLabel = "FORMAT",
            description = FORMATS)
    private OutputFormat format = OutputFormat.TABLE;

    /// Writes a result.
    ///
    /// @param document the result for scripts
    /// @param table the result for people, with its last line feed
    public void write(PrintWriter out, JsonNode document, Supplier<String> table) {
        switch (format) {
            case TABLE -> out.print(table.get());
            case JSON -> out.println(document.toPrettyString());
            case YAML -> out.print(yaml(document));
        }
        out.flush();
    }

    private static String yaml(JsonNode document) {
        try {
            return new YAMLMapper()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .writeValueAsString(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
