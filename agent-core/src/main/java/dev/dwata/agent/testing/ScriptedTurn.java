package dev.dwata.agent.testing;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One reply of a [ScriptedModel], step by step.
///
/// Pieces of text that follow one another become one part of the reply, and likewise reasoning. Calls get the
/// ids `call_1`, `call_2` … through the whole script.
public final class ScriptedTurn {
    private final List<Step> steps = new ArrayList<>();
    private final int callsBefore;
    private int callCount;
    private TokenUsage usage = TokenUsage.ZERO;
    private @Nullable StopReason stopReason;

    ScriptedTurn(int callsBefore) {
        this.callsBefore = callsBefore;
    }

    private sealed interface Step {
        record Say(String text) implements Step {}

        record Think(String text) implements Step {}

        record Call(Part.ToolCall call) implements Step {}

        record Wait(Gate gate) implements Step {}

        record Fail(AgentError error) implements Step {}
    }

    /// @param parts one delta each; none of them empty
    public ScriptedTurn says(String... parts) {
        for (String part : parts) {
            steps.add(new Step.Say(notEmpty(part)));
        }
        return this;
    }

    /// @param parts one delta each; none of them empty
    public ScriptedTurn thinks(String... parts) {
        for (String part : parts) {
            steps.add(new Step.Think(notEmpty(part)));
        }
        return this;
    }

    /// @param arguments JSON; what is not a JSON object becomes a string of the raw text
    public ScriptedTurn calls(String toolName, String arguments) {
        callCount++;
        String id = "call_" + (callsBefore + callCount);
        steps.add(new Step.Call(new Part.ToolCall(id, toolName, read(arguments))));
        return this;
    }

    /// Stays here until `gate` is opened, or the run is interrupted.
    public ScriptedTurn waits(Gate gate) {
        steps.add(new Step.Wait(gate));
        return this;
    }

    public ScriptedTurn fails(AgentError error) {
        steps.add(new Step.Fail(error));
        return this;
    }

    /// Ends the stream without the provider's mark of completion.
    public ScriptedTurn cuts() {
        return fails(new AgentError.StreamIncomplete("the scripted stream was cut"));
    }

    /// What the turn reports to have used; zeros unless said.
    public ScriptedTurn uses(TokenUsage usage) {
        this.usage = usage;
        return this;
    }

    /// Unless said, `TOOL_USE` where a tool was called and `END_TURN` otherwise.
    public ScriptedTurn stops(StopReason reason) {
        this.stopReason = reason;
        return this;
    }

    int callCount() {
        return callCount;
    }

    ModelReply play(DeltaSink sink) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Step step : steps) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the scripted model spoke");
            }
            switch (step) {
                case Step.Say say -> {
                    sink.accept(new ModelDelta.Text(say.text));
                    append(parts, new Part.Text(say.text));
                }
                case Step.Think think -> {
                    sink.accept(new ModelDelta.Reasoning(think.text));
                    append(parts, new Part.Reasoning(think.text, null));
                }
                case Step.Call call -> parts.add(call.call);
                case Step.Wait wait -> wait.gate.pass();
                case Step.Fail fail -> throw new AgentException(fail.error);
            }
        }
        StopReason usual = callCount > 0 ? StopReason.TOOL_USE : StopReason.END_TURN;
        return new ModelReply(parts, usage, stopReason == null ? usual : stopReason);
    }

    private static void append(List<Part> parts, Part part) {
        Part last = parts.isEmpty() ? null : parts.getLast();
        if (last instanceof Part.Text before && part instanceof Part.Text more) {
            parts.set(parts.size() - 1, new Part.Text(before.text() + more.text()));
        } else if (last instanceof Part.Reasoning before && part instanceof Part.Reasoning more) {
            parts.set(parts.size() - 1, new Part.Reasoning(before.text() + more.text(), null));
        } else {
            parts.add(part);
        }
    }

    private static JsonNode read(String arguments) {
        try {
            JsonNode tree = Json.STRICT.readTree(arguments);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            // Kept as the raw text, which is what a provider's adapter does.
        }
        return Json.MAPPER.getNodeFactory().stringNode(arguments);
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a delta is never empty");
        }
        return text;
    }
}
