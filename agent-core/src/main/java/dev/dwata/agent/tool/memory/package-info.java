/// Tools for facts that a model keeps for later: in every session of the same principal, or in this one.
@NullMarked
package dev.dwata.agent.tool.memory;

import org.jspecify.annotations.NullMarked;
