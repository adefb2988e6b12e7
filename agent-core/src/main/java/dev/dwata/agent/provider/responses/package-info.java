/// Models over OpenAI's Responses API.
@NullMarked
package dev.dwata.agent.provider.responses;

import org.jspecify.annotations.NullMarked;
