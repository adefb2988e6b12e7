package dev.dwata.types.wire;

/// Something that messages may refer to.
///
/// @param uri       `attachment:<sha256>`, of its bytes
/// @param size      in bytes
/// @param mediaType without parameters
public record AttachmentPayload(String uri, long size, String mediaType, String name) {}
