/// Programs that dwata starts and answers for: none outlives its call, or the process that started it.
@NullMarked
package dev.dwata.agent.process;

import org.jspecify.annotations.NullMarked;
