/// Models over Google's Gemini API.
@NullMarked
package dev.dwata.agent.provider.gemini;

import org.jspecify.annotations.NullMarked;
