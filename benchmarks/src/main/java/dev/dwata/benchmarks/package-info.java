/// Benchmarks: each measures dwata and the limits of what it stands on in turn, and compares the medians.
@NullMarked
package dev.dwata.benchmarks;

import org.jspecify.annotations.NullMarked;
