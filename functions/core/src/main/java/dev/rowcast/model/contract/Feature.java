package dev.rowcast.model.contract;

import java.util.List;

/// One input of the model, read from one column.
public sealed interface Feature {

    /// The name of the column and of the graph's input.
    String name();

    /// The rule for a column that is null or blank.
    Missing missing();

    /// The column's type in the source table.
    SqlType sql();

    /// The rule for a missing value.
    enum Missing {
        /// The graph imputes a value.
        IMPUTE,
        /// The change is rejected.
        REJECT
    }

    /// A text from a set; the graph handles all other texts as unknown.
    ///
    /// @param name the name of the column and of the graph's input
    /// @param missing the rule for a column that is null or blank
    /// @param categories the texts in training
    /// @param histogram the count of each category in training, in the order of `categories`
    /// @param sql the column's type in the source table
    record Category(String name, Missing missing, List<String> categories, CategoryHistogram histogram, SqlType sql)
            implements Feature {
        /// Copies the list.
        public Category {
            categories = List.copyOf(categories);
        }

        /// A category in a column of text.
        public Category(String name, Missing missing, List<String> categories, CategoryHistogram histogram) {
            this(name, missing, categories, histogram, SqlType.TEXT);
        }
    }

    /// A finite number.
    ///
    /// @param name the name of the column and of the graph's input
    /// @param missing the rule for a column that is null or blank
    /// @param histogram the distribution in training
    /// @param sql the column's type in the source table
    record Numeric(String name, Missing missing, NumberHistogram histogram, SqlType sql) implements Feature {

        /// A number in a column of double precision.
        public Numeric(String name, Missing missing, NumberHistogram histogram) {
            this(name, missing, histogram, SqlType.DOUBLE);
        }
    }

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
