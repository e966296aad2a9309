package dev.rowcast.indexer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.bulk.StoredVersion;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.document.Target;
import dev.rowcast.indexer.guard.StoredDocuments.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Decisions after a version conflict, with given answers of Elasticsearch.
class ConditionalStoreTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final DocumentVerdict WRITTEN = new DocumentVerdict.Written(9);
    private static final DocumentVerdict STALE = new DocumentVerdict.Newer(4);
    private static final DocumentVerdict CONFLICT = new DocumentVerdict.Conflict("current version [9]");
    private static final Write.Unchanged UNCHANGED = new Write.Unchanged(4, 1);

    private final List<List<Write>> sent = new ArrayList<>();
    private final List<List<Target>> read = new ArrayList<>();
    private final Deque<BulkResult> answers = new ArrayDeque<>();
    private final Deque<Lookup> lookups = new ArrayDeque<>();
    private final SourceHistory history = new SourceHistory(InstantSource.fixed(NOON));
    private final ConditionalStore store = new ConditionalStore(this::send, this::read, Duration.ofMinutes(1), history);

    @Test
    void withoutAConflictNothingIsRead() {
        answers.add(each(WRITTEN, new DocumentVerdict.Unstorable("no number")));

        assertThat(store.store(List.of(document("a", 8, 16), document("b", 8, 16))))
                .isEqualTo(each(WRITTEN, new DocumentVerdict.Unstorable("no number")));
        assertThat(sent.getFirst()).extracting(Write::condition).containsOnly(new Write.HigherVersion());
        assertThat(read).isEmpty();
    }

    @Test
    void newerDocumentIsWrittenOverTheOneThatWasRead() {
        answers.add(each(WRITTEN, CONFLICT, CONFLICT));
        lookups.add(shows(8, 8, 8));
        lookups.add(shows(8, 8, 24));
        answers.add(each(WRITTEN));

        assertThat(store.store(List.of(document("a", 8, 16), document("b", 8, 16), document("c", 8, 16))))
                .isEqualTo(each(WRITTEN, WRITTEN, STALE));
        assertThat(read).containsExactly(List.of(new Target("index", "b"), new Target("index", "c")));
        assertThat(sent.get(1)).singleElement().satisfies(again -> {
            assertThat(again.document().target().id()).isEqualTo("b");
            assertThat(again.condition()).isEqualTo(UNCHANGED);
        });
    }

    @Test
    void documentThatIsWrittenMeanwhileIsReadAgain() {
        answers.add(each(CONFLICT));
        lookups.add(shows(8, 8, 8));
        answers.add(each(CONFLICT));
        lookups.add(shows(9, 8, 24));

        assertThat(store.store(List.of(document("a", 8, 16)))).isEqualTo(each(STALE));
    }

    @Test
    void documentThatIsGoneIsWrittenAsIfItHadNeverBeenThere() {
        answers.add(each(CONFLICT));
        lookups.add(new Lookup.Absent());
        answers.add(each(WRITTEN));

        assertThat(store.store(List.of(document("a", 8, 16)))).isEqualTo(each(WRITTEN));
        assertThat(sent.get(1)).extracting(Write::condition).containsExactly(new Write.HigherVersion());
    }

    /// Raised by one, its version would stay below that of the position, and a lower position could overwrite it.
    @Test
    void documentOfAnIndexThatWasMadeAnewIsWrittenUnderItsOwnVersion() {
        answers.add(each(CONFLICT));
        lookups.add(shows(3, 3, 3));
        answers.add(each(WRITTEN));

        store.store(List.of(document("a", 8, 16)));

        assertThat(sent.get(1)).extracting(Write::condition).containsExactly(new Write.HigherVersion());
    }

    @Test
    void documentThatNeverRestsIsToldToComeAgain() {
        answers.addAll(Collections.nCopies(20, each(CONFLICT)));
        lookups.addAll(Collections.nCopies(20, shows(8, 8, 8)));

        assertThat(store.store(List.of(document("a", 8, 16)))).isEqualTo(each(CONFLICT));
        assertThat(sent).hasSizeLessThan(15);
    }

    @Test
    void noRoundBeginsWhenTheTimeIsOver() {
        answers.add(each(CONFLICT));
        ConditionalStore hasty = new ConditionalStore(this::send, this::read, Duration.ZERO, history);

        assertThat(hasty.store(List.of(document("a", 8, 16)))).isEqualTo(each(CONFLICT));
    }

    @Test
    void documentThatCannotBeReadIsAnsweredByThat() {
        DocumentVerdict away = new DocumentVerdict.Temporary("away");
        answers.add(each(CONFLICT, WRITTEN));
        lookups.add(new Lookup.Failed(away));

        assertThat(store.store(List.of(document("a", 8, 16), document("b", 8, 16))))
                .isEqualTo(each(away, WRITTEN));
    }

    @Test
    void secondRequestThatFailsAsAWholeBlamesNoDocument() {
        answers.add(each(CONFLICT));
        lookups.add(shows(8, 8, 8));
        answers.add(new BulkResult.AsOne(new DocumentVerdict.TooLarge("a proxy says so")));

        assertThat(store.store(List.of(document("a", 8, 16))))
                .isEqualTo(each(new DocumentVerdict.Temporary("a proxy says so")));
    }

    @Test
    void changeOfAnotherHistoryNamesTheSettingAndIsRemembered() {
        answers.add(each(CONFLICT));
        lookups.add(new Lookup.Found(
                80,
                UNCHANGED,
                Optional.of(new StoredVersion(0, OptionalLong.of(80), 88, Optional.of(NOON.minusSeconds(3))))));

        assertThat(store.store(List.of(document("a", 8, 16))))
                .isInstanceOfSatisfying(
                        BulkResult.ByItem.class,
                        each -> assertThat(each.verdicts().getFirst())
                                .isInstanceOfSatisfying(
                                        DocumentVerdict.OtherHistory.class,
                                        other -> assertThat(other.reason())
                                                .contains("index index", "raise ROWCAST_SOURCE_EPOCH")));
        assertThat(history.problem()).isPresent();
        assertThat(sent).hasSize(1);
    }

    private BulkResult send(List<Write> writes) {
        sent.add(writes);
        return answers.remove();
    }

    private List<Lookup> read(List<Target> targets) {
        read.add(targets);
        return targets.stream().map(_ -> lookups.remove()).toList();
    }

    private static BulkResult each(DocumentVerdict... verdicts) {
        return new BulkResult.ByItem(List.of(verdicts));
    }

    private static Lookup shows(long version, long commit, long lsn) {
        return new Lookup.Found(
                version, UNCHANGED, Optional.of(new StoredVersion(0, OptionalLong.of(commit), lsn, Optional.of(NOON))));
    }

    private static Document document(String id, long commit, long lsn) {
        return Document.of(
                Drafts.row("index", id, new Position(0, commit, lsn), NOON, JsonNodeFactory.instance.objectNode()),
                new Layout(Set.of()));
    }
}
