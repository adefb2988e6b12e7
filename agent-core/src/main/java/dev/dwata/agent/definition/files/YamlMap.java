package dev.dwata.agent.definition.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// The fields of a YAML map, by name. What is not as asked for is said with its line.
final class YamlMap {
    static final YamlMap EMPTY = new YamlMap(Map.of());

    private final Map<String, Node> fields;

    private YamlMap(Map<String, Node> fields) {
        this.fields = fields;
    }

    static YamlMap of(MappingNode map) throws BrokenFile {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple field : map.getValue()) {
            String key = scalar(field.getKeyNode());
            if (key == null) {
                throw at(field.getKeyNode(), "a key must be a word");
            }
            if (fields.put(key, field.getValueNode()) != null) {
                throw at(field.getKeyNode(), "'" + key + "' is there twice");
            }
        }
        return new YamlMap(fields);
    }

    /// In the order in which they are written.
    Set<String> keys() {
        return fields.keySet();
    }

    /// What is wrong with a field.
    BrokenFile wrong(String key, String message) {
        Node value = fields.get(key);
        return value == null ? new BrokenFile(2, message) : at(value, message);
    }

    void requireOnly(Set<String> known) throws BrokenFile {
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                throw wrong(key, "'" + key + "' is not known here; known: " + String.join(", ", known));
            }
        }
    }

    /// @return absent where it is not there, or empty
    @Nullable
    String text(String key) throws BrokenFile {
        Node value = present(key);
        if (value == null) {
            return null;
        }
        String text = scalar(value);
        if (text == null) {
            throw at(value, "'" + key + "' must be text");
        }
        return text.isBlank() ? null : text.strip();
    }

    /// @return absent where it is not there
    @Nullable
    List<String> texts(String key) throws BrokenFile {
        Node value = present(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof SequenceNode list)) {
            throw at(value, "'" + key + "' must be a list, such as [a, b]");
        }
        List<String> texts = new ArrayList<>();
        for (Node item : list.getValue()) {
            String text = scalar(item);
            if (text == null) {
                throw at(item, "what is in '" + key + "' must be text");
            }
            texts.add(text.strip());
        }
        return texts;
    }

    /// A whole number of at least `least`.
    @Nullable
    Long whole(String key, long least) throws BrokenFile {
        Node value = present(key);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(String.valueOf(scalar(value)));
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw at(value, "'" + key + "' must be a whole number of at least " + least);
    }

    /// A number of at least 0.
    @Nullable
    Double number(String key) throws BrokenFile {
        Node value = present(key);
        if (value == null) {
            return null;
        }
        String text = String.valueOf(scalar(value));
        if (text.matches("\\d{1,15}(\\.\\d{1,15})?")) {
            return Double.valueOf(text);
        }
        throw at(value, "'" + key + "' must be a number of at least 0, such as 0.50");
    }

    /// @return empty where it is not there
    YamlMap map(String key) throws BrokenFile {
        Node value = present(key);
        if (value == null) {
            return EMPTY;
        }
        if (value instanceof MappingNode map) {
            return of(map);
        }
        throw at(value, "'" + key + "' must be lines of 'key: value'");
    }

    private @Nullable Node present(String key) {
        Node value = fields.get(key);
        return value == null || Tag.NULL.equals(value.getTag()) ? null : value;
    }

    /// A word that begins with an exclamation mark is a tag to YAML; we take it as it is written.
    private static @Nullable String scalar(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return null;
        }
        String tag = scalar.getTag().getValue();
        return tag.startsWith("!") && scalar.getValue().isEmpty() ? tag : scalar.getValue();
    }

    private static BrokenFile at(Node node, String message) {
        return new BrokenFile(FrontMatter.line(node.getStartMark().orElse(null)), message);
    }
}
