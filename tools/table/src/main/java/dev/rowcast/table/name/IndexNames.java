package dev.rowcast.table.name;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import java.util.Locale;

/// The indices of a table in Elasticsearch. All begin with [#PREFIX], for which the indexer has its rights
/// (`eck/roles.yml`).
///
/// ```
///   public.loan_application ─▶ rowcast-loan_application        sales.order ─▶ rowcast-sales.order
///   sales.Order, table shop ─▶ rowcast-sales.order-shop
/// ```
///
/// A name that Elasticsearch does not allow is changed, and gets the table's name as its end: only changed names have
/// a hyphen there, so no two tables have one index.
///
/// @param source index of the rows of the source table
/// @param captured index of the predictions
public record IndexNames(String source, String captured) {

    /// The begin of every index of a table that `make table` writes.
    public static final String PREFIX = "rowcast-";

    /// @throws ContractException with one line when both would have one name
    public IndexNames {
        if (source.equals(captured)) {
            throw new ContractException("contract: source and captured table would have one index, " + source
                    + ", because Elasticsearch allows only lower-case letters; rename one");
        }
    }

    /// The indices of the tables of a contract.
    ///
    /// @throws ContractException with one line when both would have one name
    public static IndexNames of(TableName name, ModelContract contract) {
        return new IndexNames(
                of(name, contract.source().schema(), contract.source().table()),
                of(name, contract.captured().schema(), contract.captured().table()));
    }

    /// The index of a table.
    ///
    /// @param name the name of the resources to which the table belongs
    public static String of(TableName name, String schema, String table) {
        String qualified = schema.equals("public") ? legal(table) : legal(schema) + "." + legal(table);
        boolean unchanged = legal(schema).equals(schema) && legal(table).equals(table);
        return PREFIX + qualified + (unchanged ? "" : "-" + name.text());
    }

    private static String legal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
