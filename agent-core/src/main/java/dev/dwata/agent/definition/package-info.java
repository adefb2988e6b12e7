/// Agents: what each is told, which tools it has, who must agree to them, and what it may use up; and the
/// skills they read.
@NullMarked
package dev.dwata.agent.definition;

import org.jspecify.annotations.NullMarked;
