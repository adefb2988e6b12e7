package dev.dwata.agent.store;

/// A caller's name for one request, so that sending it twice does it once.
///
/// @param method        what was called; keys of different methods are different keys
/// @param key           1 to 128 characters of `A-Z a-z 0-9 . _ : -`
/// @param payloadDigest a digest of what was sent: the same key with another digest is a conflict
public record IdempotencyKey(String method, String key, String payloadDigest) {
    public IdempotencyKey {
        if (!key.matches("[A-Za-z0-9._:-]{1,128}")) {
            throw new IllegalArgumentException("idempotencyKey must be 1 to 128 characters of [A-Za-z0-9._:-]");
        }
    }
}
