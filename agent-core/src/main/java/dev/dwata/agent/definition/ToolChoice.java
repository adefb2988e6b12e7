package dev.dwata.agent.definition;

import java.util.List;

/// Which tools an agent has: patterns, each of which lets tools in or, with `!` before it, keeps them out. Of
/// those that fit a tool the last counts. Where the first one keeps tools out, all others are in.
///
/// @param rules as they are written, in order; none: all tools
public record ToolChoice(List<Rule> rules) {
    public static final ToolChoice ALL = new ToolChoice(List.of());

    public ToolChoice {
        rules = List.copyOf(rules);
    }

    /// @param in whether it lets tools in
    public record Rule(boolean in, ToolPattern tools) {

        /// @throws IllegalArgumentException saying what a pattern is
        public static Rule of(String text) {
            return text.startsWith("!")
                    ? new Rule(false, new ToolPattern(text.substring(1)))
                    : new Rule(true, new ToolPattern(text));
        }

        @Override
        public String toString() {
            return in ? tools.text() : "!" + tools.text();
        }
    }

    public boolean permits(String tool) {
        boolean in = rules.isEmpty() || !rules.getFirst().in();
        for (Rule rule : rules) {
            if (rule.tools().matches(tool)) {
                in = rule.in();
            }
        }
        return in;
    }

    /// As it is written in a file.
    public List<String> patterns() {
        return rules.stream().map(Rule::toString).toList();
    }
}
