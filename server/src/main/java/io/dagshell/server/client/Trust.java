package io.dagshell.server.client;

import io.dagshell.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Connections to servers whose certificates are in a PEM file, or of an authority that is in it; without a file, of one
 * that the JVM knows. Guarded by itself.
 */
final class Trust {
    private final Optional<Path> file;
    private byte[] read = {};
    private HttpClient client;

    /** @throws IOException there are no certificates in the file */
    Trust(Optional<Path> file) throws IOException {
        this.file = file;
        this.client = made();
    }

    Optional<Path> file() {
        return file;
    }

    synchronized HttpClient client() {
        return client;
    }

    /** Reads the file again; whether there is something else in it now. */
    synchronized boolean renewed() throws IOException {
        if (file.isEmpty() || Arrays.equals(read, Files.readAllBytes(file.get()))) {
            return false;
        }
        client = made();
        return true;
    }

    private HttpClient made() throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        if (file.isPresent()) {
            read = Files.readAllBytes(file.get());
            builder.sslContext(context(file.get()));
        }
        return builder.build();
    }

    private static SSLContext context(Path file) throws IOException {
        try {
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            for (X509Certificate each : ServerCertificate.certificates(file)) {
                known.setCertificateEntry("" + known.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException odd) {
            throw new IOException("The certificates in " + file + " cannot be used: " + odd.getMessage(), odd);
        }
    }
}
