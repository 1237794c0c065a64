package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.protocol.Wire;

/** Answers what is known without a session. */
final class KernelFacts {
    private final About about;
    private final Connection connection;

    KernelFacts(About about, Connection connection) {
        this.about = about;
        this.connection = connection;
    }

    ObjectNode answer(Request.Fact fact) {
        if (fact instanceof Request.KernelInfo) {
            return kernelInfo();
        }
        if (fact instanceof Request.Connect) {
            return connect();
        }
        return comms();
    }

    private ObjectNode kernelInfo() {
        ObjectNode content = ok();
        content.put("protocol_version", Wire.PROTOCOL)
                .put("implementation", about.name())
                .put("implementation_version", about.version())
                .put("banner", about.banner())
                .put("debugger", false);
        content.putObject("language_info")
                .put("name", "java")
                .put("version", System.getProperty("java.version"))
                .put("mimetype", "text/x-java")
                .put("file_extension", ".java")
                .put("pygments_lexer", "java")
                .put("codemirror_mode", "text/x-java")
                .put("nbconvert_exporter", "script");
        content.putArray("supported_features").add("kernel subshells");
        ArrayNode links = content.putArray("help_links");
        about.links().forEach(link -> links.addObject().put("text", link.text()).put("url", link.url()));
        return content;
    }

    private ObjectNode connect() {
        Connection.Ports ports = connection.ports();
        return ok().put("shell_port", ports.shell())
                .put("iopub_port", ports.iopub())
                .put("stdin_port", ports.stdin())
                .put("hb_port", ports.heartbeat())
                .put("control_port", ports.control());
    }

    /** No target is offered yet, so no comm stays open. */
    private static ObjectNode comms() {
        ObjectNode content = ok();
        content.putObject("comms");
        return content;
    }

    static ObjectNode ok() {
        return Json.object().put("status", "ok");
    }
}
