package dev.rowcast.table.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A panel as Kibana stores it: a visualization of Lens inside the board.
final class LensPanel {

    /// Each panel has one layer.
    private static final String LAYER = "layer";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final BoardPanel panel;

    private LensPanel(BoardPanel panel) {
        this.panel = panel;
    }

    /// The name of the reference to the data view, inside the panel.
    static String reference() {
        return "indexpattern-datasource-layer-" + LAYER;
    }

    /// The content of a panel.
    static ObjectNode of(BoardPanel panel) {
        return new LensPanel(panel).content();
    }

    private ObjectNode content() {
        ObjectNode content = JSON.objectNode();
        content.put("title", panel.title());
        content.put("description", panel.description());
        ObjectNode attributes = content.putObject("attributes");
        attributes.put("title", panel.title());
        attributes.put("description", panel.description());
        attributes.put("visualizationType", visualization());
        attributes.put("type", "lens");
        attributes
                .putArray("references")
                .addObject()
                .put("type", "index-pattern")
                .put("id", panel.view())
                .put("name", reference());
        ObjectNode state = attributes.putObject("state");
        state.set("visualization", drawing());
        state.putObject("query").put("query", panel.query()).put("language", "lucene");
        state.putArray("filters");
        ObjectNode layer = state.putObject("datasourceStates")
                .putObject("formBased")
                .putObject("layers")
                .putObject(LAYER);
        LensColumns.of(panel).writeTo(layer);
        layer.putObject("incompleteColumns");
        layer.put("sampling", 1);
        state.putArray("internalReferences");
        state.putObject("adHocDataViews");
        content.putObject("enhancements");
        return content;
    }

    private String visualization() {
        return switch (panel.chart()) {
            case METRIC -> "lnsMetric";
            case BAR, LINE -> "lnsXY";
            case TABLE -> "lnsDatatable";
        };
    }

    private ObjectNode drawing() {
        return switch (panel.chart()) {
            case METRIC -> layer().put("metricAccessor", LensColumns.value(0));
            case BAR -> axes("bar_stacked");
            case LINE -> axes("line");
            case TABLE -> table();
        };
    }

    private ObjectNode axes(String series) {
        ObjectNode drawing = JSON.objectNode();
        drawing.put("preferredSeriesType", series);
        drawing.put("valueLabels", "hide");
        drawing.putObject("legend").put("isVisible", true).put("position", "right");
        drawing.putObject("axisTitlesVisibilitySettings")
                .put("x", true)
                .put("yLeft", true)
                .put("yRight", true);
        ObjectNode layer = layer();
        layer.put("seriesType", series);
        layer.put("position", "top");
        layer.put("showGridlines", false);
        layer.put("xAccessor", LensColumns.group(0));
        if (panel.by().size() > 1) {
            layer.put("splitAccessor", LensColumns.group(1));
        }
        ArrayNode accessors = layer.putArray("accessors");
        for (int i = 0; i < panel.show().size(); i++) {
            accessors.add(LensColumns.value(i));
        }
        drawing.putArray("layers").add(layer);
        return drawing;
    }

    private ObjectNode table() {
        ObjectNode drawing = layer();
        ArrayNode columns = drawing.putArray("columns");
        for (int i = 0; i < panel.by().size(); i++) {
            columns.addObject().put("columnId", LensColumns.group(i)).put("isMetric", false);
        }
        for (int i = 0; i < panel.show().size(); i++) {
            columns.addObject().put("columnId", LensColumns.value(i)).put("isMetric", true);
        }
        return drawing;
    }

    private static ObjectNode layer() {
        return JSON.objectNode().put("layerId", LAYER).put("layerType", "data");
    }
}
