/// Numbers for who looks after a gateway, in the text format of Prometheus.
@NullMarked
package dev.dwata.gateway.metrics;

import org.jspecify.annotations.NullMarked;
