package io.dagshell.blocks;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and PostgreSQL, reads the client's messages and cuts one connection where it is told to;
 * later connections pass. What the client is told and what the server did can so differ, as in a network that fails.
 */
final class CuttingProxy implements Closeable {
    /** What happens at a message of the client. */
    enum Fate {
        PASS,
        /** The server never sees it. */
        CUT_BEFORE,
        /** The server gets it, and the connection is gone before anyone knows what became of it. */
        CUT_AT_ONCE,
        /** The server has answered; the client never hears it. */
        CUT_AFTER_ANSWER
    }

    /** One message of the client: its number in the connection from 1, its kind ({@code 0} before the session). */
    record Message(int number, char kind, String text) {}

    /** Decides about the messages of one connection. */
    interface Rule {
        Fate of(Message message);
    }

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    /** Kinds the server answers: sync, query, copy done. */
    private static final Set<Character> ANSWERED = Set.of('S', 'Q', 'c');

    private final int server;
    private final ServerSocket listener;
    private final AtomicReference<@Nullable Rule> rule = new AtomicReference<>();

    CuttingProxy(int server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** One connection from here on will be cut: the one in which the rule first says so. */
    void cutOnce(Rule one) {
        rule.set(one);
    }

    /** Whether the rule has not cut yet. */
    boolean isArmed() {
        return rule.get() != null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException ended) {
                Thread.yield(); // one of the ends is closed: the connection is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> new Passage(client).carry());
        }
    }

    /** One connection; two threads, one for each way. */
    private final class Passage {
        private final Socket client;
        private final Socket toServer;
        private final DataInputStream in;
        private final OutputStream out;
        private final @Nullable Rule mine = rule.get();
        private volatile boolean deaf;
        private volatile boolean answered;
        private int number;

        Passage(Socket client) throws IOException {
            this.client = client;
            try {
                toServer = new Socket(InetAddress.getLoopbackAddress(), server);
            } catch (IOException down) {
                client.close();
                throw down;
            }
            in = new DataInputStream(client.getInputStream());
            out = toServer.getOutputStream();
        }

        void carry() throws IOException {
            start(this::answers);
            try {
                int code;
                do {
                    code = untyped();
                } while (code == SSL_REQUEST || code == GSS_REQUEST);
                while (typed()) {
                    Thread.onSpinWait();
                }
            } catch (EOFException gone) {
                cut();
            }
        }

        private int untyped() throws IOException {
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            if (!send('\0', body, ByteBuffer.allocate(length).putInt(length).put(body))) {
                throw new EOFException();
            }
            return ByteBuffer.wrap(body).getInt();
        }

        private boolean typed() throws IOException {
            byte kind = in.readByte();
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            return send(
                    (char) kind,
                    body,
                    ByteBuffer.allocate(length + 1).put(kind).putInt(length).put(body));
        }

        /** False when the connection was cut. */
        private boolean send(char kind, byte[] body, ByteBuffer bytes) throws IOException {
            number++;
            Fate fate = deaf ? Fate.CUT_AFTER_ANSWER : fate(kind, body);
            deaf = fate == Fate.CUT_AFTER_ANSWER;
            if (fate != Fate.CUT_BEFORE) {
                out.write(bytes.array());
                out.flush();
            }
            boolean last = fate == Fate.CUT_BEFORE
                    || fate == Fate.CUT_AT_ONCE
                    || deaf && (ANSWERED.contains(kind) || kind == 'd' || kind == 'X' || kind == 0);
            if (last) {
                awaitAnswer(kind);
                cut();
            }
            return !last;
        }

        private Fate fate(char kind, byte[] body) {
            Fate fate = mine == null || rule.get() != mine
                    ? Fate.PASS
                    : mine.of(new Message(number, kind, new String(body, StandardCharsets.ISO_8859_1)));
            if (fate != Fate.PASS) {
                rule.set(null);
            }
            return fate;
        }

        private void awaitAnswer(char kind) {
            long until = System.nanoTime() + 300_000_000L;
            while (deaf && ANSWERED.contains(kind) && !answered && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        private void answers() throws IOException {
            InputStream from = toServer.getInputStream();
            OutputStream to = client.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            try {
                for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
                    if (!deaf) {
                        to.write(buffer, 0, read);
                    } else if (read > 5 && buffer[read - 6] == 'Z') {
                        answered = true; // "ready for query" ends every answer
                    }
                }
            } finally {
                cut();
            }
        }

        private void cut() throws IOException {
            client.close();
            toServer.close();
        }
    }
}
