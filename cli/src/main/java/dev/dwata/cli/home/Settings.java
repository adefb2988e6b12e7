package dev.dwata.cli.home;

import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.cli.log.LogFormat;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.gateway.mcp.McpOffer;
import dev.dwata.mcp.McpSettings;
import dev.dwata.persistence.DataFolder;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What is configured. For each value counts, in this order: the flag of the command, the environment,
/// `config.json` in the data folder, the default.
///
///     {"model": "anthropic/claude-sonnet-4-5", "gatewayUrl": "http://127.0.0.1:3336", "host": "127.0.0.1",
///     "port": 3336, "auth": "token", "budgets": {"day": {"usd": 5}}}
///
/// Of the budgets, [BudgetSettings] tells; of the policy, [RuleSettings]; of models, [ModelSettings#read].
public final class Settings {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 3336;
    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "auth",
            "budgets",
            "gatewayUrl",
            "host",
            "log",
            McpSettings.KEY,
            OfferSettings.KEY,
            "model",
            "policy",
            "port",
            ReflectionSettings.KEY,
            "tools"));

    /// The source of what nothing says otherwise.
    static final String NOWHERE = "default";

    private final Path file;
    private final JsonNode config;
    private final Map<String, String> environment;
    private final ModelSettings models;

    private Settings(Path file, JsonNode config, Map<String, String> environment) {
        this.file = file;
        this.config = config;
        this.environment = environment;
        this.models = models(file, config);
    }

    /// @throws CommandFailure if the file cannot be read, or is not what it should be
    public static Settings read(DataFolder folder, Map<String, String> environment) {
        Path file = folder.config();
        Settings settings = new Settings(file, parse(file), environment);
        settings.checkPort();
        settings.auth(null);
        settings.log(null);
        settings.budgets();
        settings.policy();
        settings.mcp();
        settings.offer();
        settings.reflection();
        for (String key : List.of("gatewayUrl", "host", "model")) {
            settings.text(key);
        }
        return settings;
    }

    /// `provider/name` or an alias; absent where the first configured provider decides.
    public @Nullable String model(@Nullable String flag) {
        return first(flag, environment.get("DWATA_MODEL"), text("model"));
    }

    /// Models, servers, aliases and what to do when one does not answer.
    public ModelSettings models() {
        return models;
    }

    /// Absent where none is named.
    public @Nullable String gatewayUrl(@Nullable String flag) {
        return first(flag, environment.get("DWATA_GATEWAY_URL"), text("gatewayUrl"));
    }

    public String host(@Nullable String flag) {
        String host = first(flag, null, text("host"));
        return host == null ? DEFAULT_HOST : host;
    }

    /// Whom a gateway lets in.
    ///
    /// @throws CommandFailure if it is none of them
    public Auth auth(@Nullable Auth flag) {
        String word = text("auth");
        if (flag != null || word == null || word.isBlank()) {
            return flag == null ? Auth.TOKEN : flag;
        }
        return Auth.of(word.strip())
                .orElseThrow(() -> broken(file, "auth must be token or none, not '" + word + "'", null));
    }

    /// What the lines of a gateway's log are.
    ///
    /// @throws CommandFailure if it is none of them
    public LogFormat log(@Nullable LogFormat flag) {
        String word = text("log");
        if (flag != null || word == null || word.isBlank()) {
            return flag == null ? LogFormat.TEXT : flag;
        }
        return LogFormat.of(word.strip())
                .orElseThrow(() -> broken(file, "log must be text or json, not '" + word + "'", null));
    }

    /// 0 to 65535, where 0 is any free one.
    public int port(@Nullable Integer flag) {
        if (flag != null) {
            return flag;
        }
        return config.has("port") ? config.get("port").intValue() : DEFAULT_PORT;
    }

    /// Where a value comes from while no flag gives it, for people.
    ///
    /// @param variable of the environment; absent where there is none for it
    String source(@Nullable String variable, String key) {
        if (variable != null && !environment.getOrDefault(variable, "").isBlank()) {
            return "environment, " + variable;
        }
        JsonNode value = config.path(key);
        boolean inFile = value.isString() ? !value.stringValue().isBlank() : !value.isMissingNode() && !value.isNull();
        return inFile ? file.toString() : NOWHERE;
    }

    /// What runs may use.
    public BudgetPolicy budgets() {
        try {
            return BudgetSettings.read(config.path("budgets"));
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// The MCP servers, with what the environment has put into them.
    public McpSettings mcp() {
        try {
            return McpSettings.read(config, environment);
        } catch (AgentException e) {
            throw broken(file, e.error().message(), e);
        }
    }

    /// What agents that others have written may call at the gateway.
    public McpOffer offer() {
        try {
            return OfferSettings.read(config.path(OfferSettings.KEY));
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// Who must agree to which tool calls.
    public PolicySettings policy() {
        try {
            return RuleSettings.read(config.path("policy"));
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// The whole file, in which `tools` are the commands that agents may run as tools.
    public JsonNode commands() {
        return config;
    }

    /// Whether and how runs are reflected on; absent: they are not.
    public @Nullable ReflectionSettings reflection() {
        try {
            return ReflectionSettings.read(config.path(ReflectionSettings.KEY));
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// Keys of the file that mean nothing to this version.
    public List<String> unknownKeys() {
        return config.propertyNames().stream()
                .filter(key -> !KEYS.contains(key) && !ModelSettings.KEYS.contains(key))
                .toList();
    }

    private static JsonNode parse(Path file) {
        String text;
        try {
            text = SmallFile.read(file);
        } catch (IOException e) {
            throw broken(file, "it cannot be read: " + e.getMessage(), e);
        }
        if (text == null) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            JsonNode tree = Json.STRICT.readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw broken(file, "it is not JSON" + where + ": " + e.getOriginalMessage(), e);
        }
        throw broken(file, "it must hold a JSON object", null);
    }

    private static ModelSettings models(Path file, JsonNode config) {
        try {
            return ModelSettings.read(config);
        } catch (AgentException e) {
            throw broken(file, e.error().message(), e);
        }
    }

    private @Nullable String text(String key) {
        JsonNode value = config.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw broken(file, key + " must be a string", null);
        }
        return value.stringValue();
    }

    private void checkPort() {
        JsonNode port = config.path("port");
        boolean valid =
                port.isMissingNode() || (port.isIntegralNumber() && port.canConvertToInt() && isPort(port.intValue()));
        if (!valid) {
            throw broken(file, "port must be a number from 0 to 65535", null);
        }
    }

    public static boolean isPort(int number) {
        return number >= 0 && number <= 65_535;
    }

    private static CommandFailure broken(Path file, String problem, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.CONFIGURATION, file + ": " + problem, cause);
    }

    private static @Nullable String first(
            @Nullable String flag, @Nullable String variable, @Nullable String configured) {
        for (String value : new String[] {flag, variable, configured}) {
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }
}
