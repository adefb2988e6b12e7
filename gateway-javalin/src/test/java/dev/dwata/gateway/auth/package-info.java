@NullMarked
package dev.dwata.gateway.auth;

import org.jspecify.annotations.NullMarked;
