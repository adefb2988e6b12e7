/// The log of the process: what is said on stderr, as text or as lines of JSON.
@NullMarked
package dev.dwata.cli.log;

import org.jspecify.annotations.NullMarked;
