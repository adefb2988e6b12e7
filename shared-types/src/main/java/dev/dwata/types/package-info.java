/// The vocabulary of dwata: ids, messages, events, errors and stored records. Data only; no behaviour beyond
/// checking and naming, and no dependency but JSON.
@NullMarked
package dev.dwata.types;

import org.jspecify.annotations.NullMarked;
