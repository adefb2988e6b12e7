/// Who agrees, in this process, to what a tool is about to do: nobody, a person at the terminal, or always yes.
@NullMarked
package dev.dwata.cli.approval;

import org.jspecify.annotations.NullMarked;
