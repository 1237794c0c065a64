package io.dagshell.kernel.channel;

import io.dagshell.kernel.protocol.Message;

/** Takes what arrives. Called on the sockets' thread: it may not wait. */
public interface Inbox {

    /** A message that is well formed and signed. */
    void received(Channel channel, Message message);

    /** A client listens to iopub from now on. */
    void subscribed(String topic);
}
