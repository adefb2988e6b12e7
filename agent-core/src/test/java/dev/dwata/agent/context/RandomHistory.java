package dev.dwata.agent.context;

import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Conversations with everything wrong that can be; the same for the same seed.
final class RandomHistory {
    private static final String[] TEXTS = {
        "", " ", "\n", "Hello", "😀", "a\uD83D", "\uDE00b", "\0", "\u00A0", "x".repeat(300), "\uD83D\uD83D\uDE00"
    };
    private static final String[] IDS = {
        "a",
        "b",
        "c",
        "call_1",
        "dwata_1",
        "dwata_2",
        "",
        " ",
        "a b",
        "é",
        "\uD800",
        "\0",
        "i".repeat(64),
        "i".repeat(65)
    };
    private static final String[] NAMES = {
        "test.echo", "filesystem.read", "", "no such", "a__b", "ü", "n.".repeat(40), "\uD800"
    };
    private static final String[] JSON = {
        "{}", "{\"path\":\"a\"}", "[]", "null", "\"\"", "\"{\\\"cut\\\":\"", "7", "{\"a\":{\"b\":[1,\"c\"]}}"
    };
    private static final Role[] ROLES = Role.values();

    private final Random random;
    private final int longest;

    RandomHistory(long seed, int longest) {
        this.random = new Random(seed);
        this.longest = longest;
    }

    List<Message> messages() {
        return some(longest, this::message);
    }

    private Message message() {
        Role role = random.nextInt(10) == 0 ? pick(ROLES) : pick(Role.USER, Role.ASSISTANT, Role.ASSISTANT, Role.TOOL);
        return new Message(role, some(5, () -> part(role)));
    }

    private Part part(Role role) {
        if (random.nextInt(12) == 0) {
            return anyPart();
        }
        return switch (role) {
            case USER, SYSTEM -> new Part.Text(pick(TEXTS));
            case ASSISTANT -> random.nextBoolean() ? call() : new Part.Text(pick(TEXTS));
            case TOOL -> result();
        };
    }

    private Part anyPart() {
        return switch (random.nextInt(7)) {
            case 0 -> new Part.Text(pick(TEXTS));
            case 1 -> new Part.Reasoning(pick(TEXTS), random.nextBoolean() ? null : pick(TEXTS));
            case 2 -> new Part.Image(pick(TEXTS), pick(TEXTS));
            case 3 -> new Part.File(pick(TEXTS), pick(TEXTS), pick(TEXTS));
            case 4 -> new Part.Unknown(json());
            case 5 -> call();
            default -> result();
        };
    }

    private Part call() {
        return new Part.ToolCall(pick(IDS), pick(NAMES), json());
    }

    private Part result() {
        return new Part.ToolResult(pick(IDS), pick(NAMES), random.nextBoolean(), json());
    }

    private JsonNode json() {
        if (random.nextInt(4) > 0) {
            return Json.MAPPER.readTree(pick(JSON));
        }
        JsonNode list = Json.MAPPER.createArrayNode().add(pick(TEXTS)).add(1);
        return Json.MAPPER.createObjectNode().put("text", pick(TEXTS)).set(pick(TEXTS), list);
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        List<T> several = new ArrayList<>();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            several.add(one.get());
        }
        return several;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
