package dev.dwata.cli;

import dev.dwata.cli.home.RunningGateway;
import dev.dwata.cli.home.TokenFile;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `dwata web`: opens the page of the gateway that runs for a data folder, signed in by a code that is good
/// once.
@Command(
        name = "dwata web",
        description = "Opens the page of the gateway that runs for the data folder, and prints its address.",
        sortOptions = false,
        footer = {
            "",
            "The address holds a code that signs one page in, within a minute. It is no token: once it was used, or",
            "that minute is over, it is worth nothing."
        })
final class WebCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int NO_TOKEN_NEEDED = 409;

    private final Invocation invocation;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--no-open", description = "Only print the address.")
    boolean quiet;

    @Mixin
    HelpOption help = new HelpOption();

    WebCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = new FolderAccess(invocation, where.dataDir).folder().path();
        RunningGateway gateway = RunningGateway.find(folder)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE, "no gateway runs for " + folder + ": start one with 'dwata gateway'"));
        String code = code(gateway.url(), token(folder));
        String address = gateway.url() + "/" + (code == null ? "" : "#c=" + code);
        invocation.streams().out().println(address);
        if (!quiet) {
            open(address);
        }
        return ExitCode.ANSWERED;
    }

    private @Nullable String token(Path folder) {
        String token = invocation.environment().get("DWATA_TOKEN");
        return token == null || token.isBlank()
                ? new TokenFile(folder, invocation.streams()::notice).read().orElse(null)
                : token.strip();
    }

    /// @return absent where the gateway asks for no token
    private static @Nullable String code(String url, @Nullable String token) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1/web/codes"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == NO_TOKEN_NEEDED) {
                return null;
            }
            JsonNode body = Json.MAPPER.readTree(answer.body());
            if (answer.statusCode() == 201) {
                return body.path("code").stringValue();
            }
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "the gateway at " + url + " gives no code: "
                            + body.path("error").asString(""));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "the gateway at " + url + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private void open(String address) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        try {
            new ProcessBuilder(mac ? "open" : "xdg-open", address)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            invocation.streams().notice("no browser could be opened here: open the address yourself");
        }
    }
}
