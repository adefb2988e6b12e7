/// What is done around the calls of every provider's models: asking again, asking another model, what it costs.
@NullMarked
package dev.dwata.agent.provider.resilience;

import org.jspecify.annotations.NullMarked;
