package dev.dwata.types.wire;

import java.util.List;

/// Where the schemas of what is sent can be read.
///
/// @param schemas paths, such as `/schemas/frame.json`
public record SchemasPayload(List<String> schemas) {}
