/// Tools for looking up earlier sessions of the same principal.
@NullMarked
package dev.dwata.agent.tool.sessions;

import org.jspecify.annotations.NullMarked;
