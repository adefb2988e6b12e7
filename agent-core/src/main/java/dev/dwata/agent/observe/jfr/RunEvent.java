package dev.dwata.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.dwata.Run")
@Label("Run")
@Description("A run, from its admission to its end")
@Category("dwata")
@StackTrace(false)
final class RunEvent extends RecordedEvent {
    @Label("Input Tokens")
    long inputTokens;

    @Label("Output Tokens")
    long outputTokens;

    @Label("Turns")
    int turns;
}
