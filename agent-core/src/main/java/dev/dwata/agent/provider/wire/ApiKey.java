package dev.dwata.agent.provider.wire;

/// A provider's secret. Its text is in no message, no log and no `toString`.
public record ApiKey(String value) {
    /// @throws IllegalArgumentException if no HTTP header could carry it; the message does not quote it
    public ApiKey {
        if (!value.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("a key is printable ASCII without spaces");
        }
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
