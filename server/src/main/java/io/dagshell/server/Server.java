package io.dagshell.server;

import io.dagshell.engine.home.Home;
import io.dagshell.server.web.Dashboard;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunStore;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * A running server. Routes come in {@link Routes}, one class per part of the house; this one opens the door and holds
 * what lives as long as the process.
 *
 * <pre>{@code
 * try (Server server = Server.start(ServerSettings.local(4200), Home.ofEnvironment())) {
 *     System.out.println(server.entrance());
 *     …
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
    private final Javalin javalin;
    private final RunStore runs;
    private final URI url;
    private final String token;

    private Server(Javalin javalin, RunStore runs, URI url, String token) {
        this.javalin = javalin;
        this.runs = runs;
        this.url = url;
        this.token = token;
    }

    /**
     * Opens the store of {@code home} and listens.
     *
     * @throws IOException the address is taken, or the home folder cannot be written
     */
    public static Server start(ServerSettings settings, Home home) throws IOException {
        String token = ServerFile.token(home);
        RunStore runs = RunStore.open(home.database());
        try {
            List<Routes> routes = List.of(
                    new Health(runs), new Dashboard(runs, LocalBlocks.open(home.blocks()), Clock.systemUTC())::add);
            Javalin javalin = Javalin.create(config -> configure(config, new Guard(token, settings.open()), routes));
            javalin.start(settings.address().getHostAddress(), settings.port());
            URI url = URI.create("http://" + host(settings) + ":" + javalin.port());
            new ServerFile(url, token).write(home);
            return new Server(javalin, runs, url, token);
        } catch (IOException | RuntimeException failed) {
            runs.close();
            throw failed;
        }
    }

    private static String host(ServerSettings settings) {
        String address = settings.address().getHostAddress();
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static void configure(JavalinConfig config, Guard guard, List<Routes> routes) {
        config.startup.showJavalinBanner = false;
        config.routes.before(guard::check);
        routes.forEach(each -> each.add(config.routes));
    }

    /** Where it answers. */
    public URI url() {
        return url;
    }

    /** The address that lets a browser in. */
    public URI entrance() {
        return url.resolve("/?token=" + token);
    }

    @Override
    public void close() {
        javalin.stop();
        runs.close();
    }
}
