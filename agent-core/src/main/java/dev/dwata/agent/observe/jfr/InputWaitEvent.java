package dev.dwata.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.dwata.InputWait")
@Label("Input Wait")
@Description("A run waits for a person or a client")
@Category("dwata")
@StackTrace(false)
final class InputWaitEvent extends RecordedEvent {
    @Label("Kind")
    @Nullable
    String kind;
}
