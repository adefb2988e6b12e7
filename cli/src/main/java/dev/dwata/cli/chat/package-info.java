/// A conversation at the terminal; the only place for JLine.
@NullMarked
package dev.dwata.cli.chat;

import org.jspecify.annotations.NullMarked;
