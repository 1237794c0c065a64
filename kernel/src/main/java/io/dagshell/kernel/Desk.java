package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Channel;
import io.dagshell.kernel.channel.Channels;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.channel.Inbox;
import io.dagshell.kernel.protocol.BadMessage;
import io.dagshell.kernel.protocol.Draft;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Message;
import io.dagshell.kernel.protocol.Request;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Gives every request to who answers it. Answers at once what needs neither the session nor a file. */
final class Desk implements Inbox {

    private final Channels channels;
    private final Activity activity;
    private final StandardInput input;
    private final Subshells shells;
    private final Assistant assistant;
    private final Controller controller;
    private final KernelFacts facts;
    private final FirstListener listener = new FirstListener();

    Desk(
            Channels channels,
            Activity activity,
            StandardInput input,
            Subshells shells,
            Assistant assistant,
            Controller controller,
            KernelFacts facts) {
        this.channels = channels;
        this.activity = activity;
        this.input = input;
        this.shells = shells;
        this.assistant = assistant;
        this.controller = controller;
        this.facts = facts;
    }

    @Override
    public void received(Channel channel, Message message) {
        if (channel == Channel.STDIN) {
            input.received(message);
            return;
        }
        Exchange exchange = new Exchange(channels, channel, message);
        try {
            dispatch(exchange, Request.of(message));
        } catch (BadMessage bad) {
            System.getLogger(Desk.class.getName())
                    .log(Level.WARNING, "dropped a request on {0}: {1}", channel, bad.getMessage());
        }
    }

    private void dispatch(Exchange exchange, Request request) {
        if (request instanceof Request.InTurn inTurn) {
            shells.add(exchange, inTurn, activity);
        } else if (request instanceof Request.Beside beside) {
            assistant.add(exchange, beside);
        } else if (request instanceof Request.Control control) {
            controller.add(exchange, control);
        } else if (request instanceof Request.Fact fact) {
            listener.await(() -> activity.aside(exchange, () -> exchange.reply(facts.answer(fact))));
        }
    }

    /** Greets it (JEP 65), so that a client knows that from now on it misses nothing. */
    @Override
    public void subscribed(String topic) {
        ObjectNode content = Json.object().put("subscription", topic);
        List<byte[]> to = List.of(topic.getBytes(StandardCharsets.UTF_8));
        channels.send(Channel.IOPUB, new Draft(to, "iopub_welcome", Json.object(), Json.object(), content, List.of()));
        listener.heard();
    }
}
