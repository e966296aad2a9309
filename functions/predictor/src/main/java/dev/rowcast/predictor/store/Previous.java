package dev.rowcast.predictor.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.predictor.score.Scored;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// The row before a change, in the format of column `previous` of the captured table.
///
/// `rowcast_left_out` lists two kinds of columns: those whose old value could not be read, so it
/// is stored nowhere, and those of a deleted row whose value does not fit into the captured
/// table, so it is stored only here.
///
///     { "customerid": "2718-YSKCS", "totalcharges": "NaN", "rowcast_left_out": ["totalcharges"] }
final class Previous {

    private static final String LEFT_OUT = "rowcast_left_out";

    private Previous() {}

    /// The JSON of the row before; null if there was none.
    static String of(Scored scored) {
        return scored.change().before().map(row -> json(row, unfit(scored))).orElse(null);
    }

    private static Set<String> unfit(Scored scored) {
        return switch (scored) {
            case Scored.Upserted _ -> Set.of();
            case Scored.Deleted deleted -> deleted.unfit();
        };
    }

    private static String json(Row row, Collection<String> unfit) {
        if (row.leftOut().isEmpty() && unfit.isEmpty()) {
            return row.columns().toString();
        }
        Set<String> names = new TreeSet<>(row.leftOut().keySet());
        names.addAll(unfit);
        ObjectNode columns = row.columns().deepCopy();
        ArrayNode leftOut = columns.putArray(LEFT_OUT);
        names.forEach(leftOut::add);
        return columns.toString();
    }
}
