/// Doubles for tests, of dwata and of those who embed it: a scripted model and a store in memory.
@NullMarked
package dev.dwata.agent.testing;

import org.jspecify.annotations.NullMarked;
