/// Commands: what a model can have the operating system do.
@NullMarked
package dev.dwata.agent.tool.shell;

import org.jspecify.annotations.NullMarked;
