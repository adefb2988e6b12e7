/// Chat completions as OpenAI's clients know them: an agent is a model.
@NullMarked
package dev.dwata.gateway.openai;

import org.jspecify.annotations.NullMarked;
