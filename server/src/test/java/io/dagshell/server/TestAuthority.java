package io.dagshell.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of its own, whose certificates the JDK's {@code keytool} makes; its files are PEM. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";
    private final Path folder;
    private final Path store;

    /** Certificate of the authority itself. */
    final Path file;

    TestAuthority(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("authority.p12");
        keytool("authority", "EC", "-ext", "bc:c", "-validity", "3650");
        this.file = pem("authority.pem", List.of(keys().getCertificate("authority")));
    }

    /** The files a server gets. */
    record Issued(Path certificate, Path key) {}

    /** For a server of that name, such as {@code ip:127.0.0.1} or {@code dns:localhost}. */
    Issued issue(String alias, String algorithm, String name) throws Exception {
        return issue(alias, algorithm, name, "-validity", "30");
    }

    Issued issue(String alias, String algorithm, String name, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("-signer", "authority", "-ext", "san=" + name));
        words.addAll(List.of(more));
        keytool(alias, algorithm, words.toArray(new String[0]));
        return write(alias, List.of(keys().getCertificate(alias)));
    }

    /** One that no authority stands for. */
    Issued selfSigned(String alias, String name) throws Exception {
        keytool(alias, "EC", "-ext", "san=" + name, "-validity", "30");
        return write(alias, List.of(keys().getCertificate(alias)));
    }

    private Issued write(String alias, List<Certificate> chain) throws Exception {
        Key key = keys().getKey(alias, PASSWORD.toCharArray());
        Path secret = folder.resolve(alias + "-key.pem");
        Files.writeString(secret, block("PRIVATE KEY", key.getEncoded()));
        return new Issued(pem(alias + ".pem", chain), secret);
    }

    private Path pem(String name, List<Certificate> certificates) throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate each : certificates) {
            text.append(block("CERTIFICATE", each.getEncoded()));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String alias, String algorithm, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        words.addAll(List.of("-alias", alias, "-keyalg", algorithm, "-dname", "CN=" + alias));
        words.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        words.addAll(List.of(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
