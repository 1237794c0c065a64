package io.dagshell.kernel.channel;

import io.dagshell.kernel.protocol.BadMessage;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Draft;
import io.dagshell.kernel.protocol.Wire;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQ.Poller;
import org.zeromq.ZMQ.Socket;

/**
 * A kernel's five sockets.
 *
 * <pre>{@code
 * Channels channels = Channels.bind(connection, wire);
 * channels.start(inbox);
 * channels.send(Channel.IOPUB, draft);
 * }</pre>
 *
 * <p>One thread owns the sockets and waits, without a timeout, for a message or for something to send. Anything bad that
 * arrives is logged and dropped. {@link #send} may be called by any thread and never waits; nothing is dropped, since
 * the high-water marks are off.
 */
public final class Channels implements AutoCloseable {
    /** Messages of one socket before the others are looked at again. */
    private static final int TURN = 64;
    /** How long what was sent may take to leave at the end. */
    private static final int LINGER_MILLIS = 500;

    private final Wire wire;
    private final ZContext context = new ZContext();
    private final Map<Channel, Socket> sockets = new EnumMap<>(Channel.class);
    private final Outbox outbox;
    private volatile boolean closing;
    private @Nullable Thread thread;

    private Channels(Wire wire, Outbox outbox) {
        this.wire = wire;
        this.outbox = outbox;
    }

    /**
     * Binds all sockets; what clients send waits for {@link #start}.
     *
     * @throws org.zeromq.ZMQException a port is taken
     */
    public static Channels bind(Connection connection, Wire wire) throws IOException {
        Channels channels = new Channels(wire, new Outbox());
        for (Channel channel : Channel.values()) {
            Socket socket = channels.context.createSocket(channel.type());
            socket.setLinger(LINGER_MILLIS);
            socket.setRcvHWM(0);
            socket.setSndHWM(0);
            if (channel == Channel.IOPUB) {
                socket.setXpubVerbose(true);
            }
            if (channel.type() == org.zeromq.SocketType.ROUTER) {
                // a client that comes back under its identity takes the place of its dead connection
                socket.setRouterHandover(true);
            }
            socket.bind(connection.address(channel.port(connection.ports())));
            channels.sockets.put(channel, socket);
        }
        return channels;
    }

    /** Begins to hand messages to {@code inbox}. */
    public void start(Inbox inbox) {
        Thread started = new Thread(() -> loop(inbox), "channels");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Sends a message, in the order of calls. */
    public void send(Channel channel, Draft draft) {
        outbox.add(new Outbox.Parcel(channel, wire.encode(draft)));
    }

    private void loop(Inbox inbox) {
        Poller poller = context.createPoller(sockets.size() + 1);
        List<Channel> order = List.copyOf(sockets.keySet());
        order.forEach(channel -> poller.register(socket(channel), Poller.POLLIN));
        int signal = poller.register(outbox.signal(), Poller.POLLIN);
        while (!closing) {
            try {
                poller.poll(-1);
                if (poller.pollin(signal)) {
                    outbox.hear();
                }
                send();
                for (int i = 0; i < order.size(); i++) {
                    if (poller.pollin(i)) {
                        take(order.get(i), inbox);
                    }
                }
            } catch (RuntimeException | Error atTheEdge) {
                System.getLogger(Channels.class.getName()).log(Level.ERROR, "a message was lost", atTheEdge);
            }
        }
        send();
        context.close();
    }

    private Socket socket(Channel channel) {
        Socket socket = sockets.get(channel);
        if (socket == null) {
            throw new IllegalStateException("no socket for " + channel);
        }
        return socket;
    }

    private void send() {
        for (Outbox.Parcel parcel = outbox.next(); parcel != null; parcel = outbox.next()) {
            send(socket(parcel.channel()), parcel.frames());
        }
    }

    private static void send(Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    private void take(Channel channel, Inbox inbox) {
        Socket socket = socket(channel);
        for (int i = 0; i < TURN; i++) {
            List<byte[]> frames = frames(socket);
            if (frames.isEmpty()) {
                return;
            }
            try {
                deliver(channel, socket, frames, inbox);
            } catch (BadMessage bad) {
                System.getLogger(Channels.class.getName())
                        .log(Level.WARNING, "dropped what came on {0}: {1}", channel, bad.getMessage());
            } catch (RuntimeException | StackOverflowError atTheEdge) {
                System.getLogger(Channels.class.getName())
                        .log(Level.WARNING, "dropped what came on " + channel, atTheEdge);
            }
        }
    }

    private static List<byte[]> frames(Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv(ZMQ.DONTWAIT);
        while (frame != null) {
            frames.add(frame);
            frame = socket.hasReceiveMore() ? socket.recv() : null;
        }
        return frames;
    }

    private void deliver(Channel channel, Socket socket, List<byte[]> frames, Inbox inbox) throws BadMessage {
        switch (channel) {
            case HEARTBEAT -> send(socket, frames);
            case IOPUB -> subscription(frames.get(0), inbox);
            case CONTROL, STDIN, SHELL -> inbox.received(channel, wire.decode(frames));
        }
    }

    /** A byte 1 and the topic, or a byte 0 when the subscriber leaves. */
    private static void subscription(byte[] frame, Inbox inbox) {
        if (frame.length > 0 && frame[0] == 1) {
            inbox.subscribed(new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8));
        }
    }

    /** Sends what is still to be sent and closes the sockets; waits a second at most. */
    @Override
    public void close() throws IOException {
        closing = true;
        outbox.wake();
        Thread running = thread;
        if (running == null) {
            context.close();
        } else {
            try {
                running.join(2L * LINGER_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        outbox.close();
    }
}
