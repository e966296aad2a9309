package dev.rowcast.local.run;

import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The models of a run. An image has all of them in its folder `model`; a checkout has the shipped one where the
/// trainer
/// puts it, and each other one in the folder of its table.
///
/// @param checkout holds them
/// @param folders of the other tables, relative to the checkout
record ModelFiles(Checkout checkout, List<String> folders) {

    private static final String FOLDER = "model/";
    private static final String VARIABLE = "ROWCAST_MODEL_FILE";

    /// What stands for a value of a variable here: the path of the model that it names, when the model is not where an
    /// image has it; otherwise the value as it is.
    String inTheImage(String value) {
        return folders.stream()
                .filter(_ -> value.startsWith(FOLDER))
                .map(folder -> checkout.resolve(folder).resolve(value.substring(FOLDER.length())))
                .filter(Files::isReadable)
                .findFirst()
                .map(Path::toString)
                .orElse(value);
    }

    /// The contract of each function's model, in the functions' order.
    ///
    /// @throws dev.rowcast.model.contract.ContractException when one cannot be read
    List<ModelContract> contracts(List<KnativeServiceManifest> functions) {
        return functions.stream()
                .flatMap(function -> function.environment().stream())
                .filter(EnvironmentVariable.Literal.class::isInstance)
                .map(EnvironmentVariable.Literal.class::cast)
                .filter(variable -> variable.name().equals(VARIABLE))
                .map(variable -> contract(checkout.resolve("trainer-notebook").resolve(inTheImage(variable.value()))))
                .toList();
    }

    private static ModelContract contract(Path file) {
        try (OnnxScorer model = OnnxScorer.load(file)) {
            return model.contract();
        }
    }
}
