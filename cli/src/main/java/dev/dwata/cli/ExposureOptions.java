package dev.dwata.cli;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.gateway.Exposure;
import dev.dwata.gateway.http.PemFiles;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How other machines reach a gateway.
final class ExposureOptions {
    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "What clients call the host, besides HOST and the names of this machine. Repeatable.")
    List<String> names = List.of();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate, and its chain, in PEM.")
    @Nullable
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key in PEM: PKCS#8, without a password.")
    @Nullable
    Path key;

    @Option(
            names = "--insecure-remote",
            description = "Let other machines speak to it without encryption; something else must provide that.")
    boolean insecure;

    /// @param directory that relative files are of
    /// @throws CommandFailure if the options make no sense, or a file cannot be used
    Exposure exposure(Path directory) {
        if ((certificate == null) != (key == null)) {
            throw CommandFailure.usage("--tls-cert and --tls-key belong together");
        }
        try {
            SSLContext tls = certificate == null || key == null
                    ? null
                    : PemFiles.read(directory.resolve(certificate), directory.resolve(key));
            return new Exposure(names, tls, insecure);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
