/// Agents, skills and what models are told, from Markdown files: in the person's data folder, and in a
/// workspace that the person trusts. Files are read anew each time.
@NullMarked
package dev.dwata.agent.definition.files;

import org.jspecify.annotations.NullMarked;
