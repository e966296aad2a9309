/// What every function shares: an event becomes a change, a change becomes a prediction, and a delivery has an outcome.
/// No framework comes in here.
@SuppressWarnings("requires-automatic")
module dev.rowcast.core {
    requires transitive com.fasterxml.jackson.databind;
    requires com.microsoft.onnxruntime;

    exports dev.rowcast.change;
    exports dev.rowcast.delivery;
    exports dev.rowcast.model;
}
