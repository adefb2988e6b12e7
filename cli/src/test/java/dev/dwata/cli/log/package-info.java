@NullMarked
package dev.dwata.cli.log;

import org.jspecify.annotations.NullMarked;
