package io.dagshell.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server proves itself with.
 *
 * @param certificate PEM file: the server's own certificate first, then those of the authorities between it and one
 *     that clients know
 * @param key PEM file of its private key, RSA or elliptic curve, without a password
 */
public record ServerCertificate(Path certificate, Path key) {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    /** Files are looked at from any folder. */
    public ServerCertificate {
        certificate = certificate.toAbsolutePath();
        key = key.toAbsolutePath();
    }

    /** What the files hold now: a key that is the certificate's, which is valid today. */
    record Content(List<X509Certificate> chain, PrivateKey key) {
        Content {
            chain = List.copyOf(chain);
        }

        KeyStore store() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(new Certificate[0]));
            return store;
        }
    }

    /**
     * Looks whether a server can start with these files.
     *
     * @throws IOException it cannot; says which file and what to do
     */
    public void check() throws IOException {
        read();
    }

    Content read() throws IOException {
        try {
            List<X509Certificate> chain = certificates(certificate);
            chain.get(0).checkValidity();
            PrivateKey secret = PemKey.read(key);
            if (!belong(secret, chain.get(0))) {
                throw new IOException("The key in " + key + " is not that of the first certificate in " + certificate
                        + ". The server's own certificate comes first, its authorities after it.");
            }
            return new Content(chain, secret);
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    "There is no file " + missing.getFile() + " (--tls-certificate, --tls-key).", missing);
        } catch (CertificateExpiredException over) {
            throw new IOException("The certificate in " + certificate + " has expired: renew it.", over);
        } catch (CertificateNotYetValidException early) {
            throw new IOException(
                    "The certificate in " + certificate + " is not valid yet: is the clock of this machine right?",
                    early);
        } catch (GeneralSecurityException unknown) {
            throw new IOException("The certificate in " + certificate + " cannot be used: " + unknown.getMessage());
        }
    }

    /**
     * The certificates in a PEM file, one or more.
     *
     * @throws IOException there are none, or no such file
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException unreadable) {
            // Said below.
        }
        throw new IOException("There is no certificate in " + file
                + ": it is a PEM file with parts that begin with -----BEGIN CERTIFICATE-----.");
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        byte[] word = "dagshell".getBytes(StandardCharsets.US_ASCII);
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(word);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(word);
        return signature.verify(signed);
    }

    /**
     * The name or address of this machine that clients can use: {@code address} if the certificate has it, or else
     * {@code localhost}, the first full name it has, or {@code address} after all.
     */
    public String host(InetAddress address) throws IOException {
        X509Certificate own = certificates(certificate).get(0);
        String listened = address.getHostAddress();
        if (names(own, ADDRESS).contains(listened)) {
            return listened;
        }
        List<String> names = names(own, DNS_NAME);
        if (names.contains("localhost")) {
            return "localhost";
        }
        Optional<String> full =
                names.stream().filter(name -> !name.contains("*")).findFirst();
        return full.orElse(listened);
    }

    private static List<String> names(X509Certificate certificate, int kind) throws IOException {
        try {
            Collection<List<?>> all = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
            return all.stream()
                    .filter(each -> each.get(0).equals(kind))
                    .map(each -> String.valueOf(each.get(1)))
                    .toList();
        } catch (GeneralSecurityException odd) {
            throw new IOException("The names in the certificate cannot be read: " + odd.getMessage(), odd);
        }
    }
}
