package dev.rowcast.model.contract;

import dev.rowcast.model.output.Output;
import dev.rowcast.model.sql.SqlType;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The contract of a model: one JSON document inside the model file, under the
/// metadata key [#METADATA_KEY].
///
/// @param version version of the contract's format, such as `1.0`
/// @param model name and version of the model
/// @param source the table whose changes are scored
/// @param captured the table that stores the predictions
/// @param features the inputs of the model, in the order of the graph
/// @param label the predicted column
/// @param output the graph's output and its meaning, with the values of the label
/// @param training the training data and metrics
/// @param parity the golden rows on which every scorer must agree
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

    /// The supported major version of the contract's format.
    public static final int MAJOR = 1;

    /// Copies the list.
    public ModelContract {
        features = List.copyOf(features);
    }

    /// Parses a contract.
    ///
    /// @param json the document
    /// @throws ContractException if it is not JSON, its major version is not [#MAJOR], or a field is
    ///     missing or wrong; the message names the field
    public static ModelContract parse(String json) {
        return ContractParser.parse(json).contract();
    }

    /// The name and version of the model.
    ///
    /// @param name such as `churn`
    /// @param version identifies the graph, such as `churn-0123456789ab`
    public record Model(String name, String version) {}

    /// The table whose changes are scored.
    ///
    /// @param schema schema of the source table
    /// @param table name of the source table
    /// @param key names of its key columns, in key order
    /// @param keyTypes their types
    public record Source(String schema, String table, List<String> key, List<SqlType> keyTypes) {
        /// Copies the lists.
        public Source {
            key = List.copyOf(key);
            keyTypes = List.copyOf(keyTypes);
        }

        /// A table whose key columns are text.
        public Source(String schema, String table, List<String> key) {
            this(schema, table, key, Collections.nCopies(key.size(), SqlType.TEXT));
        }
    }

    /// The table that stores the predictions.
    ///
    /// @param schema schema of the captured table
    /// @param table name of the captured table
    public record Captured(String schema, String table) {}

    /// The predicted column.
    ///
    /// @param name the column, such as `churn`
    public record Label(String name) {}

    /// The training data and metrics.
    ///
    /// @param data the data set
    /// @param licence its licence
    /// @param rows the number of rows
    /// @param digest digest of the data, such as `sha256:…`
    /// @param metrics the quality of the model, by name of the metric
    public record Training(String data, String licence, long rows, String digest, Map<String, Double> metrics) {
        /// Copies the map.
        public Training {
            metrics = Map.copyOf(metrics);
        }
    }

    /// The golden rows on which every scorer must agree.
    ///
    /// @param rows the number of golden rows
    /// @param digest digest of the file of golden rows, such as `sha256:…`
    /// @param tolerance the largest allowed difference of a score
    public record Parity(int rows, String digest, double tolerance) {}

    /// The output, for programs that know only models of two labels.
    ///
    /// @throws ContractException if this model has another kind of output
    public Output.Binary binary() {
        if (output instanceof Output.Binary binary) {
            return binary;
        }
        throw new ContractException(
                "contract: output.kind: expected binary, found " + output.kind() + " of model " + model.version());
    }
}
