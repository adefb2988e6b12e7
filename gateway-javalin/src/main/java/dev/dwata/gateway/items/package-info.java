/// Items over HTTP.
@NullMarked
package dev.dwata.gateway.items;

import org.jspecify.annotations.NullMarked;
