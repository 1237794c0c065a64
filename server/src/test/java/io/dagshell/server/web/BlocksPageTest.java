package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.LocalBlocks;
import java.io.IOException;
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

    private Server server;
    private Visitor visitor;
    private LocalBlocks blocks;

    @BeforeEach
    void start() throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        blocks = LocalBlocks.open(home.blocks());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void without_blocks_it_tells_what_to_type() throws Exception {
        assertThat(visitor.body("/blocks")).contains("dagshell block set").contains("New lantern");
    }

    @Test
    void a_secret_never_comes_back_and_stays_unless_something_is_typed() throws Exception {
        visitor.post("/blocks", "type=lantern&name=hall-light&field-place=hall&field-key=sesame");
        assertThat(visitor.body("/blocks"))
                .contains("lantern(&#34;hall-light&#34;)")
                .doesNotContain("sesame");
        assertThat(visitor.body("/blocks/hall-light"))
                .contains("value=\"hall\"")
                .doesNotContain("sesame");

        visitor.post("/blocks", "type=lantern&name=hall-light&field-place=porch&field-key=");
        assertThat(blocks.find(new BlockName("hall-light")).orElseThrow().fields())
                .isEqualTo(Map.of("place", "porch", "key", "sesame"));
    }

    @Test
    void what_does_not_fit_is_said_and_nothing_is_kept() throws Exception {
        HttpResponse<String> answer = visitor.post("/blocks", "type=lantern&name=Hall+Light&field-key=sesame");

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

        assertThat(visitor.post("/blocks/bright/test", "").body())
                .contains("Works")
                .contains("&lt;b&gt;");
        assertThat(visitor.post("/blocks/dark/test", "").body()).contains("Does not work");
        assertThat(visitor.post("/blocks/none/test", "").body()).contains("There is no such block");
    }

    @Test
    void a_block_is_removed() throws Exception {
        blocks.set(new BlockName("dark"), "lantern", Map.of("place", "hall"));
        visitor.post("/blocks/dark/remove", "");

        assertThat(blocks.all()).isEmpty();
    }
}
