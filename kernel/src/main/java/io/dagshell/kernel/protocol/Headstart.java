package io.dagshell.kernel.protocol;

import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;

/**
 * Loads what the first message needs and what takes long: decimal numbers, which compute tables of powers, and the
 * providers of signatures and of random numbers. A person waits for a kernel's start, so it is done on a thread of its
 * own beside the reading of the connection file.
 */
public final class Headstart {

    private Headstart() {}

    /** Begins; whoever needs any of it meanwhile waits for that part, or does it itself. */
    public static void begin() {
        Thread thread = new Thread(Headstart::load, "head start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        try {
            Object number = BigDecimal.ONE;
            Object signature = Signature.signed("hmac-sha256", "key").sign(List.of());
            System.getLogger(Headstart.class.getName())
                    .log(System.Logger.Level.TRACE, "loaded", number, signature, UUID.randomUUID());
        } catch (GeneralSecurityException | RuntimeException | Error left) {
            System.getLogger(Headstart.class.getName()).log(System.Logger.Level.DEBUG, "no head start", left);
        }
    }
}
