package dev.rowcast.table.name;

import dev.rowcast.change.debezium.DebeziumNames;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The topics of a table's connector, as Debezium names them.
///
/// @param source changes of the source table
/// @param captured changes of the captured table
/// @param heartbeat heartbeats of the connector
/// @param signal rows of the signal table
/// @param notifications notifications about snapshots
public record Topics(String source, String captured, String heartbeat, String signal, String notifications) {

    /// @throws ContractException with one line when two of the topics would have one name
    public Topics {
        Map<String, String> names = new HashMap<>();
        for (String topic : List.of(source, captured, heartbeat, signal, notifications)) {
            // Kafka refuses two topics whose names differ only in these two characters.
            String another = names.put(topic.replace('.', '_'), topic);
            if (another != null) {
                throw new ContractException(
                        "contract: the topics " + another + " and " + topic
                                + " of its tables would collide in Kafka, which allows only a-z A-Z 0-9 . _ and -; rename a table");
            }
        }
    }

    /// The topics of the tables of a contract. The name is the prefix.
    ///
    /// @throws ContractException with one line when two of the topics would have one name
    public static Topics of(TableName name, ModelContract contract) {
        return new Topics(
                DebeziumNames.topic(
                        name.text(),
                        contract.source().schema(),
                        contract.source().table()),
                DebeziumNames.topic(
                        name.text(),
                        contract.captured().schema(),
                        contract.captured().table()),
                "__debezium-heartbeat." + name.text(),
                DebeziumNames.topic(name.text(), "public", "rowcast_signal"),
                name.text() + ".notifications");
    }
}
