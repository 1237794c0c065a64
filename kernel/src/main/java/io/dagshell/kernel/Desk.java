package io.dagshell.kernel;

import io.dagshell.kernel.channel.Channel;
import io.dagshell.kernel.channel.Channels;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.channel.Inbox;
import io.dagshell.kernel.protocol.BadMessage;
import io.dagshell.kernel.protocol.Message;
import io.dagshell.kernel.protocol.Request;
import java.lang.System.Logger.Level;

/** Gives every request to who answers it. Answers at once what needs neither the session nor a file. */
final class Desk implements Inbox {
    private static final System.Logger LOG = System.getLogger(Desk.class.getName());

    private final Channels channels;
    private final Activity activity;
    private final StandardInput input;
    private final CellQueue cells;
    private final Assistant assistant;
    private final Controller controller;
    private final KernelFacts facts;

    Desk(
            Channels channels,
            Activity activity,
            StandardInput input,
            CellQueue cells,
            Assistant assistant,
            Controller controller,
            KernelFacts facts) {
        this.channels = channels;
        this.activity = activity;
        this.input = input;
        this.cells = cells;
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
            LOG.log(Level.WARNING, "dropped a request on {0}: {1}", channel, bad.getMessage());
        }
    }

    private void dispatch(Exchange exchange, Request request) {
        if (request instanceof Request.InTurn inTurn) {
            cells.add(exchange, inTurn);
        } else if (request instanceof Request.Beside beside) {
            assistant.add(exchange, beside);
        } else if (request instanceof Request.Control control) {
            controller.add(exchange, control);
        } else if (request instanceof Request.Fact fact) {
            activity.aside(exchange, () -> exchange.reply(facts.answer(fact)));
        }
    }

    @Override
    public void subscribed(String topic) {
        LOG.log(Level.DEBUG, "somebody listens to ''{0}''", topic);
    }
}
