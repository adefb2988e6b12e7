/// What a model is told: the conversation so far and the system prompt.
@NullMarked
package dev.dwata.agent.context;

import org.jspecify.annotations.NullMarked;
