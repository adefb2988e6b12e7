package dev.dwata.gateway.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.DoubleAdder;

/// Adds up by labels. So that what others name cannot fill the memory, there are at most so many; what comes
/// later is added up together.
final class Counter {
    private static final int MOST = 500;
    private static final String OTHER = "other";

    private final String name;
    private final String help;
    private final List<String> labels;
    private final ConcurrentMap<List<String>, DoubleAdder> sums = new ConcurrentHashMap<>();

    Counter(String name, String help, String... labels) {
        this.name = name;
        this.help = help;
        this.labels = List.of(labels);
    }

    /// @param values of the labels
    void add(double amount, String... values) {
        List<String> key = List.of(values);
        if (!sums.containsKey(key) && sums.size() >= MOST) {
            key = labels.stream().map(label -> OTHER).toList();
        }
        sums.computeIfAbsent(key, values1 -> new DoubleAdder()).add(amount);
    }

    void write(Exposition out) {
        out.family(name, "counter", help);
        Map<String, List<String>> inOrder = new TreeMap<>();
        sums.keySet().forEach(key -> inOrder.put(String.join("\n", key), key));
        for (List<String> key : inOrder.values()) {
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < labels.size(); i++) {
                pairs.addAll(List.of(labels.get(i), key.get(i)));
            }
            DoubleAdder sum = sums.get(key);
            out.sample(name, pairs, sum == null ? 0 : sum.sum());
        }
        if (labels.isEmpty() && inOrder.isEmpty()) {
            out.sample(name, List.of(), 0);
        }
    }
}
