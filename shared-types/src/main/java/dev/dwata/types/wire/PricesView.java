package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// US dollars for a million tokens.
///
/// @param input      of the request, as far as the provider's cache has no part in it
/// @param cacheRead  of the request, read from the cache
/// @param cacheWrite of the request, written to the cache
/// @param above      a request with more input tokens than this costs the two below; absent where length
///                   makes no difference
/// @param longInput  `input` of such a request
/// @param longOutput `output` of such a request
public record PricesView(
        double input,
        double output,
        double cacheRead,
        double cacheWrite,
        @Nullable Long above,
        @Nullable Double longInput,
        @Nullable Double longOutput) {}
