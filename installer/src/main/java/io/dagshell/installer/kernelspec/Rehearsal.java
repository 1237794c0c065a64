package io.dagshell.installer.kernelspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.kernel.KernelProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A kernel and its client in one process: what a person's first minutes load is loaded, so it can be archived. */
public final class Rehearsal {
    private static final int PATIENCE_MILLIS = 60_000;
    /** So often that the compiler of cells is compiled itself, and the archive knows by which compiler. */
    private static final int ROUNDS = 25;

    private static final List<String> PORTS =
            List.of("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port");
    private static final List<String> CELLS = List.of(
            "1 + 1",
            "String s0 = \"abc\";",
            "int twice(int x) { return 2 * x; }\ntwice(21)",
            "record Point(int x, int y) {}\nvar points = List.of(new Point(1, 2));\npoints",
            "for (int i = 0; i < 1000; i++) System.out.println(\"line \" + i);",
            "System.err.println(\"to stderr\");",
            "int broken = \"text\";",
            "int zero = 0;\n1 / zero",
            "import java.util.stream.*;\nStream.of(1, 2, 3).map(n -> n * n).collect(Collectors.toList())",
            "display(\"<b>bold</b>\", \"text/html\");",
            "%lsmagic",
            "%%task\nint plus(int a, int b) {\n    return a + b;\n}",
            "%%flow\nint sum() {\n    return plus(1, 2);\n}",
            "sum()");

    private Rehearsal() {}

    /** Runs it to its end. */
    public static void run() throws Exception {
        Path file = Files.createTempFile("rehearsal-", ".json");
        try {
            JsonNode connection = connection();
            Files.write(file, new ObjectMapper().writeValueAsBytes(connection));
            FutureTask<Integer> kernel = start(() -> KernelProcess.run(file, () -> {}));
            try (RehearsalClient client = new RehearsalClient(connection, PATIENCE_MILLIS)) {
                drive(client);
            }
            kernel.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            Files.delete(file);
        }
    }

    private static FutureTask<Integer> start(Callable<Integer> kernel) {
        FutureTask<Integer> task = new FutureTask<>(kernel);
        Thread thread = new Thread(task, "rehearsed kernel");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void drive(RehearsalClient client) throws IOException {
        client.ask("kernel_info_request", RehearsalClient.object());
        for (String cell : CELLS) {
            client.execute(cell);
        }
        for (int round = 0; round < ROUNDS; round++) {
            client.execute("1 + " + round);
            client.execute("int f" + round + "(int x) { return x + 1; }\nf" + round + "(1)");
            client.execute("%%task\nint task" + round + "(int x) {\n    return x + 1;\n}");
            client.ask("complete_request", question("s0.sub"));
        }
        client.ask("complete_request", question("s0.sub"));
        client.ask("complete_request", question("Strin"));
        client.ask("inspect_request", question("s0.substring").put("detail_level", 0));
        client.ask("is_complete_request", question("int f() {"));
        client.ask("history_request", RehearsalClient.object().put("hist_access_type", "tail"));
        client.control("interrupt_request", RehearsalClient.object());
        client.control("shutdown_request", RehearsalClient.object().put("restart", false));
    }

    private static ObjectNode question(String code) {
        return RehearsalClient.object().put("code", code).put("cursor_pos", code.length());
    }

    private static JsonNode connection() throws IOException {
        ObjectNode connection = RehearsalClient.object();
        connection.put("transport", "tcp").put("ip", "127.0.0.1");
        connection
                .put("signature_scheme", "hmac-sha256")
                .put("key", UUID.randomUUID().toString());
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (String port : PORTS) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                taken.add(socket);
                connection.put(port, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
        return connection;
    }
}
