/// Tools for the files of one folder, the workspace, which they do not leave.
@NullMarked
package dev.dwata.agent.tool.files;

import org.jspecify.annotations.NullMarked;
