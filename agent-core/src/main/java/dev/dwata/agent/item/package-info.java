/// What items hold: the shapes of their contents, and how they are changed.
@NullMarked
package dev.dwata.agent.item;

import org.jspecify.annotations.NullMarked;
