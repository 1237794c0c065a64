package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.engine.picture.Markup;
import io.dagshell.engine.view.MimeBundle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the calls of a run showed, the latest of each name: a line each while the run goes on, because the display is
 * sent again and again, with its content once it ended. Guarded by the story that holds it.
 */
final class ShownArtifacts {
    /** Artifacts shown; further ones are counted. */
    static final int MOST = 12;

    private static final int MOST_CONTENT = 200_000;
    private static final int LINE = 100;
    private static final List<String> IMAGES = List.of("image/png", "image/jpeg", "image/gif");

    private final Map<String, ArtifactRecorded> byName = new LinkedHashMap<>();
    private final Set<String> further = new HashSet<>();

    void add(ArtifactRecorded artifact) {
        String name = artifact.ordinal() + " " + artifact.name();
        if (byName.size() < MOST || byName.containsKey(name)) {
            byName.put(name, artifact);
        } else {
            further.add(name);
        }
    }

    List<String> text() {
        List<String> lines = new ArrayList<>();
        byName.values()
                .forEach(each -> lines.add("artifact " + Markup.visible(each.name()) + ": "
                        + Markup.shortened(Markup.visible(plain(each)), LINE)));
        if (!further.isEmpty()) {
            lines.add("and " + Amounts.count(further.size()) + " more artifacts");
        }
        return lines;
    }

    String html(boolean complete) {
        StringBuilder html = new StringBuilder();
        byName.values().forEach(each -> html.append(complete ? whole(each) : line(each)));
        if (!further.isEmpty()) {
            html.append("<div>and ").append(Amounts.count(further.size())).append(" more artifacts</div>");
        }
        return html.toString();
    }

    private static String line(ArtifactRecorded artifact) {
        return "<div><b>" + Markup.escape(artifact.name()) + "</b> "
                + Markup.escape(Markup.shortened(plain(artifact), LINE)) + "</div>";
    }

    private static String whole(ArtifactRecorded artifact) {
        if (artifact.kind().equals("link")) {
            return "<div><b>" + Markup.escape(artifact.name()) + "</b> " + link(plain(artifact)) + "</div>";
        }
        return "<details open><summary>" + Markup.escape(artifact.name()) + "</summary>" + content(artifact)
                + "</details>";
    }

    /** Only addresses that are nothing but addresses can be followed. */
    private static String link(String address) {
        String safe = Markup.escape(address);
        return address.matches("https?://\\S+")
                ? "<a href=\"" + safe + "\" rel=\"noopener noreferrer\" target=\"_blank\">" + safe + "</a>"
                : safe;
    }

    /** HTML comes from views, which escape; what a cell shows itself is the cell's own, as in any output. */
    private static String content(ArtifactRecorded artifact) {
        Optional<String> rich = artifact.content().get(MimeBundle.HTML).or(() -> image(artifact));
        if (rich.filter(html -> html.length() > MOST_CONTENT).isPresent()) {
            return "<div>too large to show here: it is with the run's record (%runs)</div>";
        }
        String text = Markup.shortened(plain(artifact), MOST_CONTENT);
        return rich.orElseGet(() -> "<pre style=\"margin:2px 0;white-space:pre-wrap\">" + lines(text) + "</pre>");
    }

    private static String lines(String text) {
        return String.join("\n", text.lines().map(Markup::escape).toList());
    }

    private static Optional<String> image(ArtifactRecorded artifact) {
        return IMAGES.stream()
                .flatMap(type -> artifact.content().get(type).stream()
                        .map(bytes -> "<img style=\"max-width:100%\" alt=\"" + Markup.escape(artifact.name())
                                + "\" src=\"data:" + type + ";base64," + Markup.escape(bytes) + "\">"))
                .findFirst();
    }

    private static String plain(ArtifactRecorded artifact) {
        return artifact.content()
                .get("text/markdown")
                .or(() -> artifact.content().get(MimeBundle.TEXT))
                .orElse("");
    }
}
