package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What kind of client speaks. It changes nothing about how the client is treated.
public enum ClientType {
    WEB,
    CLI,
    TELEGRAM,
    MCP,
    RUNTIME;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param name a wire name, or `pwa` for [#WEB]
    @JsonCreator
    public static ClientType of(String name) {
        if (name.equals("pwa")) {
            return WEB;
        }
        for (ClientType type : values()) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("clientType must be one of web, cli, telegram, mcp, runtime");
    }
}
