/// Tools: what a model can call.
@NullMarked
package dev.dwata.agent.tool;

import org.jspecify.annotations.NullMarked;
