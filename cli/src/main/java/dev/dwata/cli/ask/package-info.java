/// One message, from the command line to the exit code.
@NullMarked
package dev.dwata.cli.ask;

import org.jspecify.annotations.NullMarked;
