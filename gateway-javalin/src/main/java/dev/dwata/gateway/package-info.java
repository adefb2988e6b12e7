/// The gateway: one runtime, many clients. [dev.dwata.gateway.Gateway] is where to start.
@NullMarked
package dev.dwata.gateway;

import org.jspecify.annotations.NullMarked;
