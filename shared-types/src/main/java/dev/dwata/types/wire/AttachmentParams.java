package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// What goes with a message: something that was stored before, or its bytes.
///
/// @param uri       `attachment:<sha256>`; absent where there are bytes
/// @param data      the bytes in base64, no more than a request may have; absent where there is a URI
/// @param mediaType with `data`: `image/png`, `image/jpeg`, `image/gif`, `image/webp`, `application/pdf` or
///                  `text/*`
/// @param name      with `data`: of the file
public record AttachmentParams(
        @Nullable String uri,
        @Nullable String data,
        @Nullable String mediaType,
        @Nullable String name) {}
