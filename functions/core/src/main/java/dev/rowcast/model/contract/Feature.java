package dev.rowcast.model.contract;

import java.util.List;

/// One input of the model: the name of a column and what the model takes from it.
public sealed interface Feature {

    /// The column, and the input of the graph.
    String name();

    /// What to do when the column is null or blank.
    Missing missing();

    /// The column's type in the source table.
    SqlType sql();

    /// What is done with a missing value.
    enum Missing {
        /// The graph puts a value in its place.
        IMPUTE,
        /// The change is rejected.
        REJECT
    }

    /// A text out of a set; a text that is not in the set is known to the graph as unknown.
    ///
    /// @param name the column, and the input of the graph
    /// @param missing what to do when the column is null or blank
    /// @param categories the texts the model was trained with
    /// @param histogram how often each category was there in training, in the order of `categories`
    /// @param sql the column's type in the source table
    record Category(String name, Missing missing, List<String> categories, CategoryHistogram histogram, SqlType sql)
            implements Feature {
        /// Keeps its own copy of the list.
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
    /// @param name the column, and the input of the graph
    /// @param missing what to do when the column is null or blank
    /// @param histogram the distribution in training
    /// @param sql the column's type in the source table
    record Numeric(String name, Missing missing, NumberHistogram histogram, SqlType sql) implements Feature {

        /// A number in a column of double precision.
        public Numeric(String name, Missing missing, NumberHistogram histogram) {
            this(name, missing, histogram, SqlType.DOUBLE);
        }
    }

    /// How often each category was there in training.
    ///
    /// @param counts rows for each category
    /// @param missing rows without a value
    record CategoryHistogram(List<Long> counts, long missing) {
        /// Keeps its own copy of the list.
        public CategoryHistogram {
            counts = List.copyOf(counts);
        }
    }

    /// The distribution of a number in training.
    ///
    /// @param edges the edges of the bins, rising, one more than there are bins
    /// @param counts rows in each bin
    /// @param missing rows without a value
    record NumberHistogram(List<Double> edges, List<Long> counts, long missing) {
        /// Keeps its own copies of the lists.
        public NumberHistogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }
    }
}
