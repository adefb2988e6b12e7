/// Slash commands: what a client sends as text and the gateway answers itself.
@NullMarked
package dev.dwata.gateway.command;

import org.jspecify.annotations.NullMarked;
