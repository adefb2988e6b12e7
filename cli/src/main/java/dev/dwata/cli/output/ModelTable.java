package dev.dwata.cli.output;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Models in columns: what they are called, how many tokens they take, what they cost, and whether they can be
/// asked.
public final class ModelTable {
    private static final int WIDEST = 60;

    private final PrintStream out;

    public ModelTable(PrintStream out) {
        this.out = out;
    }

    /// @param models as `models.list` has them
    public void print(JsonNode models) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MODEL", "WINDOW", "OUTPUT", "$ IN / OUT", "STATE"));
        models.forEach(model -> rows.add(row(model)));
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(WIDEST, Math.max(widths[i], row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean number = i == 1 || i == 2;
                line.append(("%" + (number ? "" : "-") + widths[i] + "s  ").formatted(row.get(i)));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> row(JsonNode model) {
        List<String> aliases = new ArrayList<>();
        model.path("aliases").forEach(alias -> aliases.add(alias.asString("")));
        String id = model.path("id").asString("") + (aliases.isEmpty() ? "" : " (" + String.join(", ", aliases) + ")");
        String missing = model.path("missing").asString("");
        return List.of(
                Printable.line(id, WIDEST),
                tokens(model.path("contextWindow")),
                tokens(model.path("maxOutputTokens")),
                prices(model.path("prices")),
                missing.isEmpty() ? "ready" : Printable.line(missing, 200));
    }

    private static String tokens(JsonNode count) {
        long tokens = count.asLong(0);
        if (tokens == 0) {
            return "";
        }
        return tokens >= 1_000_000 ? amount(Math.floor(tokens / 10_000.0) / 100) + "M" : tokens / 1_000 + "k";
    }

    private static String prices(JsonNode prices) {
        if (!prices.isObject()) {
            return "";
        }
        String line = amount(prices.path("input").asDouble(0)) + " / "
                + amount(prices.path("output").asDouble(0));
        long above = prices.path("above").asLong(0);
        return line.equals("0 / 0") ? "free" : line + (above == 0 ? "" : " (more above " + above / 1_000 + "k)");
    }

    private static String amount(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
