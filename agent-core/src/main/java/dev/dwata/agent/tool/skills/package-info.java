/// The tool that reads skills.
@NullMarked
package dev.dwata.agent.tool.skills;

import org.jspecify.annotations.NullMarked;
