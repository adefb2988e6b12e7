package dev.dwata.cli.home;

import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the budgets of `config.json`; whatever is not said has no limit.
///
///     {"run": {"usd": 0.5, "tokens": 200000, "toolCalls": 100, "seconds": 600},
///      "session": {…}, "owner": {…}, "day": {"usd": 5}, "unpriced": "refuse"}
///
/// `unpriced` says what becomes of models whose price is not known under a budget in US dollars: `refuse`,
/// which is the default, or `free`.
final class BudgetSettings {
    private static final String UNPRICED = "unpriced";
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    private BudgetSettings() {}

    /// @param given absent where nothing is configured
    /// @throws IllegalArgumentException with a sentence that names what is wrong
    static BudgetPolicy read(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return BudgetPolicy.UNLIMITED;
        }
        if (!given.isObject()) {
            throw new IllegalArgumentException("budgets must be an object");
        }
        BudgetPolicy policy = BudgetPolicy.UNLIMITED.unpricedIsFree(isFree(given.path(UNPRICED)));
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!entry.getKey().equals(UNPRICED)) {
                policy = policy.with(scope(entry.getKey()), budget("budgets." + entry.getKey(), entry.getValue()));
            }
        }
        return policy;
    }

    private static boolean isFree(JsonNode given) {
        if (given.isMissingNode()) {
            return false;
        }
        String said = given.asString("");
        if (!said.equals("free") && !said.equals("refuse")) {
            throw new IllegalArgumentException("budgets.unpriced must be \"refuse\" or \"free\"");
        }
        return said.equals("free");
    }

    private static Scope scope(String name) {
        return Arrays.stream(Scope.values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("budgets." + name + " means nothing; there are "
                        + known(Arrays.stream(Scope.values())
                                .map(Scope::wireName)
                                .toList()) + ", " + UNPRICED));
    }

    /// @param where its key, for messages
    /// @throws IllegalArgumentException with a sentence that names what is wrong
    static Budget budget(String where, JsonNode given) {
        if (!given.isObject()) {
            throw new IllegalArgumentException(where + " must be an object");
        }
        List<String> measures =
                Arrays.stream(Measure.values()).map(Measure::wireName).toList();
        for (String key : given.propertyNames()) {
            if (!measures.contains(key)) {
                throw new IllegalArgumentException(where + "." + key + " means nothing; there are " + known(measures));
            }
        }
        BigDecimal usd = number(where, given, Measure.USD, false);
        BigDecimal seconds = number(where, given, Measure.SECONDS, false);
        return new Budget(
                whole(number(where, given, Measure.TOKENS, true)),
                usd == null ? null : Double.valueOf(usd.doubleValue()),
                whole(number(where, given, Measure.TOOL_CALLS, true)),
                seconds == null
                        ? null
                        : Duration.ofMillis(seconds.movePointRight(3).longValue()));
    }

    private static @Nullable Long whole(@Nullable BigDecimal number) {
        return number == null ? null : Long.valueOf(number.longValue());
    }

    private static @Nullable BigDecimal number(String where, JsonNode given, Measure measure, boolean whole) {
        JsonNode value = given.path(measure.wireName());
        if (value.isMissingNode()) {
            return null;
        }
        boolean fits = value.isNumber()
                && (!whole || value.isIntegralNumber())
                && value.decimalValue().signum() >= 0
                && value.decimalValue().compareTo(measure == Measure.USD ? MOST.movePointLeft(3) : MOST) <= 0;
        if (!fits) {
            throw new IllegalArgumentException(where + "." + measure.wireName() + " must be a "
                    + (whole ? "whole " : "") + "number from 0 to "
                    + (measure == Measure.USD ? "a billion" : "a million million"));
        }
        return value.decimalValue();
    }

    private static String known(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }
}
