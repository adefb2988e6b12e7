/// What the clients of all providers share: HTTP with server-sent events, the wording of errors, text hygiene.
@NullMarked
package dev.dwata.agent.provider.wire;

import org.jspecify.annotations.NullMarked;
