package dev.rowcast.proof.audit;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Scores rows of a table one at a time with ONNX Runtime. The scorer shares no decoder, feature
/// reader, batch or buffer with the functions; of the parts of a time there is one definition only,
/// that of the contract.
public final class IndependentScorer implements AutoCloseable {

    /// Postgres writes `2024-05-01 10:30:00.5`.
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);

    /// Postgres writes `2024-05-01 10:30:00.5+02`, and minutes where the offset has them.
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .append(TIME)
            .appendOffset("+HH:mm", "+00")
            .toFormatter(Locale.ROOT);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ModelContract contract;

    /// @param model the ONNX file
    /// @param contract names the inputs and the output
    /// @throws OrtException when the file contains no model
    public IndependentScorer(Path model, ModelContract contract) throws OrtException {
        this.session = environment.createSession(model.toString());
        this.contract = contract;
    }

    /// {@return the prediction for one row}
    ///
    /// @param row columns in the text format of Postgres; an absent column is null
    public Predicted score(Map<String, String> row) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Feature feature : contract.features()) {
                Optional<String> cell = Optional.ofNullable(row.get(feature.column()))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty());
                inputs.put(feature.name(), tensor(feature, cell));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return predicted(result);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private Predicted predicted(OrtSession.Result result) throws OrtException {
        float[] row = firstRow(result, contract.output().tensor());
        return switch (contract.output()) {
            case Output.Binary binary ->
                new Predicted.Binary(row[binary.column()], binary.labelOf(row[binary.column()]));
            case Output.Multiclass several -> {
                List<Float> probabilities = new ArrayList<>();
                for (float probability : row) {
                    probabilities.add(probability);
                }
                int place = probabilities.indexOf(Collections.max(probabilities));
                yield new Predicted.Multiclass(
                        probabilities, place, several.classes().get(place));
            }
            case Output.Regression regression -> {
                Optional<Predicted.Bounds> bounds = Optional.empty();
                if (regression.interval().isPresent()) {
                    float[] interval =
                            firstRow(result, regression.interval().get().tensor());
                    bounds = Optional.of(new Predicted.Bounds(interval[0], interval[1]));
                }
                yield new Predicted.Regression(row[0], bounds);
            }
        };
    }

    private static float[] firstRow(OrtSession.Result result, String tensor) throws OrtException {
        return ((float[][]) result.get(tensor).orElseThrow().getValue())[0];
    }

    private OnnxTensor tensor(Feature feature, Optional<String> cell) throws OrtException {
        return switch (feature) {
            case Feature.Category category ->
                OnnxTensor.createTensor(environment, new String[][] {
                    {
                        cell.map(text -> category.sql().isBoolean() ? longBoolean(text) : text)
                                .orElse("")
                    }
                });
            case Feature.Numeric _ -> number(cell.map(Double::parseDouble));
            case Feature.Temporal temporal -> number(cell.map(text -> (double) part(temporal, text)));
        };
    }

    private OnnxTensor number(Optional<Double> number) throws OrtException {
        return OnnxTensor.createTensor(environment, new float[][] {
            {number.map(Double::floatValue).orElse(Float.NaN)}
        });
    }

    private static String longBoolean(String text) {
        return text.equals("t") ? "true" : "false";
    }

    private static float part(Feature.Temporal feature, String text) {
        if (feature.sql().isDate()) {
            return feature.part().of(LocalDate.parse(text).atStartOfDay());
        }
        return feature.part()
                .of(
                        feature.sql().hasZone()
                                ? OffsetDateTime.parse(text, INSTANT)
                                        .atZoneSameInstant(feature.part().zone())
                                        .toLocalDateTime()
                                : LocalDateTime.parse(text, TIME));
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
