package io.dagshell.server.alert;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.List;

/** A kind of block that alerts can be sent through. Stateless and thread-safe. */
interface AlertChannel extends BlockType {

    /** What is wrong with these recipients, in sentences; empty is good. */
    List<String> checkRecipients(List<String> recipients);

    /**
     * Sends it, within about a quarter of a minute.
     *
     * @throws AlertException it was not taken
     */
    void send(BlockSettings settings, List<String> recipients, Alert alert) throws AlertException;
}
