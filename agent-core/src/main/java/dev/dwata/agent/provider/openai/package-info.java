/// Models over Chat Completions, as OpenAI serves it and many after its pattern.
@NullMarked
package dev.dwata.agent.provider.openai;

import org.jspecify.annotations.NullMarked;
