/// What is looked at when something does not work, and what to do about it.
@NullMarked
package dev.dwata.cli.doctor;

import org.jspecify.annotations.NullMarked;
