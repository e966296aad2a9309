package dev.rowcast.local.page.station;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.page.feed.Prediction.Interval;
import dev.rowcast.local.page.feed.Prediction.Score;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreColumnsTest {

    private static final ScoreColumns COLUMNS = new ScoreColumns("churn");

    @Test
    void twoLabelsHaveTheProbabilityOfThePositiveOne() throws Exception {
        assertThat(score("{'churn_prediction': 'No', 'churn_probability': 0.2, 'churn_threshold': 0.3}"))
                .contains(new Score.Label("No", 0.2));
    }

    @Test
    void severalLabelsHaveTheProbabilityOfThePredictedOne() throws Exception {
        assertThat(score("{'churn_prediction': 'soon', 'churn_probability': 0.7, 'churn_probabilities': '{}'}"))
                .contains(new Score.Label("soon", 0.7));
    }

    @Test
    void valueHasItsIntervalIfTheModelGivesOne() throws Exception {
        assertThat(score("{'churn_prediction': 12.5, 'churn_lower': 10, 'churn_upper': 20.5}"))
                .contains(new Score.Value(12.5, Optional.of(new Interval(10, 20.5))));
        assertThat(score("{'churn_prediction': 12}")).contains(new Score.Value(12, Optional.empty()));
    }

    @Test
    void deletedRowHasNoScore() throws Exception {
        assertThat(score("{'churn_prediction': null, 'churn_probability': null}"))
                .isEmpty();
        assertThat(score("{}")).isEmpty();
    }

    private static Optional<Score> score(String row) throws JsonProcessingException {
        return COLUMNS.score(new JsonMapper().readTree(row.replace('\'', '"')));
    }
}
