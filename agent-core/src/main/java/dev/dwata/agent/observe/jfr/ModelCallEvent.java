package dev.dwata.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.dwata.ModelCall")
@Label("Model Call")
@Description("A model is asked, with everything that is done to get an answer")
@Category("dwata")
@StackTrace(false)
final class ModelCallEvent extends RecordedEvent {
    @Label("Provider")
    @Nullable
    String provider;

    @Label("Model")
    @Nullable
    String model;

    @Label("Answered By")
    @Nullable
    String answeredBy;

    @Label("Input Tokens")
    long inputTokens;

    @Label("Output Tokens")
    long outputTokens;

    @Label("Cached Tokens")
    long cachedTokens;
}
