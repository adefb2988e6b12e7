/// Who calls, and what they may do: tokens, scopes, and what a gateway asks for.
@NullMarked
package dev.dwata.gateway.auth;

import org.jspecify.annotations.NullMarked;
