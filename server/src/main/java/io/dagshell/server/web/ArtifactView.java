package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.store.ArtifactRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a call showed. HTML was made by others' code: it is never part of our page, but a document of its own in a
 * sandbox.
 *
 * @param frame address of that document
 * @param image as an address with the data in it
 * @param link if it is one to the web
 */
public record ArtifactView(
        String name,
        String kind,
        String task,
        Optional<String> frame,
        Optional<String> image,
        Optional<String> link,
        String text) {

    static List<ArtifactView> of(RunId run, List<ArtifactRecord> artifacts, IntFunction<String> names) {
        List<ArtifactView> all = new ArrayList<>();
        for (ArtifactRecord artifact : artifacts) {
            MimeBundle content = artifact.content();
            String text = content.get(MimeBundle.TEXT).orElse("");
            all.add(new ArtifactView(
                    artifact.name(),
                    artifact.kind(),
                    names.apply(artifact.ordinal()),
                    content.get(MimeBundle.HTML)
                            .map(any -> "/runs/" + run + "/artifacts/" + artifact.ordinal() + "/"
                                    + Shown.encoded(artifact.name())),
                    content.get("image/png").map(png -> "data:image/png;base64," + png.replaceAll("\\s", "")),
                    artifact.kind().equals("link") && text.matches("https?://\\S+")
                            ? Optional.of(text)
                            : Optional.empty(),
                    content.get("text/markdown").orElse(text)));
        }
        return all;
    }
}
