/// Cases of tool calls, and what the policy makes of them.
@NullMarked
package dev.dwata.cli.policy;

import org.jspecify.annotations.NullMarked;
