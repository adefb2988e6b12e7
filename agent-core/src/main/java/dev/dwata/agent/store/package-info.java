/// The ports to storage. Whoever implements them extends the contract suites of the test jar.
@NullMarked
package dev.dwata.agent.store;

import org.jspecify.annotations.NullMarked;
