/// What is measured, each in a process of its own: a loop by hand, dwata, and LangChain4j. All do the same: ask
/// the model, call the tool that it asks for, ask again, and pass its text on as it comes.
@NullMarked
package dev.dwata.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
