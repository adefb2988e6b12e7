/// How the routes of the API are described: OpenAPI 3.1, from the routes and the records themselves.
@NullMarked
package dev.dwata.gateway.openapi;

import org.jspecify.annotations.NullMarked;
