package dev.rowcast.replay.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ModelContract;

/// Writes a comparison for scripts.
final class JsonReport {

    private JsonReport() {}

    static ObjectNode of(Comparison comparison) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", comparison.topic());
        document.set("a", model(comparison.contractA()));
        document.set("b", model(comparison.contractB()));
        document.put("scored", comparison.scored());
        ObjectNode omitted = document.putObject("leftOut");
        comparison.leftOut().forEach(omitted::put);
        document.put("flipped", comparison.flipped());
        ObjectNode flips = document.putObject("flips");
        comparison.flips().forEach(flips::put);
        document.put("meanDistance", comparison.distances().getAverage())
                .put("largestDistance", comparison.largestDistance())
                .put("psi", comparison.psi());
        ArrayNode histogram = document.putArray("histogram");
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            histogram
                    .addObject()
                    .put("from", (double) bin / ScoreHistogram.BINS)
                    .put("to", (bin + 1.0) / ScoreHistogram.BINS)
                    .put("a", comparison.histogramA().count(bin))
                    .put("b", comparison.histogramB().count(bin));
        }
        ArrayNode most = document.putArray("mostChanged");
        comparison
                .mostChanged()
                .list()
                .forEach(scores -> most.addObject()
                        .put("key", scores.key())
                        .put("record", scores.place())
                        .put("a", scores.a())
                        .put("b", scores.b())
                        .put("labelA", scores.labelA())
                        .put("labelB", scores.labelB()));
        return document;
    }

    private static ObjectNode model(ModelContract contract) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", contract.model().name())
                .put("version", contract.model().version())
                .put("threshold", contract.output().threshold());
    }
}
