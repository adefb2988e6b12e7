@NullMarked
package dev.dwata.cli;

import org.jspecify.annotations.NullMarked;
