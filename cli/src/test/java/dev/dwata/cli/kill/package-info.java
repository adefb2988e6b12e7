/// A gateway that is killed again and again under load, and what is left of it.
@NullMarked
package dev.dwata.cli.kill;

import org.jspecify.annotations.NullMarked;
