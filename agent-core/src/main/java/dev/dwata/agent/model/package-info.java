/// The port to language models: what is asked, what comes back, and who is asked.
@NullMarked
package dev.dwata.agent.model;

import org.jspecify.annotations.NullMarked;
