package dev.rowcast.table.content;

import dev.rowcast.model.contract.CapturedTable;
import dev.rowcast.model.contract.CapturedTable.Column;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.kibana.Board;
import dev.rowcast.table.kibana.BoardGroup;
import dev.rowcast.table.kibana.BoardPanel;
import dev.rowcast.table.kibana.BoardPanel.Chart;
import dev.rowcast.table.kibana.BoardValue;
import dev.rowcast.table.kibana.BoardValue.Kind;
import dev.rowcast.table.kibana.Boards;
import dev.rowcast.table.kibana.DataView;
import dev.rowcast.table.name.IndexNames;
import dev.rowcast.table.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The board of a table: what its model predicts, for which rows, and how that changes. The kind of the output decides
/// which panels it has.
///
/// @param contract the contract
/// @param name the name of the table's resources
/// @param action its cases have a data view
record BoardOfTable(ModelContract contract, TableName name, Optional<Action> action) {

    private static final String TIME = "rowcast.timestamp";
    private static final String EXISTING = "deleted:false";
    /// Columns of the model that have a panel.
    private static final int FEATURES = 4;

    private static final int QUARTER = 12;
    private static final int HALF = 24;
    private static final int WHOLE = 48;
    private static final int LOW = 6;
    private static final int HIGH = 12;
    private static final int LISTED = 50;

    /// Data views of the indices, and the board; no board if the index cannot have a field for the prediction.
    Boards boards() {
        IndexNames indices = IndexNames.of(name, contract);
        boolean isSearchable = new IndexField(scoreField(), IndexField.DOUBLE).isMapped();
        List<DataView> views = new ArrayList<>(List.of(
                new DataView(indices.source(), indices.source(), name.text() + ": rows", TIME),
                new DataView(indices.captured(), indices.captured(), name.text() + ": predictions", TIME),
                new DataView(current(), indices.captured(), name.text() + ": predictions, any time", null)));
        action.map(Action::index)
                .ifPresent(cases -> views.add(new DataView(cases, cases, name.text() + ": cases", TIME)));
        return new Boards(views, isSearchable ? List.of(board()) : List.of());
    }

    private Board board() {
        return new Board(
                "rowcast-" + name.text(),
                "Rowcast: " + name.text(),
                "Predictions for table %s by its model. Each row counts once, with its newest prediction."
                        .formatted(contract.source().table()),
                "now-7d",
                panels());
    }

    private List<BoardPanel> panels() {
        List<BoardPanel> panels = new ArrayList<>();
        panels.add(panel(
                Chart.METRIC,
                "Rows",
                "Rows of the table that exist and have a prediction.",
                QUARTER,
                LOW,
                List.of(),
                List.of(BoardValue.count("Rows"))));
        panels.addAll(
                switch (contract.output()) {
                    case Output.Binary _ -> ofAProbability();
                    case Output.Multiclass _ -> ofSeveralLabels();
                    case Output.Regression _ -> ofANumber();
                });
        columns()
                .ofFeatures()
                .limit(FEATURES)
                .forEach(group -> panels.add(panel(
                        Chart.BAR,
                        "By " + group.label(),
                        "Mean %s of the rows, by column %s.".formatted(score().label(), group.label()),
                        HALF,
                        HIGH,
                        List.of(group),
                        List.of(score()))));
        keys().ifPresent(panels::add);
        return panels;
    }

    private List<BoardPanel> ofAProbability() {
        return List.of(
                mean("Mean probability", "Mean probability of the rows."),
                rowsByLabel(),
                distribution("probability"),
                overTime(List.of(score(), p95())));
    }

    private List<BoardPanel> ofSeveralLabels() {
        return List.of(
                mean("Mean probability", "Mean probability of the predicted label: how sure the model is."),
                rowsByLabel(),
                distribution("probability of the predicted label"),
                panel(
                        Chart.BAR,
                        "Labels over time",
                        "Rows by the time of their newest prediction, and by the predicted label.",
                        HALF,
                        HIGH,
                        List.of(time(), label()),
                        List.of(BoardValue.count("Rows"))));
    }

    private List<BoardPanel> ofANumber() {
        return List.of(
                mean("Mean prediction", "Mean predicted number of the rows."),
                panel(
                        Chart.METRIC,
                        "Largest prediction",
                        "Largest predicted number of a row.",
                        HALF,
                        LOW,
                        List.of(),
                        List.of(value(Kind.MAX, "largest "))),
                distribution("predicted number"),
                overTime(List.of(score(), p95())));
    }

    private BoardPanel mean(String title, String description) {
        return panel(Chart.METRIC, title, description, QUARTER, LOW, List.of(), List.of(score()));
    }

    private BoardPanel rowsByLabel() {
        return panel(
                Chart.BAR,
                "Rows by predicted label",
                "Number of rows for each label that the model predicts.",
                HALF,
                LOW,
                List.of(label()),
                List.of(BoardValue.count("Rows")));
    }

    private BoardPanel distribution(String what) {
        List<BoardGroup> groups = new ArrayList<>(List.of(BoardGroup.ranges(scoreField(), score().label())));
        if (!(contract.output() instanceof Output.Regression)) {
            groups.add(label());
        }
        return panel(
                Chart.BAR,
                "Distribution",
                "Number of rows by the %s.".formatted(what),
                HALF,
                HIGH,
                groups,
                List.of(BoardValue.count("Rows")));
    }

    private BoardPanel overTime(List<BoardValue> values) {
        return panel(
                Chart.LINE,
                "Predictions over time",
                "Mean and 95th percentile of the rows, by the time of their newest prediction.",
                HALF,
                HIGH,
                List.of(time()),
                values);
    }

    /// A list of the rows, if the index has all columns of their key.
    private Optional<BoardPanel> keys() {
        return columns()
                .key(LISTED)
                .map(groups -> panel(
                        Chart.TABLE,
                        "Rows with the highest " + score().label(),
                        "Keys of the %d rows whose %s is highest.".formatted(LISTED, score().label()),
                        WHOLE,
                        HIGH,
                        groups,
                        List.of(value(Kind.MAX, ""))));
    }

    private ColumnGroups columns() {
        return new ColumnGroups(SourceColumn.of(contract), contract);
    }

    private String current() {
        return IndexNames.of(name, contract).captured() + "-current";
    }

    private BoardGroup label() {
        return BoardGroup.values(
                field(Column.PREDICTION), "Predicted " + contract.label().name(), null, 0);
    }

    private BoardGroup time() {
        return BoardGroup.time(field(Column.PREDICTED_AT), "Time of the prediction", "1h");
    }

    private String scoreField() {
        return field(contract.output() instanceof Output.Regression ? Column.VALUE : Column.PROBABILITY);
    }

    private BoardValue score() {
        return value(Kind.AVERAGE, "");
    }

    private BoardValue p95() {
        return value(Kind.P95, "95th percentile of ");
    }

    private BoardValue value(Kind kind, String begin) {
        boolean isNumber = contract.output() instanceof Output.Regression;
        return BoardValue.of(
                kind, scoreField(), begin + (isNumber ? "prediction" : "probability"), isNumber ? "number" : "percent");
    }

    private String field(Column column) {
        return CapturedTable.of(contract).name(column);
    }

    private BoardPanel panel(
            Chart chart,
            String title,
            String description,
            int width,
            int height,
            List<BoardGroup> by,
            List<BoardValue> show) {
        return new BoardPanel(title, description, chart, current(), EXISTING, width, height, by, show);
    }
}
