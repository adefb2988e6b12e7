package dev.dwata.mcp;

/// A list of tools of which few can be offered.
final class BadTools {
    private BadTools() {}

    static String json() {
        StringBuilder all = new StringBuilder();
        all.append(good("good"));
        all.append(",{\"description\":\"has no name\"}");
        all.append(",{\"name\":7}");
        all.append(",\"not even an object\"");
        all.append(",").append(good("good")); // the same again
        all.append(",").append(good("GOOD")); // the same here
        all.append(",").append(good("g\\u043e\\u043ed")); // with Cyrillic letters in the middle: g_d
        all.append(",").append(good("run")); // shell.run, where the server is called shell
        all.append(",").append(good("日本")); // nothing left of it
        all.append(",").append(tool("long_description", "x".repeat(1 << 20), "{\"type\":\"object\"}"));
        all.append(",").append(tool("array", "d", "{\"type\":\"array\"}"));
        all.append(",").append(tool("no_schema_but_text", "d", "\"{}\""));
        all.append(",").append(tool("deep", "d", "{\"a\":".repeat(500) + "1" + "}".repeat(500)));
        all.append(",").append(tool("large", "d", "{\"type\":\"object\",\"x\":\"" + "y".repeat(1 << 17) + "\"}"));
        all.append(",").append(tool("remote", "d", "{\"type\":\"object\",\"$ref\":\"http://evil.example/s.json\"}"));
        all.append(",").append(tool("bomb", "d", bomb()));
        all.append(",").append(good("last"));
        return all.toString();
    }

    private static String good(String name) {
        return tool(name, "d", "{\"type\":\"object\"}");
    }

    private static String tool(String name, String description, String schema) {
        return MisbehavingServer.tool(name, description, schema, "");
    }

    /// Each level refers to the next ten times.
    private static String bomb() {
        StringBuilder levels = new StringBuilder();
        for (int level = 0; level < 10; level++) {
            String next = "{\"$ref\":\"#/$defs/l" + (level + 1) + "\"}";
            levels.append("\"l").append(level).append("\":{\"allOf\":[");
            levels.append(String.join(",", java.util.Collections.nCopies(10, next)))
                    .append("]},");
        }
        return "{\"type\":\"object\",\"$ref\":\"#/$defs/l0\",\"$defs\":{" + levels + "\"l10\":{}}}";
    }
}
