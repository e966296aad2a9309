package dev.rowcast.replay.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ModelContract;

/// A comparison for scripts.
final class JsonReport {

    private JsonReport() {}

    static ObjectNode of(Comparison comparison) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", comparison.topic());
        document.set("a", model(comparison.contractA()));
        document.set("b", model(comparison.contractB()));
        document.put("scored", comparison.scored());
        ObjectNode left = document.putObject("leftOut");
        comparison.leftOut().forEach(left::put);
        document.put("flipped", comparison.flipped());
        ObjectNode flips = document.putObject("flips");
        comparison.flips().forEach(flips::put);
        document.put("meanDistance", comparison.meanDistance())
                .put("largestDistance", comparison.largestDistance())
                .put("psi", comparison.psi());
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            document.withArray("histogram")
                    .addObject()
                    .put("from", (double) bin / ScoreHistogram.BINS)
                    .put("to", (bin + 1.0) / ScoreHistogram.BINS)
                    .put("a", comparison.histogramA().count(bin))
                    .put("b", comparison.histogramB().count(bin));
        }
        document.putArray("mostChanged");
        comparison
                .mostChanged()
                .list()
                .forEach(scored -> document.withArray("mostChanged")
                        .addObject()
                        .put("key", scored.key())
                        .put("record", scored.place())
                        .put("a", scored.a())
                        .put("b", scored.b())
                        .put("labelA", scored.labelA())
                        .put("labelB", scored.labelB()));
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
