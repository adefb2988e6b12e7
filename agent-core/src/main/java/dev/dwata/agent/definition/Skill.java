package dev.dwata.agent.definition;

import java.nio.file.Path;

/// Knowledge that an agent reads when it needs it: a folder with a file `SKILL.md` and what that refers to.
///
/// @param description what it is for, so that a model can tell when to read it
/// @param folder      its real path; what is read of it lies inside
public record Skill(String name, String description, Path folder, AgentSource source) {}
