/// Who is in a session: its agent, and what it does at the moment.
@NullMarked
package dev.dwata.agent.presence;

import org.jspecify.annotations.NullMarked;
