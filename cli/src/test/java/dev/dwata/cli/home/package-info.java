@NullMarked
package dev.dwata.cli.home;

import org.jspecify.annotations.NullMarked;
