/// JSON Schemas of records: for the tools a model is given, and for every frame of the protocol.
@NullMarked
package dev.dwata.types.schema;

import org.jspecify.annotations.NullMarked;
