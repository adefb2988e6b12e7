/// The tool that asks people.
@NullMarked
package dev.dwata.agent.tool.ask;

import org.jspecify.annotations.NullMarked;
