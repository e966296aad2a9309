package dev.rowcast.local.run;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The models of a run. An image has all models in its folder `model`; a checkout has the shipped model in
/// the folder of the trainer, and every other model in the folder of its table.
///
/// @param folders folders of the other tables, relative to the checkout
public record ModelFiles(Checkout checkout, List<String> folders) {

    private static final String FOLDER = "model/";
    private static final String VARIABLE = "ROWCAST_MODEL_FILE";

    /// Replaces the path of a model in the image by its path in the checkout; returns any
    /// other value unchanged.
    String resolve(String value) {
        return folders.stream()
                .filter(_ -> value.startsWith(FOLDER))
                .map(folder -> checkout.resolve(folder).resolve(value.substring(FOLDER.length())))
                .filter(Files::isReadable)
                .findFirst()
                .map(Path::toString)
                .orElse(value);
    }

    /// The path of each function's table, in the order of the functions.
    ///
    /// @throws dev.rowcast.model.contract.ContractException when a contract cannot be read
    /// @throws dev.rowcast.testkit.process.StationFailure when the manifests lack a part of a path
    List<TablePlan> tables(Manifests manifests) {
        List<TablePlan> tables = new ArrayList<>();
        for (KnativeServiceManifest function : manifests.services()) {
            function.environment().stream()
                    .filter(EnvironmentVariable.Literal.class::isInstance)
                    .map(EnvironmentVariable.Literal.class::cast)
                    .filter(variable -> variable.name().equals(VARIABLE))
                    .map(variable -> checkout.resolve("trainer-notebook").resolve(resolve(variable.value())))
                    .map(file -> TablePlan.of(manifests, function.name(), file, contract(file)))
                    .forEach(tables::add);
        }
        return List.copyOf(tables);
    }

    private static ModelContract contract(Path file) {
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }
}
