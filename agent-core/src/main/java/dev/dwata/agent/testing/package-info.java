/// Doubles for tests, of dwata and of those who embed it: a scripted model, a store in memory, and a simulation
/// of crashes.
@NullMarked
package dev.dwata.agent.testing;

import org.jspecify.annotations.NullMarked;
