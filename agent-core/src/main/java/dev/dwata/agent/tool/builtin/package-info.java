/// All tools that come with dwata.
@NullMarked
package dev.dwata.agent.tool.builtin;

import org.jspecify.annotations.NullMarked;
