/// What the person at the terminal, or the program behind the pipe, gets to see: the streams, how events look
/// as text and as JSON, and the exit codes.
@NullMarked
package dev.dwata.cli.output;

import org.jspecify.annotations.NullMarked;
