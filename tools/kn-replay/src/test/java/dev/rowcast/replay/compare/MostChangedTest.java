package dev.rowcast.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.model.output.Predicted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MostChangedTest {

    @Test
    void keyIsListedOnceWithItsLargestDifference() {
        MostChanged most = new MostChanged(2);

        most.add(scored("a", 0.5, 0.6));
        most.add(scored("b", 0.5, 0.9));
        most.add(scored("a", 0.5, 0.1));
        most.add(scored("c", 0.5, 0.55));
        most.add(scored("a", 0.5, 0.5));

        assertThat(most.list()).containsExactly(scored("a", 0.5, 0.1), scored("b", 0.5, 0.9));
    }

    @Test
    void listEqualsSortingAllKeys() {
        Random random = new Random(20261125);
        MostChanged most = new MostChanged(7);
        Map<String, Double> furthest = new TreeMap<>();
        for (int change = 0; change < 2_000; change++) {
            ScorePair scored = scored("key-" + random.nextInt(100), random.nextDouble(), random.nextDouble());
            most.add(scored);
            furthest.merge(scored.key(), scored.distance(), Math::max);
        }
        List<Map.Entry<String, Double>> sorted = new ArrayList<>(furthest.entrySet());
        sorted.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()));

        assertThat(most.list())
                .extracting(ScorePair::key)
                .containsExactlyElementsOf(
                        sorted.stream().limit(7).map(Map.Entry::getKey).toList());
    }

    @Test
    void flipWithoutADistanceIsListedAnEqualPairIsNot() {
        MostChanged most = new MostChanged(5);

        most.add(pair("same", 0.5, 0.5, "No", "No"));
        most.add(pair("flip", 0.5, 0.5, "No", "Yes"));

        assertThat(most.list()).extracting(ScorePair::key).containsExactly("flip");
    }

    @Test
    void distanceOfSeveralProbabilitiesIsTheShareThatMoves() {
        ScorePair moved = new ScorePair(
                "k",
                "0/1",
                new Predicted.Multiclass(List.of(0.5f, 0.25f, 0.25f), 0, "a"),
                new Predicted.Multiclass(List.of(0.25f, 0.25f, 0.5f), 2, "c"));

        assertThat(moved.distance()).isEqualTo(0.25);
        assertThat(moved.isFlip()).isTrue();
    }

    @Test
    void numbersHaveADistanceAndNoLabel() {
        ScorePair moved = new ScorePair(
                "k",
                "0/1",
                new Predicted.Regression(120, Optional.empty()),
                new Predicted.Regression(100, Optional.empty()));

        assertThat(moved.distance()).isEqualTo(20);
        assertThat(moved.isFlip()).isFalse();
    }

    @Test
    void limitZeroKeepsNothing() {
        MostChanged most = new MostChanged(0);
        most.add(scored("a", 0, 1));

        assertThat(most.list()).isEmpty();
    }

    private static ScorePair scored(String key, double a, double b) {
        return pair(key, a, b, "No", "Yes");
    }

    private static ScorePair pair(String key, double a, double b, String labelA, String labelB) {
        return new ScorePair(
                key, "0/1", new Predicted.Binary((float) a, labelA), new Predicted.Binary((float) b, labelB));
    }
}
