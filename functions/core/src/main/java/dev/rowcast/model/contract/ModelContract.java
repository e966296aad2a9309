package dev.rowcast.model.contract;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What a model promises and asks for: one JSON document inside the model file, under the metadata key
/// [#METADATA_KEY].
///
/// @param version version of the contract's own format, such as `1.0`
/// @param model name and version of the model
/// @param source the table whose changes are scored
/// @param captured the table that takes the predictions
/// @param features what the model takes from a row, in the order of the graph's inputs
/// @param label what is predicted
/// @param output where the graph puts the prediction, and what it means
/// @param training what the model was trained on
/// @param parity the golden rows that every scorer must agree on
public record ModelContract(
        String version,
        Model model,
        Source source,
        Captured captured,
        List<Feature> features,
        Label label,
        Output output,
        Training training,
        Parity parity) {

    /// The key of the contract in the model file's metadata.
    public static final String METADATA_KEY = "rowcast.contract";

    /// The major version of the contract's format that is understood.
    public static final int MAJOR = 1;

    /// Keeps its own copy of the list.
    public ModelContract {
        features = List.copyOf(features);
    }

    /// Reads a contract.
    ///
    /// @param json the document
    /// @throws ContractException when it is not JSON, its major version is not [#MAJOR], or a field is missing or
    ///     wrong; the message names the field
    public static ModelContract parse(String json) {
        return ContractParser.parse(json).contract();
    }

    /// Which model it is.
    ///
    /// @param name such as `churn`
    /// @param version identifies the graph, such as `churn-0123456789ab`
    public record Model(String name, String version) {}

    /// The table whose changes are scored.
    ///
    /// @param schema schema of the source table
    /// @param table name of the source table
    /// @param key names of its key columns, in key order
    /// @param keyTypes the type of each of them
    public record Source(String schema, String table, List<String> key, List<SqlType> keyTypes) {
        /// Keeps its own copies of the lists.
        public Source {
            key = List.copyOf(key);
            keyTypes = List.copyOf(keyTypes);
        }

        /// A table whose key is text.
        public Source(String schema, String table, List<String> key) {
            this(schema, table, key, Collections.nCopies(key.size(), SqlType.TEXT));
        }
    }

    /// The table that takes the predictions.
    ///
    /// @param schema schema of the captured table
    /// @param table name of the captured table
    public record Captured(String schema, String table) {}

    /// What is predicted.
    ///
    /// @param name the predicted column, such as `churn`
    /// @param positive its value at or above the threshold
    /// @param negative its value below the threshold
    public record Label(String name, String positive, String negative) {}

    /// Where the graph puts the prediction, and what it means.
    ///
    /// @param tensor the graph's output, a float tensor with a row for each row that is scored
    /// @param column the column of the tensor that holds the probability
    /// @param meaning the probability in words
    /// @param threshold the probability from which on the label is the positive one, 0 to 1
    /// @param histogram the distribution of the probability in training
    public record Output(String tensor, int column, String meaning, double threshold, Histogram histogram) {}

    /// A distribution.
    ///
    /// @param edges the edges of the bins, rising, one more than there are bins
    /// @param counts rows in each bin
    public record Histogram(List<Double> edges, List<Long> counts) {
        /// Keeps its own copies of the lists.
        public Histogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }
    }

    /// What the model was trained on.
    ///
    /// @param data the data set
    /// @param licence its licence
    /// @param rows rows in it
    /// @param digest digest of the data, such as `sha256:…`
    /// @param metrics how good the model is, by name of the measure
    public record Training(String data, String licence, long rows, String digest, Map<String, Double> metrics) {
        /// Keeps its own copy of the map.
        public Training {
            metrics = Map.copyOf(metrics);
        }
    }

    /// The golden rows that every scorer must agree on.
    ///
    /// @param rows golden rows
    /// @param digest digest of the file of golden rows, such as `sha256:…`
    /// @param tolerance the largest difference of a probability that is allowed
    public record Parity(int rows, String digest, double tolerance) {}

    /// The label that belongs to a probability.
    public String labelOf(float probability) {
        return probability >= output.threshold() ? label.positive() : label.negative();
    }
}
