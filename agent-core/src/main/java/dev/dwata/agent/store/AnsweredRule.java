package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads the rule that an answer of `always` carries.
final class AnsweredRule {
    private AnsweredRule() {}

    static @Nullable PolicyRule of(InputResolved resolution, Principal owner) {
        if (resolution.rule() == null) {
            return null;
        }
        PolicyRule rule;
        try {
            rule = Json.MAPPER.treeToValue(resolution.rule(), PolicyRule.class);
        } catch (JacksonException e) {
            throw Refusal.badRule(resolution.requestId(), e.getOriginalMessage());
        }
        if (isBlank(rule.id()) || isBlank(rule.tool()) || rule.effect() == null) {
            throw Refusal.badRule(resolution.requestId(), "it needs an id, an effect and a tool");
        }
        return new PolicyRule(
                rule.id(),
                rule.effect(),
                rule.tool(),
                rule.arguments(),
                rule.argv(),
                rule.folder(),
                rule.agent(),
                rule.session(),
                owner.id(),
                rule.createdAt());
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
