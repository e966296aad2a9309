package dev.rowcast.proof.fuzz.input;

import java.util.ArrayList;
import java.util.List;

/// A request in the making, which damage is done to.
public final class InputDraft {

    private final List<Header> headers;
    private byte[] body;
    private boolean chunked;
    private boolean plain;

    /// @param headers as KafkaSource sends them
    /// @param body the record's value
    /// @param plain whether nothing but the body says what the event is
    public InputDraft(List<Header> headers, byte[] body, boolean plain) {
        this.headers = new ArrayList<>(headers);
        this.body = body;
        this.plain = plain;
    }

    /// The headers, to be changed by whoever says so with [#unsettle()].
    public List<Header> headers() {
        return headers;
    }

    /// The body.
    public byte[] body() {
        return body;
    }

    /// Puts another body in place of this.
    public void body(byte[] other) {
        body = other;
    }

    /// Sends the body in chunks.
    public void chunk() {
        chunked = true;
    }

    /// From here on the headers too have a say in what the event is.
    public void unsettle() {
        plain = false;
    }

    public Input toInput(long seed, long number) {
        Framing framing = chunked ? Framing.CHUNKED : body.length == 0 ? Framing.NONE : Framing.LENGTH;
        return new Input(seed, number, headers, body, framing, plain);
    }
}
