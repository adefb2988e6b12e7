/// Where a command finds what it works on: the data folder with its small files, the settings, and the runtime,
/// in this process or at a gateway.
@NullMarked
package dev.dwata.cli.home;

import org.jspecify.annotations.NullMarked;
