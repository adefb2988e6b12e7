package dev.dwata.gateway.metrics;

import java.util.List;

/// Writes Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4, read
/// 2026-11-21).
final class Exposition {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /// Begins a family; its samples follow.
    ///
    /// @param type `counter`, `gauge` or `histogram`
    void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// A family of one sample without labels.
    void single(String name, String type, String help, double value) {
        family(name, type, help);
        sample(name, List.of(), value);
    }

    /// @param labels names and values in turn
    void sample(String name, List<String> labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{');
            for (int i = 0; i < labels.size(); i += 2) {
                text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
                text.append(escaped(labels.get(i + 1))).append('"');
            }
            text.append('}');
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        text.append(' ').append(whole ? Long.toString((long) value) : Double.toString(value));
        text.append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
