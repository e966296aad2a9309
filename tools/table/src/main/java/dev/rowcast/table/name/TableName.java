package dev.rowcast.table.name;

import dev.rowcast.local.schema.SchemaSql;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The name of a table's resources: a label of DNS, such as `loan`. It is unique in a cluster, so two tables of the
/// same name in different schemas have different resources.
///
/// @param text the name
public record TableName(String text) {

    /// The longest name: Kubernetes allows 63 characters, and the names of some resources have 20 more.
    private static final int LONGEST = 40;

    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    /// Names of the shipped table and of its connectors, whose topics and users would be the same.
    private static final Set<String> TAKEN = Set.of("churn", "outbox", "rowcast");

    /// Words that YAML reads as a boolean or null.
    private static final Set<String> YAML = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    /// @throws IllegalArgumentException with one line when resources cannot have the name
    public TableName {
        require(
                LABEL.matcher(text).matches() && text.length() <= LONGEST,
                text,
                "must be lower-case letters, digits and hyphens, begin with a letter, end with a letter or digit, and"
                        + " have at most " + LONGEST + " characters");
        require(!TAKEN.contains(text), text, "is the name of a shipped connector; choose another one");
        require(!YAML.contains(text), text, "has another meaning in YAML; choose another one");
    }

    private static void require(boolean holds, String text, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("NAME is " + text + ", which " + rule);
        }
    }

    /// The name that follows from the name of a model, with a hyphen for characters that are not allowed.
    ///
    /// @throws IllegalArgumentException with one line when no name follows from it
    public static TableName ofModel(String model) {
        return new TableName(
                model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
    }

    /// The name of slot and publication, which may have no hyphen: different tables have different ones.
    public String slot() {
        return SchemaSql.slot(text);
    }
}
