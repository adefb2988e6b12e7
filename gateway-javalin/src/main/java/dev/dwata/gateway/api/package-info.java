/// What clients may do, whatever they speak: params in, payloads out, errors as exceptions.
@NullMarked
package dev.dwata.gateway.api;

import org.jspecify.annotations.NullMarked;
