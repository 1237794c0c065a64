package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.LocalBlocks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlocksPageTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Home home;
    private Server server;
    private LocalBlocks blocks;

    @BeforeEach
    void start() throws IOException {
        home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        blocks = LocalBlocks.open(home.blocks());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void without_blocks_it_tells_what_to_type() throws Exception {
        assertThat(get("/blocks")).contains("dagshell block set").contains("New lantern");
    }

    @Test
    void a_secret_never_comes_back_and_stays_unless_something_is_typed() throws Exception {
        post("/blocks", "type=lantern&name=hall-light&field-place=hall&field-key=sesame");
        assertThat(get("/blocks")).contains("lantern(&#34;hall-light&#34;)").doesNotContain("sesame");
        assertThat(get("/blocks/hall-light")).contains("value=\"hall\"").doesNotContain("sesame");

        post("/blocks", "type=lantern&name=hall-light&field-place=porch&field-key=");
        assertThat(blocks.find(new BlockName("hall-light")).orElseThrow().fields())
                .isEqualTo(Map.of("place", "porch", "key", "sesame"));
    }

    @Test
    void what_does_not_fit_is_said_and_nothing_is_kept() throws Exception {
        HttpResponse<String> answer = post("/blocks", "type=lantern&name=Hall+Light&field-key=sesame");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("place is missing")
                .contains("a block name is")
                .doesNotContain("sesame");
        assertThat(blocks.all()).isEmpty();
    }

    @Test
    void a_test_says_whether_it_works_as_text() throws Exception {
        blocks.set(new BlockName("bright"), "lantern", Map.of("place", "hall", "key", "sesame"));
        blocks.set(new BlockName("dark"), "lantern", Map.of("place", "hall"));

        assertThat(post("/blocks/bright/test", "").body()).contains("Works").contains("&lt;b&gt;");
        assertThat(post("/blocks/dark/test", "").body()).contains("Does not work");
        assertThat(post("/blocks/none/test", "").body()).contains("There is no such block");
    }

    @Test
    void a_block_is_removed() throws Exception {
        blocks.set(new BlockName("dark"), "lantern", Map.of("place", "hall"));
        post("/blocks/dark/remove", "");

        assertThat(blocks.all()).isEmpty();
    }

    private String get(String path) throws Exception {
        return client.send(at(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return client.send(
                at(path).header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) throws IOException {
        String token = ServerFile.read(home).orElseThrow().token();
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token);
    }
}
