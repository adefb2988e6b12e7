/// What runs do as OpenTelemetry spans and metrics.
@NullMarked
package dev.dwata.opentelemetry;

import org.jspecify.annotations.NullMarked;
