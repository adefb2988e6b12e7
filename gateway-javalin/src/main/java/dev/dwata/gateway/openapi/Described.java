package dev.dwata.gateway.openapi;

import org.jspecify.annotations.Nullable;

/// A route with what it is for.
///
/// @param method for example `GET`
/// @param path   with `{names}` of parameters, `<names>` of those that may hold slashes
/// @param scope  what callers need; absent: nothing, not even a token
public record Described(
        String method, String path, @Nullable String scope, Operation operation) {}
