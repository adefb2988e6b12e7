/// A model server for benchmarks, in a process of its own: much faster than whoever asks it, so that what is
/// measured is the asking.
@NullMarked
package dev.dwata.benchmarks.model;

import org.jspecify.annotations.NullMarked;
