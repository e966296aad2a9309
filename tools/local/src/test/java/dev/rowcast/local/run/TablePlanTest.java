package dev.rowcast.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.IndexerTable;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The path of each table through the manifests of the checkout.
class TablePlanTest {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final List<String> ALSO = List.of("examples/loan");
    private static final Manifests MANIFESTS = Manifests.read(CHECKOUT.root(), ALSO);

    @Test
    void eachTableHasItsOwnTopicsSourcesAndIndices() {
        List<TablePlan> tables = new ModelFiles(CHECKOUT, ALSO).tables(MANIFESTS);

        assertThat(tables).hasSize(2);
        TablePlan churn = tables.getFirst();
        assertThat(churn.title()).isEqualTo("person_churn_history");
        assertThat(churn.sourceTopic()).isEqualTo("churn.public.person_churn_history");
        assertThat(churn.capturedTopic()).isEqualTo("churn.public.person_churn_history_captured");
        assertThat(churn.notifications()).contains("churn.notifications");
        assertThat(churn.indexer().name()).isEqualTo("indexer");
        assertThat(churn.sourceIndex()).isEqualTo("person_churn_history");
        assertThat(churn.capturedIndex()).isEqualTo("person_churn_history_captured");
        ActionPlan action = churn.action().orElseThrow();
        assertThat(action.source().name()).isEqualTo("retention");
        assertThat(action.table()).isEqualTo("retention_case");
        assertThat(action.eventTopic()).isEqualTo("churn.events.retention_case");
        assertThat(action.caseIndex()).isEqualTo("retention_case");
        TablePlan loan = tables.getLast();
        assertThat(loan.title()).isEqualTo("loan_application");
        assertThat(loan.predictor().service()).isEqualTo("predictor-loan");
        assertThat(loan.action()).isEmpty();
        assertThat(loan.capturedTopic()).isEqualTo("loan.public.loan_application_captured");
        assertThat(loan.notifications()).contains("loan.notifications");
        assertThat(loan.indexer().service()).as("one indexer for all tables").isEqualTo("indexer");
        assertThat(List.of(loan.sourceIndex(), loan.capturedIndex())).doesNotContain("person_churn_history");
    }

    @Test
    void tableWithoutAFileOfTheIndexerIsRefused() {
        assertThatThrownBy(() -> new ModelFiles(CHECKOUT, ALSO)
                        .tables(with(
                                MANIFESTS.sources(), MANIFESTS.indexerTables().subList(0, 1))))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("No file in a folder indexer-tables names table public.loan_application");
    }

    @Test
    void tableWithoutASourceForItsDocumentsIsRefused() {
        List<KafkaSourceManifest> sources = MANIFESTS.sources().stream()
                .filter(source -> !source.topics().contains("loan.public.loan_application_captured"))
                .toList();

        assertThatThrownBy(() -> new ModelFiles(CHECKOUT, ALSO).tables(with(sources, MANIFESTS.indexerTables())))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("topic loan.public.loan_application_captured");
    }

    private static Manifests with(List<KafkaSourceManifest> sources, List<IndexerTable> tables) {
        return new Manifests(
                MANIFESTS.kafkaConfig(),
                MANIFESTS.topics(),
                MANIFESTS.connect(),
                MANIFESTS.connectors(),
                MANIFESTS.services(),
                sources,
                MANIFESTS.sinks(),
                MANIFESTS.elasticsearchConfig(),
                MANIFESTS.indexTemplates(),
                tables);
    }
}
