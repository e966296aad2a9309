package dev.rowcast.model.contract;

import dev.rowcast.model.sql.SqlType;
import dev.rowcast.model.sql.TimePart;
import java.util.List;

/// One input of the model, read from one column. A [Category] is a text for the graph, every other
/// feature a number.
public sealed interface Feature {

    /// The name of the graph's input.
    String name();

    /// The column of the source table; several features can have the same.
    String column();

    /// The rule for a column that is null or blank.
    Missing missing();

    /// The column's type in the source table.
    SqlType sql();

    /// Returns whether the graph's input is a text.
    default boolean isText() {
        return this instanceof Category;
    }

    /// The rule for a missing value.
    enum Missing {
        /// The graph imputes a value.
        IMPUTE,
        /// The change is rejected.
        REJECT
    }

    /// A text from a set; the graph handles all other texts as unknown.
    ///
    /// @param name the name of the graph's input
    /// @param column the column of the source table
    /// @param missing the rule for a column that is null or blank
    /// @param categories the texts in training
    /// @param histogram the count of each category in training, in the order of `categories`
    /// @param sql the column's type in the source table
    record Category(
            String name,
            String column,
            Missing missing,
            List<String> categories,
            CategoryHistogram histogram,
            SqlType sql)
            implements Feature {
        /// Copies the list.
        public Category {
            categories = List.copyOf(categories);
        }

        /// A category in a column of its own name.
        public Category(
                String name, Missing missing, List<String> categories, CategoryHistogram histogram, SqlType sql) {
            this(name, name, missing, categories, histogram, sql);
        }

        /// A category in a column of text, of its own name.
        public Category(String name, Missing missing, List<String> categories, CategoryHistogram histogram) {
            this(name, name, missing, categories, histogram, SqlType.TEXT);
        }
    }

    /// A finite number.
    ///
    /// @param name the name of the graph's input
    /// @param column the column of the source table
    /// @param missing the rule for a column that is null or blank
    /// @param histogram the distribution in training
    /// @param sql the column's type in the source table
    record Numeric(String name, String column, Missing missing, NumberHistogram histogram, SqlType sql)
            implements Feature {

        /// A number in a column of its own name.
        public Numeric(String name, Missing missing, NumberHistogram histogram, SqlType sql) {
            this(name, name, missing, histogram, sql);
        }

        /// A number in a column of double precision, of its own name.
        public Numeric(String name, Missing missing, NumberHistogram histogram) {
            this(name, name, missing, histogram, SqlType.DOUBLE);
        }
    }

    /// A number taken from a date or a time.
    ///
    /// @param name the name of the graph's input
    /// @param column the column of the source table
    /// @param missing the rule for a column that is null or blank
    /// @param histogram the distribution in training
    /// @param sql the column's type in the source table: date, timestamp or timestamptz
    /// @param part the number
    record Temporal(String name, String column, Missing missing, NumberHistogram histogram, SqlType sql, TimePart part)
            implements Feature {}

    /// The count of each category in training.
    ///
    /// @param counts rows for each category
    /// @param missing rows without a value
    record CategoryHistogram(List<Long> counts, long missing) {
        /// Copies the list.
        public CategoryHistogram {
            counts = List.copyOf(counts);
        }
    }

    /// The distribution of a number in training.
    ///
    /// @param edges the edges of the bins, ascending, one more than there are bins
    /// @param counts rows in each bin
    /// @param missing rows without a value
    record NumberHistogram(List<Double> edges, List<Long> counts, long missing) {
        /// Copies the lists.
        public NumberHistogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }
    }
}
