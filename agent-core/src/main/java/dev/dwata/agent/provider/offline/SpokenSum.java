package dev.dwata.agent.provider.offline;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the expression in what somebody asks to be worked out, in signs or in words.
final class SpokenSum {
    private static final int MAX_LENGTH = 1000;
    private static final Pattern OPENING = Pattern.compile(
            "(?:what(?:'s| is| are| does)|how much(?: is| are)?|calculate|compute|evaluate|solve|work out)\\s+");
    private static final Pattern ORDER = Pattern.compile("(?:calculate|compute|evaluate|solve|work out)\\s.*");
    private static final Pattern EXPRESSION = Pattern.compile("[-+(.]*[0-9][-+*/%^().0-9\\s]*");
    private static final Pattern OPERATOR = Pattern.compile("[0-9)]\\s*[-+*/%^]");
    private static final Pattern PERCENT_OF = Pattern.compile("([0-9.]+)\\s*(?:%|percent)\\s+of\\s+");
    private static final Map<Pattern, String> SIGNS = signs();

    private SpokenSum() {}

    /// The expression in signs; absent where it is not arithmetic that is asked for.
    static @Nullable String expression(String asked) {
        if (asked.length() > MAX_LENGTH) {
            return null;
        }
        String text = Phrase.trimEnd(asked.toLowerCase(Locale.ROOT), " \t\n?!=");
        boolean ordered = ORDER.matcher(text).matches();
        var opening = OPENING.matcher(text);
        if (opening.lookingAt()) {
            text = text.substring(opening.end());
        }
        text = PERCENT_OF.matcher(text).replaceAll("$1/100*");
        for (Map.Entry<Pattern, String> sign : SIGNS.entrySet()) {
            text = sign.getKey().matcher(text).replaceAll(sign.getValue());
        }
        text = text.replaceAll("\\s*\\^\\s*", "^").strip();
        boolean plain = EXPRESSION.matcher(text).matches();
        return plain && (ordered || OPERATOR.matcher(text).find()) ? text : null;
    }

    private static Map<Pattern, String> signs() {
        Map<Pattern, String> signs = new LinkedHashMap<>();
        signs.put(Pattern.compile("\\b(?:divided by|over)\\b|÷"), "/");
        signs.put(Pattern.compile("\\b(?:times|multiplied by)\\b|[×·⋅]|(?<=[0-9)])\\s*x\\s*(?=[0-9(])"), "*");
        signs.put(Pattern.compile("\\bplus\\b"), "+");
        signs.put(Pattern.compile("\\bminus\\b|[−–]"), "-");
        signs.put(Pattern.compile("\\b(?:modulo|mod)\\b"), "%");
        signs.put(Pattern.compile("\\b(?:raised )?to the power of\\b|\\*\\*"), "^");
        signs.put(Pattern.compile("\\bsquared\\b|²"), "^2");
        signs.put(Pattern.compile("\\bcubed\\b|³"), "^3");
        signs.put(Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), "");
        String[] numbers = "zero one two three four five six seven eight nine ten eleven twelve".split(" ", -1);
        for (int i = 0; i < numbers.length; i++) {
            signs.put(Pattern.compile("\\b" + numbers[i] + "\\b"), Integer.toString(i));
        }
        return signs;
    }
}
