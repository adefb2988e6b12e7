package dev.dwata.gateway.http;

/// Is told of each request that was answered, on the thread that answered it; does not block.
@FunctionalInterface
public interface RequestListener {
    void answered(Answered request);
}
