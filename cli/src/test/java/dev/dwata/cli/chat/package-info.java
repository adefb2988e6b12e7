@NullMarked
package dev.dwata.cli.chat;

import org.jspecify.annotations.NullMarked;
