package io.dagshell.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Lets connections in that speak TLS, with the certificate that is in the files now: one thread looks every
 * {@value #EVERY_SECONDS} seconds, and connections made from then on see the new one. Files that are half written or do
 * not belong together are passed over until they do. Thread-safe.
 */
public final class TlsDoor implements AutoCloseable {
    private static final long EVERY_SECONDS = 2;

    private final ServerCertificate certificate;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-certificate");
        thread.setDaemon(true);
        return thread;
    });

    /** Of the thread alone, once it runs. */
    private ServerCertificate.Content shown;

    private String told = "";

    /** @throws IOException the files do not do; says which and what to do */
    public TlsDoor(ServerCertificate certificate) throws IOException {
        this.certificate = certificate;
        this.shown = certificate.read();
        show(tls, shown);
        thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** One that tells plain HTTP from TLS, so that somebody who wrote {@code http://} can be told. */
    public ServerConnector connector(Server server, HttpConfiguration http) {
        // The client checks the name; a second check here would refuse addresses that the client takes.
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory inner = new HttpConnectionFactory(http);
        SslConnectionFactory outer = new SslConnectionFactory(tls, inner.getProtocol());
        return new ServerConnector(server, new DetectorConnectionFactory(outer), inner);
    }

    private void look() {
        try {
            ServerCertificate.Content now = certificate.read();
            if (!now.equals(shown)) {
                tls.reload(factory -> show(factory, now));
                shown = now;
                System.getLogger(TlsDoor.class.getName())
                        .log(
                                System.Logger.Level.INFO,
                                "the certificate in " + certificate.certificate() + " was renewed");
            }
            told = "";
        } catch (Exception later) {
            String why = String.valueOf(later.getMessage());
            if (!why.equals(told)) {
                told = why;
                System.getLogger(TlsDoor.class.getName())
                        .log(System.Logger.Level.WARNING, "the former certificate is still used: " + why);
            }
        }
    }

    private static void show(SslContextFactory factory, ServerCertificate.Content content) {
        try {
            factory.setKeyStore(content.store());
            factory.setKeyManagerPassword("");
            factory.setKeyStorePassword("");
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("A store of keys cannot be made in memory.", impossible);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
