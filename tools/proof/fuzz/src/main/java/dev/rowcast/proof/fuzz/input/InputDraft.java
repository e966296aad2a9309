package dev.rowcast.proof.fuzz.input;

import java.util.ArrayList;
import java.util.List;

/// A request that mutations change before it is sent.
public final class InputDraft {

    private final List<Header> headers;
    private byte[] body;
    private boolean chunked;
    private boolean plain;

    /// @param headers as KafkaSource sends them
    /// @param body the record's value
    /// @param plain true if only the body determines the answer
    public InputDraft(List<Header> headers, byte[] body, boolean plain) {
        this.headers = new ArrayList<>(headers);
        this.body = body;
        this.plain = plain;
    }

    /// {@return the headers; a mutation that changes them calls [#headersMatter()] first}
    public List<Header> headers() {
        return headers;
    }

    /// {@return the body}
    public byte[] body() {
        return body;
    }

    /// Replaces the body.
    public void body(byte[] other) {
        body = other;
    }

    /// Sends the body in chunks.
    public void chunk() {
        chunked = true;
    }

    /// From now on the headers determine the answer too.
    public void headersMatter() {
        plain = false;
    }

    /// {@return the request with its current headers and body}
    public Input toInput(long seed, long number) {
        Framing framing = chunked ? Framing.CHUNKED : body.length == 0 ? Framing.NONE : Framing.LENGTH;
        return new Input(seed, number, headers, body, framing, plain);
    }
}
