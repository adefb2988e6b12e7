/// Tools that a person adds without Java: programs that read JSON and answer.
@NullMarked
package dev.dwata.agent.tool.command;

import org.jspecify.annotations.NullMarked;
