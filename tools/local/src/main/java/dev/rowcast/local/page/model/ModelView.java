package dev.rowcast.local.page.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/// The contract of a model, and its card.
///
/// @param contract of the model
/// @param model    the ONNX file; the card is beside it
public record ModelView(ModelContract contract, Path model) {

    private static final String CARD = "MODEL_CARD.md";

    /// Reads both. The card is null when the folder has none.
    public JsonNode read() throws IOException {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("name", contract.model().name())
                .put("version", contract.model().version())
                .put("contract", contract.version())
                .put("label", contract.label().name())
                .put("output", contract.output().kind())
                .put("meaning", contract.output().meaning())
                .put("file", model.getFileName().toString())
                .put("bytes", Files.size(model));
        if (contract.output() instanceof Output.Binary binary) {
            view.put("threshold", binary.threshold()).put("positive", binary.positive());
        }
        view.putObject("training")
                .put("data", contract.training().data())
                .put("licence", contract.training().licence())
                .put("rows", contract.training().rows())
                .put("digest", contract.training().digest());
        ObjectNode metrics = view.putObject("metrics");
        new TreeMap<>(contract.training().metrics()).forEach(metrics::put);
        view.putObject("parity")
                .put("rows", contract.parity().rows())
                .put("tolerance", contract.parity().tolerance());
        contract.features().forEach(feature -> view.withArray("features").add(feature(feature)));
        Path card = model.resolveSibling(CARD);
        view.put("card", Files.isReadable(card) ? Files.readString(card) : null);
        return view;
    }

    private static ObjectNode feature(Feature feature) {
        ObjectNode described = JsonNodeFactory.instance
                .objectNode()
                .put("column", feature.column())
                .put("missing", feature.missing() == Feature.Missing.REJECT ? "rejected" : "imputed");
        return switch (feature) {
            case Feature.Category category ->
                described.put("type", "text").put("values", String.join(", ", category.categories()));
            case Feature.Numeric number -> described.put("type", "number").put("values", range(number.histogram()));
            case Feature.Temporal time ->
                described
                        .put("type", time.part().unit().name().toLowerCase(Locale.ROOT) + " of a time")
                        .put("values", range(time.histogram()));
        };
    }

    private static String range(Feature.NumberHistogram histogram) {
        return "%s to %s"
                .formatted(
                        text(histogram.edges().getFirst()),
                        text(histogram.edges().getLast()));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
