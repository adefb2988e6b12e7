package dev.dwata.cli.doctor;

import dev.dwata.cli.home.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The gateway of the data folder, and the port it would listen on.
final class GatewayFindings {
    private static final String AREA = "gateway";

    private GatewayFindings() {}

    static List<Finding> look(Path folder, int port) {
        Optional<RunningGateway> gateway = RunningGateway.find(folder);
        if (gateway.isPresent()) {
            return List.of(Finding.ok(
                    AREA,
                    "it runs at " + gateway.get().url() + " as process "
                            + gateway.get().pid() + ", version " + gateway.get().version()));
        }
        return List.of(
                Finding.ok(AREA, "none runs for this folder; commands run in their own process"),
                isFree(port)
                        ? Finding.ok(AREA, "port " + port + " is free")
                        : Finding.warning(
                                AREA,
                                "port " + port + " is taken by another program",
                                "start the gateway with --port, or set port in config.json"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
