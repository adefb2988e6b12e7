/// What a model can see and stop of the tool calls that are under way.
@NullMarked
package dev.dwata.agent.tool.process;

import org.jspecify.annotations.NullMarked;
