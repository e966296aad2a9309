package dev.rowcast.replay.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;

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
        ScoreHistogram.Bins bins = comparison.bins();
        for (int bin = 0; bin < bins.size(); bin++) {
            ObjectNode counted = histogram.addObject();
            if (bins.edges().isEmpty()) {
                counted.put("label", bins.names().get(bin));
            } else {
                counted.put("from", bins.edges().get(bin))
                        .put("to", bins.edges().get(bin + 1));
            }
            counted.put("a", comparison.histogramA().count(bin))
                    .put("b", comparison.histogramB().count(bin));
        }
        ArrayNode most = document.putArray("mostChanged");
        comparison.mostChanged().list().forEach(scores -> pair(most.addObject(), scores));
        return document;
    }

    private static void pair(ObjectNode object, ScorePair scores) {
        object.put("key", scores.key())
                .put("record", scores.place())
                .put("a", scores.scoreA())
                .put("b", scores.scoreB());
        if (!scores.labelA().isEmpty()) {
            object.put("labelA", scores.labelA()).put("labelB", scores.labelB());
        }
    }

    private static ObjectNode model(ModelContract contract) {
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("name", contract.model().name())
                .put("version", contract.model().version())
                .put("kind", contract.output().kind());
        return contract.output() instanceof Output.Binary binary ? model.put("threshold", binary.threshold()) : model;
    }
}
