package dev.rowcast.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A table that a seed decides, trained by the trainer and written by `make table`, with the answers of Python for the
/// golden rows of its contract.
///
/// @param folder   the folder that `make table` wrote
/// @param model    the model
/// @param contract its contract
/// @param golden   the golden rows with their answers
record RandomTable(Path folder, Path model, ModelContract contract, List<JsonNode> golden) {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path TRAINER = CHECKOUT.resolve("trainer-notebook");
    private static final long PATIENCE_MINUTES = 10;
    private static final Map<String, String> TRAINING =
            Map.of("PYTHONPATH", TRAINER.toString(), "PYTHONHASHSEED", "0", "ORT_DISABLE_TELEMETRY", "1");
    private static final String BINARY = "binary";

    /// Two different kinds of outputs. Over the seeds, each of the three is drawn.
    static List<String> kinds(long seed) {
        List<String> kinds = new ArrayList<>(List.of(BINARY, "multiclass", "regression"));
        Collections.shuffle(kinds, new Random(seed));
        return List.copyOf(kinds.subList(0, 2));
    }

    /// Trains the model and writes the folder. The trainer's report of two classes takes a minute: a
    /// model of two classes is trained as another tool would, and wrapped.
    ///
    /// @param kind one of [#kinds]
    static RandomTable make(Path work, String kind, long seed) throws Exception {
        Path rows = Files.createDirectories(work.resolve("rows-" + kind));
        Path out = work.resolve("random-" + kind);
        run(Map.of(), "make", "-s", "-C", CHECKOUT.root().toString(), "trainer-notebook/.venv/complete");
        String python = TRAINER.resolve(".venv/bin/python").toString();
        String script = TRAINER.resolve("tests/random_table.py").toString();
        run(Map.of(), python, script, "--seed", Long.toString(seed), "--kind", kind, "--out", rows.toString());
        List<String> train = List.of("train", "--quick");
        if (kind.equals(BINARY)) {
            run(TRAINING, python, TRAINER.resolve("tests/random_model.py").toString(), "--folder", rows.toString());
            train = List.of("wrap", rows + "/random.onnx", "--check-with", rows + "/scores.csv");
        }
        List<String> command = new ArrayList<>(List.of(python, "-m", "rowcast_trainer"));
        command.addAll(train);
        command.addAll(
                List.of("--table", rows + "/random.toml", "--data", rows + "/random.csv", "--build", rows.toString()));
        run(TRAINING, command.toArray(String[]::new));
        Path model = rows.resolve("random_" + seed + ".onnx");
        Path tool = CHECKOUT.resolve("tools/table/target");
        run(
                Map.of("MODEL", model.toString(), "NAME", "random-" + kind, "OUT", out.toString()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                tool.resolve("classes") + ":"
                        + Files.readString(tool.resolve("classpath")).strip(),
                "dev.rowcast.table.MakeTable");
        String json = ModelFile.read(model).contract();
        List<JsonNode> golden = new ArrayList<>();
        new JsonMapper().readTree(json).path("golden").forEach(golden::add);
        return new RandomTable(out, model, ModelContract.parse(json), golden);
    }

    private static void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("random-table", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(CHECKOUT.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + "\n" + Files.readString(log));
        }
        Files.delete(log);
    }

    /// The columns of the source table that the model reads, each once.
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        contract.features().forEach(feature -> columns.add(feature.column()));
        return columns;
    }

    /// The cells of the key of a row, as text.
    List<String> key(int row) {
        return contract.source().keyTypes().stream()
                .map(type -> switch (type.name()) {
                    case "uuid" -> new UUID(0, row).toString();
                    case "bigint" -> Integer.toString(row);
                    default -> "k ü" + row;
                })
                .toList();
    }

    /// The cells of a golden row by column, as text; a missing cell is absent.
    Map<String, String> cells(int row) {
        Map<String, String> cells = new HashMap<>();
        golden.get(row).path("row").properties().stream()
                .filter(cell -> !cell.getValue().isNull())
                .forEach(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
        return cells;
    }

    String source() {
        return quoted(contract.source().schema()) + "."
                + quoted(contract.source().table());
    }

    String captured() {
        return quoted(contract.captured().schema()) + "."
                + quoted(contract.captured().table());
    }

    /// The name of a column that the captured table adds.
    String own(String suffix) {
        return contract.label().name() + "_" + suffix;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
