package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Has the person at a console answer. When the same is asked again, because an answer did not fit, what was
/// answered before need not be typed again.
public final class Person implements Approver {
    private final Console console;
    private final Map<String, JsonNode> given = new LinkedHashMap<>();
    private @Nullable InputId latest;

    public Person(Console console) {
        this.console = console;
    }

    @Override
    public @Nullable InputResponse ask(InputRequested request) throws InterruptedException {
        if (!request.requestId().equals(latest)) {
            given.clear();
            latest = request.requestId();
        }
        return switch (request.kind()) {
            case APPROVAL -> new ApprovalDialog(console).ask(request);
            case QUESTION ->
                request.form() == null
                        ? new QuestionDialog(console, given).ask(request)
                        : new FormDialog(console, given).ask(request, request.form());
            case CLIENT_TOOL -> null;
        };
    }
}
