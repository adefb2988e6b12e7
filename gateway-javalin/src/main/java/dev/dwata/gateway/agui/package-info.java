/// Chats in AG-UI events over one route, for AG-UI's and TanStack AI's clients.
@NullMarked
package dev.dwata.gateway.agui;

import org.jspecify.annotations.NullMarked;
