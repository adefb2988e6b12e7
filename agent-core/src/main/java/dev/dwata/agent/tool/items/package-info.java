/// Tools for items: a model reads, makes, changes and deletes what people see in their clients.
@NullMarked
package dev.dwata.agent.tool.items;

import org.jspecify.annotations.NullMarked;
