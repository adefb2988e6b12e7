/// Models over Anthropic's Messages API.
@NullMarked
package dev.dwata.agent.provider.anthropic;

import org.jspecify.annotations.NullMarked;
