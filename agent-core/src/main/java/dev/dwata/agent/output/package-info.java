/// Answers of a given form: JSON that follows a schema, checked, and asked for again where it does not.
@NullMarked
package dev.dwata.agent.output;

import org.jspecify.annotations.NullMarked;
