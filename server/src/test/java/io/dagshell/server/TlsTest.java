package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.dagshell.engine.home.Home;
import io.dagshell.server.TestAuthority.Issued;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsTest {
    private static final String HERE = "ip:127.0.0.1";

    @TempDir
    Path folder;

    private Home home;
    private TestAuthority authority;

    @BeforeEach
    void make() throws Exception {
        home = new Home(folder.resolve("home"), folder.resolve("cache"));
        authority = new TestAuthority(folder.resolve("authority"));
    }

    private Server start(Issued issued) throws IOException {
        return Server.start(
                ServerSettings.local(0).withCertificate(new ServerCertificate(issued.certificate(), issued.key())),
                home);
    }

    /** A client of another machine: it has the address and the token, not the server's files. */
    private ApiClient elsewhere(URI url, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("DAGSHELL_API_URL", url.toString());
        environment.put(
                "DAGSHELL_API_TOKEN",
                ServerFile.read(home).map(ServerFile::token).orElse("none"));
        return ApiClient.of(new Home(folder.resolve("other"), folder.resolve("cache")), environment);
    }

    private Map<String, String> known() {
        return Map.of("DAGSHELL_CA", authority.file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void clients_reach_it_with_their_authority_and_those_of_its_machine_without(String algorithm) throws Exception {
        try (Server server = start(authority.issue("server", algorithm, HERE))) {
            assertThat(server.url()).hasScheme("https").hasHost("127.0.0.1");
            assertThat(elsewhere(server.url(), known()).get("/api/deployments").toString())
                    .isEqualTo("{\"deployments\":[]}");
            assertThat(ApiClient.of(home, Map.of()).get("/api/deployments").toString())
                    .isEqualTo("{\"deployments\":[]}");
        }
    }

    @Test
    void it_calls_itself_by_a_name_that_its_certificate_has() throws Exception {
        Issued both = authority.issue("local", "EC", "dns:*.example.org,dns:localhost,dns:flows.example.org");
        Issued full = authority.issue("full", "EC", "dns:*.example.org,dns:flows.example.org");
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");

        assertThat(new ServerCertificate(both.certificate(), both.key()).host(everywhere))
                .isEqualTo("localhost");
        assertThat(new ServerCertificate(full.certificate(), full.key()).host(everywhere))
                .isEqualTo("flows.example.org");
        try (Server server = start(both)) {
            assertThat(ApiClient.of(home, Map.of()).get("/api/deployments").has("deployments"))
                    .isTrue();
            assertThat(server.url()).hasHost("localhost");
        }
    }

    @Test
    void a_client_that_does_not_know_the_authority_says_what_to_set() throws Exception {
        TestAuthority stranger = new TestAuthority(folder.resolve("stranger"));
        try (Server server = start(authority.issue("server", "EC", HERE))) {
            assertThatThrownBy(() -> elsewhere(server.url(), Map.of()).get("/api/deployments"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The certificate of the server at " + server.url() + " is of an authority that is not"
                            + " known here: set DAGSHELL_CA to the PEM file with the certificate of that authority.");
            assertThatThrownBy(() -> elsewhere(server.url(), Map.of("DAGSHELL_CA", stranger.file.toString()))
                            .get("/api/deployments"))
                    .hasMessageContaining("is neither in " + stranger.file + " nor of an authority that is");
        }
        assertThatThrownBy(() -> elsewhere(URI.create("https://localhost"), Map.of("DAGSHELL_CA", "/none.pem")))
                .hasMessage("There is no file /none.pem that can be read (DAGSHELL_CA).");
        assertThatThrownBy(() -> elsewhere(
                        URI.create("https://localhost"),
                        Map.of(
                                "DAGSHELL_CA",
                                Files.writeString(folder.resolve("text.pem"), "text")
                                        .toString())))
                .hasMessageContaining("There is no certificate in " + folder.resolve("text.pem"));
    }

    @Test
    void a_certificate_with_another_name_is_refused_with_the_name() throws Exception {
        try (Server server = start(authority.issue("server", "EC", "dns:flows.example.org,dns:localhost"))) {
            URI address = URI.create("https://127.0.0.1:" + server.url().getPort());
            assertThatThrownBy(() -> elsewhere(address, known()).get("/api/deployments"))
                    .hasMessage("The certificate of the server at " + address + " does not have the name '127.0.0.1':"
                            + " set DAGSHELL_API_URL to a name that it has, or give the server one with this name.");
        }
    }

    @Test
    void a_certificate_that_has_expired_is_refused_by_clients_and_at_the_start() throws Exception {
        Issued old = authority.issue("old", "EC", HERE, "-startdate", "-10d", "-validity", "5");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(showing("old")));
        server.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
            assertThatThrownBy(() -> elsewhere(url, known()).get("/api/deployments"))
                    .hasMessageContaining("The certificate of the server at " + url + " has expired (NotAfter:")
                    .hasMessageContaining("renew its file there");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> start(old)).hasMessageContaining("old.pem has expired: renew it.");
    }

    private SSLContext showing(String alias) throws Exception {
        KeyStore all = authority.keys();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, "changeit".toCharArray()), new char[0], new Certificate[] {
            all.getCertificate(alias)
        });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void who_mistakes_http_for_https_is_told() throws Exception {
        try (Server server = start(authority.issue("server", "EC", HERE))) {
            URI plain = URI.create("http://127.0.0.1:" + server.url().getPort());
            assertThatThrownBy(() -> elsewhere(plain, Map.of()).get("/api/deployments"))
                    .hasMessageContaining("This server speaks TLS only: write https://127.0.0.1:");
        }
        try (Server bare = Server.start(ServerSettings.local(0), home)) {
            URI url = URI.create("https://127.0.0.1:" + bare.url().getPort());
            assertThatThrownBy(() -> elsewhere(url, Map.of()).get("/api/deployments"))
                    .hasMessageContaining("does not speak TLS: write http:// for https://");
        }
    }

    @Test
    void the_cookie_is_sent_over_tls_only_and_changes_come_from_own_pages() throws Exception {
        SSLContext trusting = trusting();
        HttpClient browser = HttpClient.newBuilder().sslContext(trusting).build();
        try (Server server = start(authority.issue("server", "EC", HERE))) {
            String cookie = browser.send(
                            HttpRequest.newBuilder(server.entrance()).build(), HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();
            HttpRequest.Builder change = HttpRequest.newBuilder(server.url())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .header("Cookie", cookie.substring(0, cookie.indexOf(';')));

            assertThat(cookie).contains("Secure").contains("HttpOnly").contains("SameSite=Strict");
            assertThat(status(
                            browser, change.copy().header("Origin", server.url().toString())))
                    .isEqualTo(405);
            assertThat(status(
                            browser,
                            change.copy()
                                    .header(
                                            "Origin",
                                            "http" + server.url().toString().substring(5))))
                    .isEqualTo(403);
        }
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private SSLContext trusting() throws Exception {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("authority", authority.keys().getCertificate("authority"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void a_renewed_certificate_is_shown_without_a_restart_and_known_clients_go_on() throws Exception {
        Issued first = authority.selfSigned("first", HERE);
        Issued second = authority.selfSigned("second", HERE);
        try (Server server = start(first)) {
            ApiClient before = ApiClient.of(home, Map.of());
            before.get("/api/deployments");
            ApiClient later = elsewhere(
                    server.url(), Map.of("DAGSHELL_CA", second.certificate().toString()));
            assertThatThrownBy(() -> later.get("/api/deployments")).hasMessageContaining("is neither in");

            // Half a renewal changes nothing.
            Files.copy(second.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
            TimeUnit.SECONDS.sleep(3);
            elsewhere(server.url(), Map.of("DAGSHELL_CA", first.certificate().toString()))
                    .get("/api/deployments");

            Files.copy(second.certificate(), first.certificate(), StandardCopyOption.REPLACE_EXISTING);
            until(() -> later.get("/api/deployments"));
            assertThat(before.get("/api/deployments").has("deployments")).isTrue();
        }
    }

    private interface Attempt {
        Object make() throws Exception;
    }

    private static void until(Attempt attempt) throws Exception {
        for (int i = 0; i < 600; i++) {
            try {
                attempt.make();
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        attempt.make();
    }

    @Test
    void files_that_do_not_do_are_refused_with_their_names() throws Exception {
        Issued one = authority.issue("one", "RSA", HERE);
        Issued other = authority.issue("other", "RSA", HERE);
        Path text = Files.writeString(folder.resolve("text.pem"), "text");
        Path secret = Files.writeString(
                folder.resolve("secret.pem"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");

        refused(new Issued(one.certificate(), other.key()), "other-key.pem is not that of the first certificate in");
        refused(new Issued(text, one.key()), "There is no certificate in " + text);
        refused(new Issued(one.certificate(), text), "There is no private key in " + text);
        refused(new Issued(one.certificate(), secret), "The key in " + secret + " has a password.");
        refused(new Issued(one.certificate(), folder.resolve("none")), "There is no file " + folder.resolve("none"));
        assertThat(ServerFile.read(home)).isEmpty();
    }

    private void refused(Issued files, String why) {
        assertThatThrownBy(() -> start(files)).isInstanceOf(IOException.class).hasMessageContaining(why);
    }

    @Test
    void other_machines_may_come_in_over_tls() throws Exception {
        Issued issued = authority.issue("server", "EC", HERE);
        ServerSettings settings = ServerSettings.local(0)
                .withCertificate(new ServerCertificate(issued.certificate(), issued.key()))
                .withAddress(InetAddress.getByName("0.0.0.0"));

        assertThat(settings.open()).isFalse();
        try (Server server = Server.start(settings, home)) {
            URI url = URI.create("https://127.0.0.1:" + server.url().getPort());
            assertThat(elsewhere(url, known()).get("/api/deployments").has("deployments"))
                    .isTrue();
        }
        assertThat(settings.certificate()).isNotEqualTo(Optional.empty());
    }
}
