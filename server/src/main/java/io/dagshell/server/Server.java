package io.dagshell.server;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Entrance;
import io.dagshell.server.access.Gate;
import io.dagshell.server.alert.AlertWatch;
import io.dagshell.server.alert.Alerting;
import io.dagshell.server.api.Api;
import io.dagshell.server.api.ChangeFeed;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.metrics.Meters;
import io.dagshell.server.metrics.Metrics;
import io.dagshell.server.tls.ServerCertificate;
import io.dagshell.server.tls.TlsDoor;
import io.dagshell.server.trace.TraceSettings;
import io.dagshell.server.trace.TraceWatch;
import io.dagshell.server.web.AccessPages;
import io.dagshell.server.web.Dashboard;
import io.dagshell.store.Database;
import io.dagshell.store.EnvironmentBlocks;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunStore;
import io.dagshell.store.access.Access;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

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
    private static final String PUBLIC_URL = "DAGSHELL_PUBLIC_URL";

    /** With so many, those that say nothing are closed sooner than after half a minute. */
    static final int MOST_CONNECTIONS = 1_000;

    /** Accept, select, and what runs when all connections are busy. */
    private static final int THREADS_BESIDE = 8;

    private static final int IDLE_WHEN_FULL_MILLIS = 2_000;
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[\\w.:\\[\\]-]+(/[\\w./~-]*)?");

    private final Deque<Runnable> closing;
    private final URI url;
    private final String token;
    private final Javalin javalin;

    private Server(Deque<Runnable> closing, URI url, String token, Javalin javalin) {
        this.closing = closing;
        this.url = url;
        this.token = token;
        this.javalin = javalin;
    }

    /**
     * Opens the store of {@code home} and listens.
     *
     * @throws IOException the address is taken, the certificate does not do, or the home folder cannot be written
     */
    public static Server start(ServerSettings settings, Home home) throws IOException {
        return start(settings, home, Database.file(home.database()));
    }

    /**
     * Listens, with all state in {@code database}, which several servers may share; it is closed with the server.
     *
     * @throws IOException the address is taken, the certificate does not do, or the home folder cannot be written
     * @throws io.dagshell.store.StoreException the database does not answer
     */
    public static Server start(ServerSettings settings, Home home, Database database) throws IOException {
        Deque<Runnable> closing = new ArrayDeque<>();
        closing.push(database::close);
        try {
            if (settings.keeping().bytes().isPresent() && database.isPostgres()) {
                throw new IllegalArgumentException(
                        "--history-limit is for a database that is a file: what PostgreSQL takes"
                                + " on its disk does not say what it holds. --keep-runs and --keep-logs are for both.");
            }
            Optional<URI> publicAddress = publicAddress(System.getenv());
            Optional<TraceSettings> traces = TraceSettings.of(System.getenv());
            database.requireKnown();
            database.check();
            String token = ServerFile.token(home);
            RunStore runs = RunStore.open(database);
            closing.push(runs::close);
            Clock clock = database.clock();
            LocalBlocks local = LocalBlocks.open(home.blocks());
            BlockSource blocks = EnvironmentBlocks.ofProcess().orElse(local);
            DeploymentServices services = DeploymentServices.on(database, blocks, clock);
            ChangeFeed feed = new ChangeFeed(runs, services.state().changes(), clock);
            Runnable endStreams = feed::close;
            closing.push(endStreams);
            AtomicReference<URI> reached = new AtomicReference<>(URI.create("http://localhost/"));
            Alerting alerting = new Alerting(services.state(), runs, blocks, reached::get);
            Gate gate = new Gate(Access.of(database, clock), settings.sessions(), clock);
            AuditTrail trail = new AuditTrail(gate);
            Entrance entrance = new Entrance(gate, trail);
            Api api = new Api(services, runs, new LibraryStore(home.libraries()), feed, alerting, gate);
            Meters meters = new Meters(clock);
            List<Routes> routes = List.of(
                    new Metrics(services.state(), database, home, meters, clock)::add,
                    new Health(database),
                    new Dashboard(runs, services, local, alerting, clock)::add,
                    new AccessPages(gate, entrance, trail, clock)::add,
                    api::add);
            Optional<TlsDoor> tls = settings.certificate().isPresent()
                    ? Optional.of(new TlsDoor(settings.certificate().get()))
                    : Optional.empty();
            tls.ifPresent(door -> closing.push(door::close));
            Javalin javalin = Javalin.create(config -> {
                configure(config, guard(settings, token, entrance), entrance, routes);
                config.jetty.addConnector((jetty, http) -> connector(settings, tls, jetty, http));
            });
            javalin.start();
            closing.push(javalin::stop);
            // Streams end before the door is shut, which waits for them.
            closing.remove(endStreams);
            closing.push(endStreams);
            URI url = URI.create((tls.isPresent() ? "https://" : "http://") + host(settings) + ":" + javalin.port());
            new ServerFile(url, token, settings.certificate().map(ServerCertificate::certificate)).write(home);
            reached.set(publicAddress.orElse(url));
            AlertWatch alerts = new AlertWatch(alerting, clock);
            closing.push(alerts::close);
            alerts.start();
            traces.ifPresent(named -> {
                TraceWatch watch = new TraceWatch(named, services.state(), runs, clock);
                closing.push(watch::close);
                watch.start();
            });
            Ticker ticker = new Ticker(services, clock, meters);
            closing.push(ticker::close);
            ticker.start();
            Housekeeping housekeeping = new Housekeeping(services, gate, settings.keeping(), clock);
            closing.push(housekeeping::close);
            housekeeping.start();
            return new Server(closing, url, token, javalin);
        } catch (IOException | RuntimeException failed) {
            closing.forEach(Runnable::run);
            throw failed;
        }
    }

    /**
     * Where people reach it, if that is not where it listens: behind a proxy, say.
     *
     * @throws IllegalArgumentException it is no address of the web
     */
    public static Optional<URI> publicAddress(Map<String, String> environment) {
        String text = environment.getOrDefault(PUBLIC_URL, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!WEB_ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(PUBLIC_URL + " is the address at which people reach the server, such as"
                    + " https://dagshell.example.org/, not '" + text + "'.");
        }
        return Optional.of(URI.create(text));
    }

    private static Guard guard(ServerSettings settings, String token, Entrance entrance) {
        return new Guard(token, settings.open(), settings.certificate().isPresent(), entrance);
    }

    private static ServerConnector connector(
            ServerSettings settings,
            Optional<TlsDoor> tls,
            org.eclipse.jetty.server.Server jetty,
            HttpConfiguration http) {
        ServerConnector connector = tls.map(door -> door.connector(jetty, http))
                .orElseGet(() -> new ServerConnector(jetty, new HttpConnectionFactory(http)));
        connector.setHost(settings.address().getHostAddress());
        connector.setPort(settings.port());
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MILLIS);
        jetty.addBean(limit);
        return connector;
    }

    private static String host(ServerSettings settings) throws IOException {
        String address = settings.certificate().isPresent()
                ? settings.certificate().get().host(settings.address())
                : settings.address().getHostAddress();
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static void configure(JavalinConfig config, Guard guard, Entrance entrance, List<Routes> routes) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Api.LARGEST_BODY;
        config.jetty.threadPool = threads();
        config.routes.before(guard::check);
        config.routes.beforeMatched(entrance::hold);
        config.routes.after(entrance::after);
        routes.forEach(each -> each.add(config.routes));
    }

    /**
     * A thread for each connection there may be, made when it is needed and gone when it is not: whoever stalls in the middle
     * of a body holds the one of its own connection and nobody else's.
     */
    private static ThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_CONNECTIONS + THREADS_BESIDE, THREADS_BESIDE);
        threads.setName("dagshell-http");
        return threads;
    }

    /** All that it answers, as {@code GET /runs/{run}}. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(each -> each.endpoint)
                .filter(each -> each.method.isHttpMethod())
                .map(each -> each.method.name() + " " + each.path)
                .toList();
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
        closing.forEach(Runnable::run);
    }
}
