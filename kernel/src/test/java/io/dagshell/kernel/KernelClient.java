package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.BadMessage;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Draft;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Message;
import io.dagshell.kernel.protocol.Signature;
import io.dagshell.kernel.protocol.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The other side of the protocol over real sockets. */
final class KernelClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ZContext context = new ZContext();
    private final Wire wire;
    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket stdin;
    final ZMQ.Socket iopub;
    final ZMQ.Socket heartbeat;

    KernelClient(Connection connection) {
        this(connection, true);
    }

    /** One that does not listen to iopub. */
    static KernelClient deaf(Connection connection) {
        return new KernelClient(connection, false);
    }

    private KernelClient(Connection connection, boolean listens) {
        wire = new Wire(Signature.of(connection));
        Connection.Ports ports = connection.ports();
        shell = connect(SocketType.DEALER, connection, ports.shell());
        control = connect(SocketType.DEALER, connection, ports.control());
        stdin = connect(SocketType.DEALER, connection, ports.stdin());
        iopub = connect(SocketType.SUB, connection, ports.iopub());
        if (listens) {
            iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        }
        heartbeat = connect(SocketType.REQ, connection, ports.heartbeat());
    }

    static Connection connection() throws IOException {
        int[] ports = new int[5];
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            ports[i] = taken.get(i).getLocalPort();
        }
        for (ServerSocket socket : taken) {
            socket.close();
        }
        Connection.Ports numbers = new Connection.Ports(ports[0], ports[1], ports[2], ports[3], ports[4]);
        return new Connection("tcp", "127.0.0.1", numbers, "hmac-sha256", "secret");
    }

    private ZMQ.Socket connect(SocketType type, Connection connection, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.setIdentity("client".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        socket.connect(connection.address(port));
        return socket;
    }

    void send(ZMQ.Socket socket, String type, ObjectNode content) {
        sendFrames(socket, wire.encode(new Draft(List.of(), type, Json.object(), Json.object(), content, List.of())));
    }

    static void sendFrames(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    /** Sends and returns the next message of that socket. */
    Message ask(ZMQ.Socket socket, String type, ObjectNode content) {
        send(socket, type, content);
        return next(socket);
    }

    ObjectNode execute(String code) {
        return ask(shell, "execute_request", cell(code)).content();
    }

    static ObjectNode cell(String code) {
        return Json.object().put("code", code);
    }

    Message next(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                throw new AssertionError("nothing came");
            }
            frames.add(frame);
        } while (socket.hasReceiveMore());
        try {
            return wire.decode(frames);
        } catch (BadMessage bad) {
            throw new AssertionError(bad);
        }
    }

    /** What is published up to and with the first that fits. */
    List<Message> published(Predicate<Message> last) {
        List<Message> all = new ArrayList<>();
        do {
            all.add(next(iopub));
        } while (!last.test(all.get(all.size() - 1)));
        return all;
    }

    static boolean isIdle(Message message) {
        return message.content().path("execution_state").asText().equals("idle");
    }

    @Override
    public void close() {
        context.close();
    }
}
