package io.dagshell.installer.kernelspec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.compose.KernelProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A short session of the kernel with itself as its client, in a home of its own: what a first hour of work loads is
 * loaded here once, for {@link StartArchive}.
 */
public final class Rehearsal {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final List<String> PORTS =
            List.of("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port");
    private static final List<String> CELLS = List.of(
            "1 + 1",
            "String text = \"rehearsal\";",
            "int twice(int n) {\n    return 2 * n;\n}",
            "twice(21)",
            "record Trip(int passengers, double fare) {}\nvar trips = List.of(new Trip(1, 7.5), new Trip(2, 9.0));",
            "trips.stream().mapToDouble(Trip::fare).sum()",
            "for (int i = 0; i < 100; i++) {\n    System.out.println(\"line \" + i);\n}",
            "%%params\nint year = 2021; // a year",
            "%%task cache\nint next(int year) {\n    return year + 1;\n}",
            "%%flow\nint after(int year) {\n    return next(next(year));\n}",
            "after(year)",
            "Table.create(\"t\", IntColumn.create(\"n\", new int[] {1, 2, 3}), DoubleColumn.create(\"x\", new double[] {1, 2, 3}))",
            "int wrong = \"text\";",
            "throw new IllegalStateException(\"rehearsed\");");

    private Rehearsal() {}

    /** Plays it; the exit code. */
    public static int play() throws IOException {
        Path folder = Files.createTempDirectory("dagshell-rehearsal-");
        try {
            ObjectNode connection = connection();
            Path file = folder.resolve("connection.json");
            Files.write(file, new ObjectMapper().writeValueAsBytes(connection));
            Thread kernel = new Thread(() -> KernelProcess.run(file, folder.resolve("home")), "rehearsed-kernel");
            kernel.setDaemon(true);
            kernel.start();
            try (RehearsalClient client = new RehearsalClient(connection, PATIENCE_MILLIS)) {
                talk(client);
            }
            kernel.join(PATIENCE_MILLIS);
            return 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            InstalledCopy.delete(folder);
        }
    }

    private static void talk(RehearsalClient client) throws IOException {
        client.ask("kernel_info_request", RehearsalClient.object());
        for (String cell : CELLS) {
            client.execute(cell);
        }
        ObjectNode cursor = RehearsalClient.object();
        cursor.put("code", "text.sub").put("cursor_pos", 8).put("detail_level", 0);
        client.ask("complete_request", cursor);
        client.ask("inspect_request", cursor);
        client.ask("is_complete_request", RehearsalClient.object().put("code", "int f() {"));
        client.control("shutdown_request", RehearsalClient.object().put("restart", false));
    }

    private static ObjectNode connection() throws IOException {
        ObjectNode connection = RehearsalClient.object();
        connection.put("transport", "tcp").put("ip", "127.0.0.1").put("signature_scheme", "hmac-sha256");
        connection.put("key", UUID.randomUUID().toString()).put("kernel_name", "dagshell");
        List<ServerSocket> held = new ArrayList<>();
        for (String port : PORTS) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            connection.put(port, socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return connection;
    }
}
