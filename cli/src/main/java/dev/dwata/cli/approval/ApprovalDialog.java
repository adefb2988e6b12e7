package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RuleScope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks a person whether a tool call may happen: yes, no, always, or with other arguments. Only a clear yes is
/// one, and what is neither is asked again.
final class ApprovalDialog {
    private final Console console;

    ApprovalDialog(Console console) {
        this.console = console;
    }

    InputResponse ask(InputRequested request) throws InterruptedException {
        boolean always = request.always() != null;
        String prompt = always ? "Allow it? [y/N/always/edit] " : "Allow it? [y/N/edit] ";
        console.show(RequestText.about(request).stripTrailing());
        InputResponse response = null;
        while (response == null) {
            String typed = console.read(prompt);
            response = typed == null ? new InputResponse.Reject("nobody answered") : response(request, typed.strip());
        }
        return response;
    }

    /// @return absent where it is to be asked again
    private @Nullable InputResponse response(InputRequested request, String typed) throws InterruptedException {
        String[] words = typed.split("\\s+", 2);
        String rest = words.length == 2 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "", "n", "no" -> new InputResponse.Reject(rest.isEmpty() ? null : rest);
            case "y", "yes" -> rest.isEmpty() ? new InputResponse.Approve() : unclear();
            case "a", "always" -> request.always() == null ? noAlways() : always(rest);
            case "e", "edit" -> rest.isEmpty() ? edited(request.arguments()) : unclear();
            default -> unclear();
        };
    }

    private @Nullable InputResponse unclear() {
        console.show("y allows it, n does not (n and a reason: the model is told), edit changes the arguments first");
        return null;
    }

    private @Nullable InputResponse noAlways() {
        console.show("this cannot be allowed for always: y allows it once");
        return null;
    }

    private @Nullable InputResponse always(String scope) {
        if (scope.isEmpty()) {
            return new InputResponse.Always(RuleScope.SESSION);
        }
        Optional<RuleScope> found = Arrays.stream(RuleScope.values())
                .filter(known -> known.wireName().equalsIgnoreCase(scope))
                .findFirst();
        if (found.isEmpty()) {
            console.show("always, always workspace or always everywhere; alone it is for this session");
            return null;
        }
        return new InputResponse.Always(found.get());
    }

    private @Nullable InputResponse edited(JsonNode arguments) throws InterruptedException {
        String text = EditableJson.write(arguments, console.editsLines());
        while (true) {
            String edited = console.edit(text);
            if (edited == null || edited.isBlank()) {
                console.show("nothing was changed");
                return null;
            }
            try {
                JsonNode read = EditableJson.readObject(edited);
                return Json.canonical(read).equals(Json.canonical(arguments))
                        ? new InputResponse.Approve()
                        : new InputResponse.Approve(read);
            } catch (IllegalArgumentException e) {
                console.show(String.valueOf(e.getMessage()));
                text = edited;
            }
        }
    }
}
