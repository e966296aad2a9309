package dev.rowcast.replay.compare;

import dev.rowcast.replay.connection.ReplayCommand;
import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.output.OutputOption;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.TopicReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scores the changes of a topic with two models.
@Command(
        name = "compare",
        customSynopsis = "kn replay compare --model-a A.onnx --model-b B.onnx TOPIC [OPTIONS]",
        description = {
            "Scores the changes of a topic with two models, and reports the differences: how often the label changes, "
                    + "the distributions of the scores, their PSI, and the rows with the largest differences.",
            "It uses the decoder and the scorer of the predictor, and writes nothing."
        },
        footerHeading = "%nExamples, against a running `make run`, in the checkout; replace one of the models:%n",
        footer = {
            "  kn replay compare --model-a trainer-notebook/model/churn.onnx \\",
            "    --model-b trainer-notebook/model/churn.onnx churn.public.person_churn_history --local",
            "  kn replay compare --model-a trainer-notebook/model/churn.onnx \\",
            "    --model-b trainer-notebook/model/churn.onnx churn.public.person_churn_history --local -o html >"
                    + " compare.html"
        })
public final class CompareCommand extends ReplayCommand {

    @Parameters(paramLabel = "TOPIC", description = "A topic with changes of the table that both models score.")
    private String topic;

    @Option(names = "--model-a", paramLabel = "FILE", required = true, description = "The current model.")
    private Path modelA;

    @Option(names = "--model-b", paramLabel = "FILE", required = true, description = "The new model.")
    private Path modelB;

    @Mixin
    private Selection selection;

    @Option(names = "--most", paramLabel = "N", description = "Number of listed rows. Default: ${DEFAULT-VALUE}.")
    private int most = 20;

    @Option(
            names = {"-o", "--output"},
            order = 2,
            paramLabel = "FORMAT",
            description = OutputOption.FORMATS)
    private CompareFormat format = CompareFormat.TEXT;

    @Override
    public Integer call() {
        if (most < 0 || most > 10_000) {
            throw new UsageException("--most is 0 to 10000, not " + most);
        }
        try (ModelPair models = ModelPair.load(modelA, modelB);
                Consumer<byte[], byte[]> consumer = kafka().consumer();
                Interruption interruption = Interruption.watch()) {
            Comparison comparison = Comparison.of(models.contractA(), models.contractB(), topic, most);
            score(consumer, models, comparison, interruption);
            out().print(
                            switch (format) {
                                case TEXT -> TextReport.of(comparison);
                                case JSON -> JsonReport.of(comparison).toPrettyString() + "\n";
                                case HTML -> HtmlReport.of(comparison);
                            });
            out().flush();
            if (interruption.isRequested()) {
                err().println("Interrupted: this is the comparison so far.");
                return ExitCode.INTERRUPTED;
            }
            return ExitCode.DONE;
        }
    }

    private void score(
            Consumer<byte[], byte[]> consumer, ModelPair models, Comparison comparison, Interruption interruption) {
        List<OffsetRange> ranges = selection.ranges(consumer, topic);
        TopicReader reader = new TopicReader(consumer, topic, ranges);
        long total = ranges.stream().mapToLong(OffsetRange::size).sum();
        try (ProgressDisplay progress = new ProgressDisplay("records", total)) {
            while (reader.hasMore() && !interruption.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    if (selection.matches(record)) {
                        models.add(record, comparison);
                    }
                    progress.step(1);
                }
            }
            models.flush(comparison);
        }
    }
}
