package dev.dwata.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.dwata.ToolCall")
@Label("Tool Call")
@Description("A tool is called, or refused")
@Category("dwata")
@StackTrace(false)
final class ToolCallEvent extends RecordedEvent {
    @Label("Tool")
    @Nullable
    String tool;

    @Label("Tool Call")
    @Nullable
    String toolCall;
}
