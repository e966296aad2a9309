package dev.rowcast.retention.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.outcome.Reason;
import dev.rowcast.retention.policy.Cells.Fault;
import dev.rowcast.retention.policy.Rule.Side;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of rule says about a captured row.
class RuleTest {

    private static final String LABEL = "risk";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Rule HIGH = new Rule.OfClass(LABEL, "high", 0.6, 0.1);

    @ParameterizedTest
    @CsvSource({
        "high, 0.6,    Open",
        "high, 1,      Open",
        "high, 0.5999, Undecided",
        "high, 0.5,    Undecided",
        "high, 0.4999, Close",
        "low,  0.99,   Close",
        "High, 0.99,   Close"
    })
    void classOpensACaseWhenItsProbabilityIsHighEnough(String prediction, double probability, String verdict)
            throws Fault {
        assertThat(verdict(HIGH, ofClass(prediction, probability))).isEqualTo(verdict);
    }

    @Test
    void classWithoutAThresholdIsDecidedByThePredictionAlone() throws Fault {
        Rule rule = new Rule.OfClass(LABEL, "high", 0, 0.05);

        assertThat(verdict(rule, ofClass("high", 0.34))).isEqualTo("Open");
        assertThat(verdict(rule, ofClass("low", 0.34))).isEqualTo("Close");
    }

    @ParameterizedTest
    @CsvSource({
        "ABOVE, 100,  Open",
        "ABOVE, 1e9,  Open",
        "ABOVE, 99.9, Undecided",
        "ABOVE, 90,   Undecided",
        "ABOVE, 89.9, Close",
        "BELOW, 100,  Open",
        "BELOW, -1e9, Open",
        "BELOW, 100.1,Undecided",
        "BELOW, 110,  Undecided",
        "BELOW, 110.1,Close"
    })
    void boundOpensACaseOnItsSide(Side side, double value, String verdict) throws Fault {
        assertThat(verdict(new Rule.Bound(LABEL, side, 100, 10), ofValue(value)))
                .isEqualTo(verdict);
    }

    @Test
    void closingSaysWhy() throws Fault {
        assertThat(because(new Rule.Threshold(LABEL, OptionalDouble.of(0.5), 0), ofClass("x", 0.1)))
                .isEqualTo("below-threshold");
        assertThat(because(HIGH, ofClass("high", 0.1))).isEqualTo("below-threshold");
        assertThat(because(HIGH, ofClass("low", 0.9))).isEqualTo("another-class");
        assertThat(because(new Rule.Bound(LABEL, Side.ABOVE, 1, 0), ofValue(0))).isEqualTo("below-bound");
        assertThat(because(new Rule.Bound(LABEL, Side.BELOW, 1, 0), ofValue(2))).isEqualTo("above-bound");
    }

    @Test
    void scoreHasTheColumnsOfItsRule() throws Fault {
        assertThat(judge(HIGH, ofClass("high", 0.7)))
                .isEqualTo(new Verdict.Open(Score.ofClass("high", 0.7, 0.6, "risk-1")));
        assertThat(judge(new Rule.Bound(LABEL, Side.ABOVE, 1, 0), ofValue(2.5)))
                .isEqualTo(new Verdict.Open(Score.ofValue(2.5, 1, "risk-1")));
        for (Rule rule : List.of(
                HIGH, new Rule.Bound(LABEL, Side.BELOW, 9, 0), new Rule.Threshold(LABEL, OptionalDouble.of(0.1), 0))) {
            ObjectNode row = rule instanceof Rule.Bound ? ofValue(0.7) : ofClass("high", 0.7);
            assertThat(judge(rule, row))
                    .isInstanceOfSatisfying(
                            Verdict.Open.class,
                            open -> assertThat(open.score().columns()).containsOnlyKeys(rule.scoreColumns()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            high   | "risk_prediction": null     | FEATURE_MISSING | risk_prediction
            high   | "risk_prediction": 7        | FEATURE_TYPE    | risk_prediction: expected a text, found 7
            high   | "risk_probability": "0.7"   | FEATURE_TYPE    | risk_probability: expected a number 0 to 1
            high   | "model_version": null       | FEATURE_MISSING | model_version
            above  | "risk_prediction": "NaN"    | FEATURE_TYPE    | risk_prediction: expected a number, found "NaN"
            above  | "risk_prediction": 1e999    | FEATURE_TYPE    | risk_prediction: expected a number
            above  | "risk_prediction": null     | FEATURE_MISSING | risk_prediction
            """)
    void columnWithoutAValidValueIsNamed(String kind, String columns, Reason reason, String words) throws Exception {
        ObjectNode row = kind.equals("high") ? ofClass("high", 0.7) : ofValue(1);
        row.setAll((ObjectNode) JSON.readTree("{" + columns + "}"));
        Rule rule = kind.equals("high") ? HIGH : new Rule.Bound(LABEL, Side.ABOVE, 1, 0);

        try {
            judge(rule, row);
            throw new AssertionError("the row was judged");
        } catch (Fault fault) {
            assertThat(fault.rejected().reason()).isEqualTo(reason);
            assertThat(fault.rejected().message()).contains(words);
        }
    }

    @Provide
    Arbitrary<Rule> rules() {
        Arbitrary<Double> hystereses = Arbitraries.doubles().between(0, 0.4);
        Arbitrary<Double> thresholds = Arbitraries.doubles().between(0.5, 1);
        return Arbitraries.oneOf(
                Combinators.combine(thresholds, hystereses)
                        .as((threshold, hysteresis) ->
                                new Rule.Threshold(LABEL, OptionalDouble.of(threshold), hysteresis)),
                Combinators.combine(thresholds, hystereses)
                        .as((threshold, hysteresis) -> new Rule.OfClass(LABEL, "high", threshold, hysteresis)),
                Combinators.combine(Arbitraries.of(Side.class), thresholds, hystereses)
                        .as((side, bound, hysteresis) -> new Rule.Bound(LABEL, side, bound, hysteresis)));
    }

    /// A case that is open stays open, or closes, as the prediction moves away from its bound, and never
    /// opens again on the way.
    @Property
    void predictionThatMovesAwayOpensThenDecidesNothingThenCloses(
            @ForAll("rules") Rule rule,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other)
            throws Fault {
        boolean fallsAway = !(rule instanceof Rule.Bound bound) || bound.side() == Side.ABOVE;
        double nearer = fallsAway ? Math.max(one, other) : Math.min(one, other);
        double farther = fallsAway ? Math.min(one, other) : Math.max(one, other);

        assertThat(rank(rule, nearer)).isLessThanOrEqualTo(rank(rule, farther));
    }

    @Property
    void onlyTheHysteresisLeavesAPredictionUndecided(
            @ForAll("rules") Rule rule, @ForAll @DoubleRange(min = 0, max = 1) double value) throws Fault {
        Rule sharp = switch (rule) {
            case Rule.Threshold threshold -> new Rule.Threshold(LABEL, threshold.threshold(), 0);
            case Rule.OfClass ofClass -> new Rule.OfClass(LABEL, "high", ofClass.threshold(), 0);
            case Rule.Bound bound -> new Rule.Bound(LABEL, bound.side(), bound.bound(), 0);
        };

        String decided = verdict(sharp, row(rule, value));
        assertThat(decided).isNotEqualTo("Undecided");
        assertThat(verdict(rule, row(rule, value))).isIn(decided, decided.equals("Open") ? "Open" : "Undecided");
    }

    private static int rank(Rule rule, double value) throws Fault {
        return List.of("Open", "Undecided", "Close").indexOf(verdict(rule, row(rule, value)));
    }

    private static ObjectNode row(Rule rule, double value) {
        return rule instanceof Rule.Bound ? ofValue(value) : ofClass("high", value);
    }

    private static String verdict(Rule rule, ObjectNode row) throws Fault {
        return judge(rule, row).getClass().getSimpleName();
    }

    private static String because(Rule rule, ObjectNode row) throws Fault {
        return ((Verdict.Close) judge(rule, row)).because();
    }

    private static Verdict judge(Rule rule, ObjectNode row) throws Fault {
        return Judge.judge(rule, new Cells(new Row(row)));
    }

    private static ObjectNode ofClass(String prediction, double probability) {
        return row().put("risk_prediction", prediction).put("risk_probability", probability);
    }

    private static ObjectNode ofValue(double value) {
        return row().put("risk_prediction", value);
    }

    private static ObjectNode row() {
        return JsonNodeFactory.instance.objectNode().put("model_version", "risk-1");
    }
}
