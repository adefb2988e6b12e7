/// The `dwata` command: one class per sub-command, put together in [Main].
@NullMarked
package dev.dwata.cli;

import org.jspecify.annotations.NullMarked;
