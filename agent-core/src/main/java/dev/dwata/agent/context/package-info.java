/// What a model is told: which messages of a session, and in a form that every provider takes.
@NullMarked
package dev.dwata.agent.context;

import org.jspecify.annotations.NullMarked;
