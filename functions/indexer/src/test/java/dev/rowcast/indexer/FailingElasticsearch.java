package dev.rowcast.indexer;

import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Starts [ElasticsearchAnswers] for a function under test.
public final class FailingElasticsearch implements QuarkusTestResourceLifecycleManager {

    private ElasticsearchAnswers answers;

    @Override
    public Map<String, String> start() {
        answers = new ElasticsearchAnswers(asked -> new ElasticsearchAnswers.Answer(503, ""));
        return Map.of(
                "quarkus.elasticsearch.hosts",
                answers.address(),
                TableFiles.SETTING,
                TableFiles.shipped().toString(),
                "rowcast.indexer.request-timeout",
                "1s",
                "rowcast.indexer.readiness-interval",
                "100ms");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(answers, new TestInjector.MatchesType(ElasticsearchAnswers.class));
    }

    @Override
    public void stop() {
        answers.close();
    }
}
