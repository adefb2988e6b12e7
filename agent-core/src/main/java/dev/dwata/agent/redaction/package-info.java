/// Keeps secrets out of what is stored, shown and logged.
@NullMarked
package dev.dwata.agent.redaction;

import org.jspecify.annotations.NullMarked;
