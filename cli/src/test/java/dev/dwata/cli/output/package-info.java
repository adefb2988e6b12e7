@NullMarked
package dev.dwata.cli.output;

import org.jspecify.annotations.NullMarked;
