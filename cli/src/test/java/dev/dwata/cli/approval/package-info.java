@NullMarked
package dev.dwata.cli.approval;

import org.jspecify.annotations.NullMarked;
