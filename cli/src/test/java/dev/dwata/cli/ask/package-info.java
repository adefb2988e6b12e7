@NullMarked
package dev.dwata.cli.ask;

import org.jspecify.annotations.NullMarked;
