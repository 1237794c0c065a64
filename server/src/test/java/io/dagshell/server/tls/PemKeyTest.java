package io.dagshell.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as OpenSSL writes them, with certificates it makes for them. */
class PemKeyTest {
    @TempDir
    Path folder;

    private Path key;
    private Path certificate;

    @BeforeEach
    void name() {
        boolean present = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        assumeThat(present).as("THE FORMATS OF OPENSSL NEED OPENSSL").isTrue();
        key = folder.resolve("key.pem");
        certificate = folder.resolve("certificate.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prime256v1", "secp384r1", "secp521r1"})
    void a_key_of_each_usual_curve_is_read_in_both_formats(String curve) throws Exception {
        openssl("ecparam", "-genkey", "-name", curve, "-out", key.toString());
        certify();
        assertThat(Files.readString(key)).contains("BEGIN EC PARAMETERS").contains("BEGIN EC PRIVATE KEY");
        assertThat(new ServerCertificate(certificate, key).read().key().getAlgorithm())
                .isEqualTo("EC");

        Path modern = folder.resolve("modern.pem");
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", key.toString(), "-out", modern.toString());
        assertThat(Files.readString(modern)).contains("BEGIN PRIVATE KEY");
        new ServerCertificate(certificate, modern).check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2048", "4096"})
    void an_rsa_key_is_read_in_both_formats(String bits) throws Exception {
        openssl("genrsa", "-traditional", "-out", key.toString(), bits);
        certify();
        assertThat(Files.readString(key)).contains("BEGIN RSA PRIVATE KEY");
        assertThat(new ServerCertificate(certificate, key).read().key().getAlgorithm())
                .isEqualTo("RSA");

        Path modern = folder.resolve("modern.pem");
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", key.toString(), "-out", modern.toString());
        new ServerCertificate(certificate, modern).check();
    }

    @Test
    void a_key_with_a_password_and_one_of_another_kind_are_refused() throws Exception {
        openssl("genrsa", "-traditional", "-aes128", "-passout", "pass:word", "-out", key.toString(), "2048");
        assertThatThrownBy(() -> PemKey.read(key)).hasMessageContaining("openssl pkey -in " + key);
        openssl("genpkey", "-algorithm", "X25519", "-out", key.toString());
        assertThatThrownBy(() -> PemKey.read(key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither an RSA key nor one of an elliptic curve");
    }

    private void certify() throws Exception {
        openssl("req", "-x509", "-new", "-key", key.toString(), "-subj", "/CN=here", "-out", certificate.toString());
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
