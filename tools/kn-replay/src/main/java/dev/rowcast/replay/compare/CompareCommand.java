package dev.rowcast.replay.compare;

import dev.rowcast.replay.exit.ExitCode;
import dev.rowcast.replay.exit.Interruption;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.connection.KafkaOptions;
import dev.rowcast.replay.output.ProgressDisplay;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.TopicReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Scores a history with two models.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "kn replay compare --model-a A.onnx --model-b B.onnx TOPIC [OPTIONS]",
        description = {
            "Scores the changes of a topic with two models, and says how they differ: how often the label flips, how the "
                    + "scores are distributed, their PSI, the customers that change most.",
            "It goes through the decoder and the scorer of the predictor, and writes nothing anywhere."
        },
        footerHeading =
                "%nExamples, against a running `make run`, in the checkout; put another model beside the one that is there:%n",
        footer = {
            "  kn replay compare --model-a trainer-notebook/model/churn.onnx \\",
            "    --model-b trainer-notebook/model/churn.onnx churn.public.person_churn_history --local",
            "  kn replay compare --model-a trainer-notebook/model/churn.onnx \\",
            "    --model-b trainer-notebook/model/churn.onnx churn.public.person_churn_history --local -o html > compare.html"
        })
public final class CompareCommand implements Callable<Integer> {

    private static final int POLLED = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "A topic with changes of the table that both models score.")
    private String topic;

    @Option(names = "--model-a", paramLabel = "FILE", required = true, description = "The model that is there.")
    private Path modelA;

    @Option(names = "--model-b", paramLabel = "FILE", required = true, description = "The model that may come.")
    private Path modelB;

    @Mixin
    private Selection selection;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "How many customers are named. Default: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int most;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}, in any case. Default: ${DEFAULT-VALUE}.",
            defaultValue = "TEXT")
    private CompareFormat format;

    @Override
    public Integer call() {
        if (most < 0 || most > 10_000) {
            throw new UsageException("--most is 0 to 10000, not " + most);
        }
        try (ModelPair models = ModelPair.load(modelA, modelB);
                Consumer<byte[], byte[]> consumer = kafka.consumer(POLLED);
                Interruption interruption = Interruption.watch()) {
            Comparison comparison = new Comparison(models.contractA(), models.contractB(), topic, most);
            List<OffsetRange> spans = selection.spans(consumer, topic);
            score(new TopicReader(consumer, topic, spans), spans, models, comparison, interruption);
            write(spec.commandLine().getOut(), comparison);
            if (interruption.isRequested()) {
                spec.commandLine().getErr().println("Interrupted: this is what was compared so far.");
                return ExitCode.INTERRUPTED;
            }
            return ExitCode.DONE;
        }
    }

    private void score(
            TopicReader reader, List<OffsetRange> spans, ModelPair models, Comparison comparison, Interruption interruption) {
        long total = spans.stream().mapToLong(OffsetRange::size).sum();
        try (ProgressDisplay progress = ProgressDisplay.begin("records", total)) {
            while (reader.hasMore() && !interruption.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    if (selection.matches(record)) {
                        models.take(record, comparison);
                    }
                    progress.step(1);
                }
            }
            models.flush(comparison);
        }
    }

    private void write(PrintWriter out, Comparison comparison) {
        out.print(
                switch (format) {
                    case TEXT -> TextReport.of(comparison);
                    case JSON -> JsonReport.of(comparison).toPrettyString() + "\n";
                    case HTML -> HtmlReport.of(comparison);
                });
        out.flush();
    }
}
