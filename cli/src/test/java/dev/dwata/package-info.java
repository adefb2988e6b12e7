/// What must hold for the whole code base, checked by the build.
@NullMarked
package dev.dwata;

import org.jspecify.annotations.NullMarked;
