package io.dagshell.server.web;

import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A server with a deployment, somebody who visits its pages, and what they do to the state. */
final class DeploymentSite implements AutoCloseable {
    final Visitor visitor;
    final DeploymentServices services;
    private final Server server;
    private final Database database;

    DeploymentSite(Path folder, FolderFiles deployment) throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        database = Database.file(home.database());
        services = DeploymentServices.on(database, name -> Optional.empty(), Clock.systemUTC());
        services.applying().apply(deployment, false);
    }

    @Override
    public void close() {
        database.close();
        server.close();
    }
}
